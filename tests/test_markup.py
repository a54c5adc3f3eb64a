"""Hostile text must come out harmless."""

import re
import time

import pytest

from freelance_app.markup import plain, render

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<iframe src='https://evil.example'></iframe>",
    "<svg/onload=alert(1)>",
    "<style>body{display:none}</style>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:msgbox)",
    "![x](https://evil.example/pixel.gif)",
    '![x](x "onerror=alert(1)")',
    '[a](https://ok.example "onmouseover=alert(1)")',
    "<a href='javascript:alert(1)'>x</a>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext></mtext><script>alert(1)</script></math>",
    "```\n</code><script>alert(1)</script>\n```",
    "`</code><img src=x onerror=alert(1)>`",
    "<form action=https://evil.example><input name=password></form>",
    "<!--><script>alert(1)</script>-->",
    "[a](java\nscript:alert(1))",
    "[a](\tjavascript&colon;alert(1))",
    "[a](//evil.example)",
    "<javascript:alert(1)>",
    "<p class=x id=y style='position:fixed'>a</p>",
    "[a]: javascript:alert(1)\n\n[a]",
    "\u0000<scr\u0000ipt>alert(1)</script>",
]
TAG = re.compile(r"<\s*/?\s*([a-z0-9]+)([^>]*)>", re.IGNORECASE)
LINK = re.compile(r' href="(https?:|mailto:)[^"]*"( rel="[a-z ]+")?|( rel="[a-z ]+")')


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_text_leaves_no_element_or_attribute_that_acts(source: str) -> None:
    from freelance_app.markup import TAGS

    for tag, attributes in TAG.findall(render(source).html):
        assert tag.lower() in TAGS
        assert attributes.strip() in {"", "/"} or (tag == "a" and LINK.fullmatch(attributes))


def test_markdown_of_a_brief_is_shown() -> None:
    html = render("# Plan\n\nWe **need**:\n\n- sync\n- tests\n\n[site](https://a.example)").html
    assert "<h3>Plan</h3>" in html
    assert "<h2>Plan</h2>" in render("### Plan", level=2).html
    assert "<strong>need</strong>" in html
    assert "<li>sync</li>" in html
    assert 'href="https://a.example"' in html
    assert 'rel="nofollow noopener noreferrer"' in html


def test_a_line_break_is_kept() -> None:
    assert "<br>" in render("one\ntwo").html


def test_a_list_shows_the_words_alone() -> None:
    source = "# Plan\n\nWe **need**\nit `now`:\n\n- sync\n- [tests](https://a.example)\n\n    x = 1"
    assert plain(source) == "Plan We need it now: sync tests x = 1"


@pytest.mark.parametrize(
    "piece", [">", "- ", "*a_ ", "[", "[a](", "![", "*", "<", "~~a", "`", "**a *b ", "&#x41;"]
)
def test_endless_nesting_takes_no_endless_time(piece: str) -> None:
    started = time.perf_counter()
    render((piece * 10_000)[:10_000])
    assert time.perf_counter() - started < 2


def test_characters_that_turn_the_direction_are_left_out_and_a_language_that_needs_it_stays() -> (
    None
):
    assert render("invoice\u202efdp.exe \u2066x\u2069").html == "<p>invoicefdp.exe x</p>\n"
    assert plain("invoice\u202efdp.exe") == "invoicefdp.exe"
    assert "\u0645\u0631\u062d\u0628\u0627" in render("\u0645\u0631\u062d\u0628\u0627").html
