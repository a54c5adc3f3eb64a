"""Browser and system in words, for the list of sessions."""

import re

BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Version/[\d.]+.*Safari/"),
)
SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone|iPod"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("macOS", r"Macintosh|Mac OS X"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux|X11"),
)


def words_of(user_agent: str) -> str:
    """Return such as "Firefox, Linux"; empty for what is not known."""
    known = (_first(table, user_agent[:500]) for table in (BROWSERS, SYSTEMS))
    return ", ".join(word for word in known if word)


def _first(table: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((word for word, form in table if re.search(form, user_agent)), "")
