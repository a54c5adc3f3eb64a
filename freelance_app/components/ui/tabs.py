"""Tabs are links (each pane has an address); segments are radios (arrow keys work)."""

from collections.abc import Callable, Sequence
from typing import Any

import reflex as rx

from freelance_app.components.ui.core import Flag, Text, el, is_given, when


def tab(label: Text, href: Text, *, count: Text = "", current: bool = False) -> rx.Component:
    """Return one tab."""
    figure = el.span(count, class_name="meta num")
    more = [when(count != "", figure)] if is_given(count) else []
    here = {"aria_current": "page"} if current else {}
    return el.a(label, *more, href=href, class_name="tab", **here)


def tabs(*items: rx.Component, label: Text) -> rx.Component:
    """Return a row of tabs; `label` says what they are parts of."""
    return el.nav(*items, class_name="tabs", aria_label=label)


def segments(
    legend: Text,
    name: str,
    options: Sequence[tuple[str, Text]],
    *,
    value: Text,
    on_change: Callable[..., Any] | None = None,
) -> rx.Component:
    """Return a choice between views of one page; `on_change` is called with the value."""

    def segment(key: str, words: Text) -> rx.Component:
        checked = {"checked" if on_change else "default_checked": value == key}
        event = {"on_change": on_change(key)} if on_change else {}
        box = el.input(type="radio", name=name, value=key, class_name="sr", **checked, **event)
        return el.label(box, words)

    parts = [segment(key, words) for key, words in options]
    return el.fieldset(el.legend(legend, class_name="sr"), *parts, class_name="seg")


def segment_links(label: Text, *links: tuple[Text, Text, Flag]) -> rx.Component:
    """Return segments as links: (words, address, is it this page)."""
    parts = [
        el.a(words, href=href, aria_current=when(here, "page", "false"))
        for words, href, here in links
    ]
    return el.nav(*parts, class_name="seg", aria_label=label)
