"""What the front function sends where, and which file of which language it answers with."""

import gzip

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from freelance_app.api.site import site
from freelance_app.security.headers import with_security_headers
from freelance_app.settings import settings

PAGE = "<html lang='{0}'><script>start('{0}')</script>{1}</html>"


@pytest.fixture
def client(tmp_path):
    for language in ("en", "sw"):
        folder = tmp_path / language
        (folder / "assets").mkdir(parents=True)
        for name in ("index", "login", "404", "__spa-fallback"):
            (folder / f"{name}.html").write_text(PAGE.format(language, name))
        (folder / "kit.js").write_text("kit()")
        (folder / "kit.js.gz").write_bytes(gzip.compress(b"kit()"))
        (folder / "assets" / f"page-{language}0123.js").write_text("page()")
    (tmp_path / "stamp").write_text("secret")
    app = site(
        events=PlainTextResponse("events"),
        http=PlainTextResponse("http"),
        folder=tmp_path,
        patterns=["/jobs/[job_id]", "/jobs/[job_id]/apply"],
    )
    return TestClient(with_security_headers(app), settings.public_url, follow_redirects=False)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/_event/?token=1", "events"),
        ("/ping", "events"),
        ("/api/v1/jobs", "http"),
        ("/auth/sign-in", "http"),
        ("/files/abc", "http"),
        ("/healthz", "http"),
    ],
)
def test_each_path_has_one_owner(client, path, answer):
    assert client.get(path).text == answer


@pytest.mark.parametrize(
    ("path", "status", "page"),
    [
        ("/", 200, "index"),
        ("/login", 200, "login"),
        ("/login/", 200, "login"),
        ("/jobs/k3jd9", 200, "__spa-fallback"),
        ("/jobs/k3jd9/apply", 200, "__spa-fallback"),
        ("/jobs/k3jd9/nothing", 404, "404"),
        ("/nothing", 404, "404"),
        ("/404", 404, "404"),
        ("/../stamp", 404, "404"),
        ("/%2e%2e/stamp", 404, "404"),
        ("/.lock", 404, "404"),
        ("/_upload", 404, "404"),
        ("/_health", 404, "404"),
    ],
)
def test_a_page_is_answered_at_once_and_an_unknown_one_is_404(client, path, status, page):
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (status, PAGE.format("en", page))


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({"cookie": "lang=sw"}, "sw"),
        ({"cookie": "lang=sw", "accept-language": "en"}, "sw"),
        ({"cookie": "lang=fr", "accept-language": "de, sw-KE;q=0.8, en;q=0.3"}, "sw"),
        ({"cookie": "lang=../en", "accept-language": "sw;q=0, de"}, "en"),
        ({"accept-language": "*;q=x"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_chosen_one_then_the_browsers_then_the_default(
    client, headers, language
):
    answer = client.get("/login", headers=headers)
    assert answer.text == PAGE.format(language, "login")
    assert "Cookie" in answer.headers["vary"]


def test_a_script_of_another_language_is_still_found_but_an_old_one_is_not(client):
    assert client.get("/assets/page-sw0123.js").text == "page()"
    answer = client.get("/assets/page-en9999.js")
    assert (answer.status_code, answer.text) == (404, "")


def test_hashed_files_are_kept_for_ever_and_pages_are_asked_for_again(client):
    assert "immutable" in client.get("/assets/page-en0123.js").headers["cache-control"]
    assert client.get("/kit.js").headers["cache-control"] == "no-cache"
    assert "immutable" in client.get("/kit.js?v=0123").headers["cache-control"]
    first = client.get("/login")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/login", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_compressed_form_is_sent_to_those_who_take_it(client):
    packed = client.get("/kit.js", headers={"accept-encoding": "br;q=0, gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == "kit()"
    plain = client.get("/kit.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers


def test_a_page_under_another_name_leads_to_the_public_one(client):
    answer = client.get("/login?next=/home", headers={"host": "127.0.0.1:8000"})
    assert answer.headers["location"] == f"{settings.public_url}/login?next=/home"
    assert client.get("/healthz", headers={"host": "10.0.0.7"}).status_code == 200


def test_behind_a_proxy_the_name_is_the_one_the_proxy_was_asked_for(client, monkeypatch):
    monkeypatch.setattr(settings, "trusted_proxy_hops", 1)
    host = settings.public_url.removeprefix("http://")
    headers = {"host": "127.0.0.1:8000", "x-forwarded-host": host}
    assert client.get("/login", headers=headers).status_code == 200


def test_only_reading_is_allowed(client):
    assert client.post("/login").status_code == 405
    assert client.head("/login").status_code == 200


def test_a_socket_elsewhere_is_closed(client):
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/login"):
        pass


def test_each_page_allows_its_own_inline_scripts_and_no_others(client):
    def scripts(path):
        policy = client.get(path).headers["content-security-policy"]
        return policy.split("script-src ")[1].split(";")[0]

    assert scripts("/login").count("sha256-") == 1
    assert scripts("/login") == scripts("/jobs/1")
    assert "sha256-" not in scripts("/kit.js")


def test_without_a_build_the_server_does_not_start(tmp_path):
    with pytest.raises(RuntimeError, match="make build"):
        site(events=PlainTextResponse(""), http=PlainTextResponse(""), folder=tmp_path)
