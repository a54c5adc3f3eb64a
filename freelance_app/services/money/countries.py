"""Countries by name in the language that is spoken now, from CLDR."""

from typing import cast

from babel import Locale

from freelance_app.text import locale_of_actor

NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


def choices() -> list[tuple[str, str]]:
    """Return (code, name), by name."""
    known = [(code, name) for code, name in _names().items() if len(code) == 2 and code.isalpha()]
    return sorted((each for each in known if each[0] not in NO_COUNTRIES), key=lambda each: each[1])


def name(code: str) -> str:
    """Return a country's name; the code itself when it has none."""
    return _names().get(code, code)


def _names() -> dict[str, str]:
    locale = Locale.parse(locale_of_actor())
    return dict(cast("dict[str, str]", locale.territories))
