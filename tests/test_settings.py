"""Settings that cannot be used stop the start with a sentence and its place in the manual."""

import pytest

from freelance_app import settings as module
from freelance_app.settings import Settings, load

REFUSED = [
    ({"PUBLIC_URL": "work.example.org"}, "PUBLIC_URL", "#public_url"),
    ({"PUBLIC_URL": "https://work.example.org/path"}, "PUBLIC_URL", "#public_url"),
    ({"DATABASE_THREADS": "many"}, "DATABASE_THREADS", "#database_threads"),
    ({"TRUSTED_PROXY_HOPS": "-1"}, "TRUSTED_PROXY_HOPS", "#trusted_proxy_hops"),
    ({"LANGUAGES": "en_US:en"}, "LANGUAGES", "#languages"),
    ({"DATABASE_URL": "postgresql://host/name"}, "postgresql+psycopg://", module.MANUAL),
    ({"PUBLIC_URL": "https://work.example.org", "DEV_PAGES": "true"}, "DEV_PAGES", module.MANUAL),
]


@pytest.mark.parametrize(("variables", "said", "place"), REFUSED)
def test_a_wrong_value_stops_the_start_and_names_its_place(variables, said, place, monkeypatch):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as stopped:
        load()
    assert said in str(stopped.value)
    assert place in str(stopped.value)


def test_every_wrong_value_is_told_at_once(monkeypatch):
    monkeypatch.setenv("SWEEP_SECONDS", "0")
    monkeypatch.setenv("EVENTS_BURST", "0")
    with pytest.raises(SystemExit) as stopped:
        load()
    assert str(stopped.value).count("\n") == 1


def test_the_default_language_is_built_first():
    assert Settings(default_language="sw", languages="en,sw").built_languages == ["sw", "en"]
    assert Settings(default_language="fr", languages="en").built_languages == ["fr", "en"]


def test_https_means_production():
    assert Settings(public_url="https://work.example.org").is_https
    assert not Settings(public_url="http://localhost:8000").is_https
