"""Every sentence a person reads passes here: Babel catalogues, English as the message ids."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache, lru_cache
from gettext import NullTranslations
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.support import Translations

from freelance_app.settings import settings

CATALOGUES = Path(__file__).parent.parent / "locale"
LANGUAGE_NAMES = {"en": "English", "sw": "Kiswahili"}
LOCALES = {"en": "en_GB", "sw": "sw_KE"}
# CLDR shortens no days in Swahili. Source: its own short forms of the same names (jmc, vun).
SHORT_DAYS = {"sw": ("Jtt", "Jnn", "Jtn", "Alh", "Iju", "Jmo", "Jpi")}
_SHORT_DAY = re.compile(r"\bEEE\b")
_language: ContextVar[str] = ContextVar("language", default=settings.default_language)
_zone: ContextVar[str] = ContextVar("zone", default="UTC")


@cache
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(CATALOGUES, [language])


def _(message: str) -> str:
    """Return the message in the language of the build, or of the person who acts."""
    return _catalogue(_language.get()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form for a number known in Python (views, mails; never a Var)."""
    return _catalogue(_language.get()).ngettext(singular, plural, number)


def language_of_actor() -> str:
    """Return the language that is spoken now."""
    return _language.get()


def locale_of_actor() -> Locale:
    """Return the Babel locale for money, dates and numbers of the language that is spoken now."""
    return _locale(_language.get())


@cache
def _locale(language: str) -> Locale:
    """Babel reads a locale's name anew each time, which takes half of what a date costs."""
    return Locale.parse(LOCALES.get(language, language))


def date_text(day: date, form: str) -> str:
    """Return a day in one of CLDR's forms, such as "EEE d MMM"."""
    return _date_text(day, form, _language.get())


@lru_cache(1024)
def _date_text(day: date, form: str, language: str) -> str:
    """A page tells the same few days again and again."""
    return format_date(day, _with_short_day(form, day, language), locale=_locale(language))


def _time_text(at: datetime, form: str) -> str:
    local, language = at.astimezone(zone_of_actor()), _language.get()
    form = _with_short_day(form, local, language)
    return format_datetime(local, form, tzinfo=local.tzinfo, locale=_locale(language))


def _with_short_day(form: str, day: date, language: str) -> str:
    """Return the form with the short name of the day in it, where CLDR has none."""
    if language not in SHORT_DAYS:
        return form
    return _SHORT_DAY.sub(f"'{SHORT_DAYS[language][day.weekday()]}'", form)


@contextmanager
def speaking(language: str, zone: str = "UTC") -> Iterator[None]:
    """Speak this language and tell times in this zone while the block runs."""
    tokens = _language.set(language), _zone.set(zone)
    try:
        yield
    finally:
        _language.reset(tokens[0])
        _zone.reset(tokens[1])


def moment_text(at: datetime) -> str:
    """Return a moment in the actor's zone, such as ``Mon 30 Nov, 12:05 EAT``."""
    return f"{short_moment_text(at)} {zone_text(at)}"


def short_moment_text(at: datetime) -> str:
    """Return a moment without its zone, for rows whose page names the zone once."""
    return _time_text(at, "EEE d MMM, HH:mm")


def day_text(day: date | datetime) -> str:
    """Return a day, such as ``Fri 11 Dec 2026``; of a moment, the day in the actor's zone."""
    if isinstance(day, datetime):
        day = day.astimezone(ZoneInfo(_zone.get())).date()
    return date_text(day, "EEE d MMM y")


def near_day_text(day: date | datetime, *, now: datetime) -> str:
    """Return a day as ``Fri 11 Dec`` when it is in this year, else with its year."""
    zone = ZoneInfo(_zone.get())
    if isinstance(day, datetime):
        day = day.astimezone(zone).date()
    if day.year != now.astimezone(zone).year:
        return day_text(day)
    return date_text(day, "EEE d MMM")


def time_text(at: datetime) -> str:
    """Return the time of day in the actor's zone, such as ``12:05``."""
    return _time_text(at, "HH:mm")


def short_day_text(at: datetime) -> str:
    """Return the day of a moment in the actor's zone without its year, such as ``4 Nov``."""
    return _time_text(at, "d MMM")


def recent_text(at: datetime, *, now: datetime) -> str:
    """Return ``12:05`` of today, ``Mon 12:05`` of this week, else ``4 Nov``, in the zone."""
    zone = ZoneInfo(_zone.get())
    days = (now.astimezone(zone).date() - at.astimezone(zone).date()).days
    if days == 0:
        return time_text(at)
    if 0 < days < 7:
        return _time_text(at, "EEE HH:mm")
    return short_day_text(at)


def today_text(now: datetime) -> str:
    """Return the day in the actor's zone in full, such as ``Wednesday, 18 November``."""
    return _time_text(now, "EEEE, d MMMM")


def zone_text(now: datetime) -> str:
    """Return the short name of the actor's zone at a moment, such as ``EAT`` or ``UTC+3``.

    By the zone data: CLDR knows short names only where a country uses them in that language.
    """
    name = now.astimezone(ZoneInfo(_zone.get())).tzname() or "UTC"
    if name[0] not in "+-":
        return name
    hours, minutes = name[1:3].lstrip("0") or "0", name[3:5]
    return f"UTC{name[0]}{hours}{f':{minutes}' if minutes else ''}"


def zone_of_actor() -> ZoneInfo:
    """Return the zone that times are told in now."""
    return ZoneInfo(_zone.get())
