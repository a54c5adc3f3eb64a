"""The text of a build, and of the person who acts."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from freelance_app import text
from freelance_app.money import Money


@pytest.fixture
def swahili(tmp_path, monkeypatch):
    catalogue = Catalog(locale="sw")
    catalogue.add("Contracts", "Mikataba")
    catalogue.add(("{n} file", "{n} files"), ("faili {n}", "faili {n}"))
    folder = tmp_path / "sw" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    (folder / "messages.mo").write_bytes(buffer.getvalue())
    monkeypatch.setattr(text, "CATALOGUES", tmp_path)
    text._catalogue.cache_clear()
    yield
    text._catalogue.cache_clear()


def test_a_sentence_is_translated_only_while_its_language_is_spoken(swahili):
    with text.speaking("sw"):
        assert text._("Contracts") == "Mikataba"
        assert text.ngettext("{n} file", "{n} files", 3) == "faili {n}"
    assert text._("Contracts") == "Contracts"


def test_a_missing_sentence_stays_english(swahili):
    with text.speaking("sw"):
        assert text._("Not translated") == "Not translated"


@pytest.mark.parametrize(
    ("zone", "name"),
    [("Africa/Nairobi", "EAT"), ("Europe/Oslo", "CET"), ("Asia/Dubai", "UTC+4"), ("UTC", "UTC")],
)
def test_a_moment_names_its_zone_as_people_do(zone, name):
    with text.speaking("en", zone):
        assert text.moment_text(datetime(2026, 11, 30, 9, 5, tzinfo=UTC)).endswith(f" {name}")


def test_a_zone_with_half_hours_is_told_in_full():
    with text.speaking("en", "Asia/Kathmandu"):
        at = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)
        assert text.moment_text(at) == "Mon 30 Nov, 14:50 UTC+5:45"


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Mon 30 Nov, 08:05"), ("sw", "Jtt 30 Nov, 08:05")],
)
def test_the_short_day_of_a_moment_is_that_of_its_zone(language, told):
    sunday_night = datetime(2026, 11, 29, 23, 5, tzinfo=UTC)
    with text.speaking(language, "Asia/Tokyo"):
        assert text.short_moment_text(sunday_night) == told


def test_days_are_short_in_every_language_and_long_where_asked():
    monday = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)
    with text.speaking("sw", "Africa/Nairobi"):
        assert text.date_text(monday.date(), "EEE") == "Jtt"
        assert text.near_day_text(monday, now=monday) == "Jtt 30 Nov"
        assert text.day_text(monday) == "Jtt 30 Nov 2026"
        assert text.today_text(monday) == "Jumatatu, 30 Novemba"
        assert text.recent_text(monday, now=datetime(2026, 12, 2, tzinfo=UTC)) == "Jtt 12:05"
    for language in text.LANGUAGE_NAMES:
        with text.speaking(language):
            days = [text.date_text(date(2026, 11, 23 + number), "EEE") for number in range(7)]
        assert max(map(len, days)) <= 4
        assert len(set(days)) == 7


def test_what_was_told_in_one_language_is_told_anew_in_another():
    day, amount = date(2026, 12, 11), Money(-1_250_50, "EUR")
    told = {}
    for language in ("en", "sw", "en"):
        with text.speaking(language):
            told[language] = text.day_text(day), amount.format()
    assert told["en"] == ("Fri 11 Dec 2026", "−€1,250.50")
    assert told["sw"] == ("Iju 11 Des 2026", "−€\xa01,250.50")
