"""The catalogues: no translation lost a value, and every sentence that is said can be collected."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po

from freelance_app.services.instance import notices
from freelance_app.settings import Settings
from freelance_app.text import LANGUAGE_NAMES, LOCALES

PLACEHOLDER = re.compile(r"\{\w*\}")
CATALOGUES = sorted(Path("locale").glob("*/LC_MESSAGES/messages.po"))
LANGUAGES = {path.parent.parent.name for path in CATALOGUES}
FEW = 20  # one sentence in so many may wait for its translation
# The proof that one server speaks two languages: the way in, the frame, and the first page.
PROOF = ("Sign in", "E-mail", "Password", "Create an account", "Home", "Messages", "Contracts")


def catalogue(path: Path):
    with path.open("rb") as text:
        return read_po(text)


def translated(path: Path) -> list[tuple[str, str]]:
    """Return each sentence with each of its translations; of a plural, every form.

    The first form stands for one, whose sentence may leave the number out.
    """
    pairs = []
    for message in catalogue(path):
        if isinstance(message.id, tuple):
            first, *others = message.string
            pairs += [(message.id[0], first), *((message.id[1], form) for form in others)]
        elif message.id and message.string:
            pairs.append((message.id, message.string))
    return [(sentence, other) for sentence, other in pairs if other]


def test_every_language_that_is_built_has_a_name_and_a_catalogue():
    built = set(Settings.model_fields["languages"].default.split(","))
    assert built == LANGUAGES | {"en"}
    assert built <= set(LANGUAGE_NAMES) & set(LOCALES)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_translation_keeps_every_value(path):
    for sentence, other in translated(path):
        assert sorted(PLACEHOLDER.findall(other)) == sorted(PLACEHOLDER.findall(sentence)), sentence


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_translation_is_written_like_its_sentence(path):
    for sentence, other in translated(path):
        assert other == other.strip(), sentence
        assert "!" not in other, sentence
        assert ("<" in other) is ("<" in sentence), sentence
        assert other.endswith(".") is sentence.endswith("."), sentence


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_no_translation_waits_for_a_look(path):
    assert [message.id for message in catalogue(path) if message.id and message.fuzzy] == []


def test_swahili_says_the_way_in_and_the_frame():
    said = dict(translated(Path("locale/sw/LC_MESSAGES/messages.po")))
    assert [sentence for sentence in PROOF if sentence not in said] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_page_is_not_half_english(path):
    messages = [message for message in catalogue(path) if message.id]
    missing = [message.id for message in messages if not message.string or not all(message.string)]
    assert len(missing) * FEW <= len(messages), missing


def test_make_messages_collects_what_notices_mark():
    assert "-k _mark" in Path("Makefile").read_text()
    keywords = DEFAULT_KEYWORDS | {"_mark": None}
    found = {
        message for _line, message, *_ in extract_from_file("python", notices.__file__, keywords)
    }
    kinds = [kind for name in dir(notices) if name == "KINDS" for kind in notices.KINDS.values()]
    assert {sentence for kind in kinds for sentence in (kind.title, kind.detail)} <= found
