"""Skills as typed: names with commas between them."""

from collections.abc import Sequence

from freelance_app.services.talent.vocabulary import Choice, slug_of

MOST_SHOWN = 8


def slugs_of(text: str, skills: Sequence[Choice]) -> list[str]:
    """Return the slugs of the names, each once; a name that is in no list stays recognisable."""
    known = {each.name.casefold(): each.slug for each in skills}
    names = [part.strip() for part in text.split(",") if part.strip()]
    return list(dict.fromkeys(known.get(name.casefold()) or slug_of(name) for name in names))


def text_of(slugs: Sequence[str], skills: Sequence[Choice]) -> str:
    """Return the names of the slugs, as somebody would type them."""
    return ", ".join(each.name for each in skills if each.slug in slugs)


def matching(text: str, skills: Sequence[Choice]) -> list[Choice]:
    """Return skills that the last name of the text may become; nothing for no letters."""
    *before, last = text.split(",")
    words, taken = last.strip().casefold(), slugs_of(",".join(before), skills)
    found = [each for each in skills if words in each.name.casefold() and each.slug not in taken]
    found.sort(key=lambda each: not each.name.casefold().startswith(words))
    is_done = not words or any(each.name.casefold() == words for each in found)
    return [] if is_done else found[:MOST_SHOWN]


def completed(text: str, name: str, skills: Sequence[Choice]) -> str:
    """Return the text with a name in the place of the letters that it completes."""
    *before, last = [part.strip() for part in text.split(",")]
    is_whole = bool(last) and last.casefold() in {each.name.casefold() for each in skills}
    kept = [*before, last] if is_whole or not _completes(last, name) else before
    kept = [each for each in kept if each and each.casefold() != name.casefold()]
    return ", ".join([*kept, name]) + ", "


def _completes(letters: str, name: str) -> bool:
    return letters.casefold() in name.casefold()
