"""The terms and the privacy text: plain templates, one file for each language."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "data"
FALLBACK = "en"
# Consent is stored with this version; change it with the text.
VERSION = "2026-11"


@cache
def text_of(name: str, language: str) -> str:
    """Return a text as Markdown; in English when nobody has translated it.

    Args:
        name: terms or privacy.
        language: two letters.
    """
    own = FOLDER / f"{name}.{language}.md"
    return (own if own.exists() else FOLDER / f"{name}.{FALLBACK}.md").read_text(encoding="utf-8")
