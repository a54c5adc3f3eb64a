"""Markdown of members into HTML that is safe to show: the only maker of SafeHtml."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import nh3
from markdown_it import MarkdownIt

TAGS = {
    *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "h2", "h3", "a"),
}
ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "*": set()}
SCHEMES = {"https", "http", "mailto"}
STARTS = tuple(f"{scheme}:" for scheme in SCHEMES)
# Characters that turn the direction of what follows: with them a link can be made to look another.
TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
JOINERS = "\u200c\u200d"
HEADINGS = {f"h{level}" for level in range(1, 7)}


@dataclass(frozen=True)
class SafeHtml:
    """HTML that `render` made; `ui.safe_html` shows nothing else."""

    html: str = ""


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("strikethrough")
    parser.disable("image")
    return parser


_PARSER = _parser()


def _absolute_only(_tag: str, attribute: str, value: str) -> str | None:
    is_fine = attribute != "href" or value.lower().startswith(STARTS)
    return value if is_fine else None


@lru_cache(maxsize=1_024)
def render(source: str, *, level: Literal[2, 3] = 3) -> SafeHtml:
    """Return the text as HTML: no raw HTML, no images, headings of one level.

    The level is 2 where the text is all of its page, 3 where it stands in a section.

    The same text is rendered once: a page is read again whenever something on it changed.
    """
    tokens = _PARSER.parse(source.translate(TURNS))
    for token in tokens:
        token.tag = f"h{level}" if token.tag in HEADINGS else token.tag
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return SafeHtml(
        nh3.clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes=SCHEMES,
            attribute_filter=_absolute_only,
            link_rel="nofollow noopener noreferrer",
        )
    )


def one_line(typed: str) -> str:
    """Return what was typed as one line, without the marks that turn, hide or break it.

    It stands beside words of others, which such marks would turn too. Some scripts need joiners.
    """
    kept = (char for char in typed if char.isspace() or char in JOINERS or _is_shown(char))
    return " ".join("".join(kept).split())


def _is_shown(char: str) -> bool:
    return not unicodedata.category(char).startswith("C")


def plain(source: str) -> str:
    """Return the words of a text on one line, without marks and addresses, for a list."""
    parts: list[str] = []
    for block in _PARSER.parse(source.translate(TURNS)):
        for token in block.children or [block]:
            is_break = token.type in {"softbreak", "hardbreak"}
            parts.append(" " if is_break else token.content)
        parts.append(" ")
    return " ".join("".join(parts).split())
