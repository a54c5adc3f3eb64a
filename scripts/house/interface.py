"""Rules on the look: where colours, classes and components may come from."""

import ast
import re
from collections.abc import Iterator

from scripts.house.source import Finding, Source, name_of, rule

COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}$|^(rgb|hsl|oklch)a?\(")
COLOUR_IN_CSS = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(")
CONSTANT = re.compile(r"(\w+\.)*[A-Z][A-Z0-9_]*")
UNSAFE = {"rx.markdown": "ui.safe_html", "rx.html": "ui.safe_html", "rx.upload": "an own route"}
RADIX_NAMES = """
accordion alert_dialog aspect_ratio avatar badge blockquote box button callout card center
checkbox checkbox_group code color_mode container context_menu data_list dialog divider drawer
dropdown_menu em flex form grid heading hover_card hstack inset input kbd link list list_item
menu ordered_list popover progress quote radio radio_cards radio_group scroll_area section
segmented_control select separator skeleton slider spacer spinner stack strong switch table
tabs text text_area text_field theme theme_panel tooltip unordered_list vstack
"""
RADIX = frozenset(RADIX_NAMES.split())


@rule("colour")
def colour_in_python(source: Source) -> Iterator[Finding]:
    """A literal colour in Python."""
    for node in source.nodes:
        match node:
            case ast.Constant(value=str() as value) if COLOUR.search(value):
                yield node.lineno, f"colour {value!r}: name it in assets/css/tokens.css"


def colour_in_css(name: str, text: str) -> Iterator[Finding]:
    """A literal colour in a stylesheet that is not the tokens'; kept by the rule "colour"."""
    for line, words in enumerate(text.splitlines() if name != "tokens.css" else (), start=1):
        if found := COLOUR_IN_CSS.search(words):
            yield line, f"colour {found[0]!r}: use a var(--...) of tokens.css"


@rule("unsafe")
def unsafe_component(source: Source) -> Iterator[Finding]:
    """A component that runs hostile HTML or opens a public route."""
    for node in source.calls:
        if instead := UNSAFE.get(name_of(node)):
            yield node.lineno, f"{name_of(node)} is unsafe: use {instead}"


@rule("radix")
def radix_component(source: Source) -> Iterator[Finding]:
    """A part of Radix Themes: one switches all of it on, for every page."""
    for node in source.nodes:
        is_rx = isinstance(node, ast.Attribute) and ast.unparse(node.value) == "rx"
        if is_rx and node.attr in RADIX:
            yield node.lineno, f"rx.{node.attr} is Radix: use the kit (components/ui)"


@rule("attributes")
def shared_attributes(source: Source) -> Iterator[Finding]:
    """A constant handed over as attributes: Reflex adds aria-* and data-* to the very dict."""
    for node in source.calls:
        for key in node.keywords:
            name = ast.unparse(key.value)
            if key.arg == "custom_attrs" and CONSTANT.fullmatch(name):
                yield key.value.lineno, f"{name}: hand over a copy, {{**{name}}}"


@rule("style")
def style_outside_components(source: Source) -> Iterator[Finding]:
    """A class or style that is not the kit's."""
    for node in source.calls if source.room != "components" else ():
        for key in node.keywords:
            if key.arg in {"class_name", "style"}:
                yield key.value.lineno, f"{key.arg}: only components/ dresses elements"
