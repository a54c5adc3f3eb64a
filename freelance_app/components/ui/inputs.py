"""Controls: native elements, so that the phone's own picker and keyboard come up."""

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from freelance_app.components.ui.core import Child, Flag, Many, Text, classes, each, el, is_given
from freelance_app.components.ui.icons import icon as draw

Option = tuple[Text, Text]
Size = Literal[2, 3]
BIG: Size = 3


def text_input(
    *, icon: str = "", figure: bool = False, size: Size = 2, **props: Any
) -> rx.Component:
    """Return a line of text; `figure` sets it at the right with even figures."""
    names = classes("input", size == BIG and "input--3", figure and "input--n")
    control = el.input(class_name=names, **{"type": "text", **props})
    return el.div(draw(icon), control, class_name="withicon") if icon else control


def text_area(**props: Any) -> rx.Component:
    """Return several lines of text."""
    return el.textarea(class_name="input input--area", **{"rows": "4", **props})


def select(
    options: Sequence[Option] | rx.Var[Any], *, size: Size = 2, **props: Any
) -> rx.Component:
    """Return a native choice of (value, words).

    An option has its value for a key: what is chosen stays when others come before it.
    """

    def option(pair: Option) -> rx.Component:
        return el.option(pair[1], value=pair[0], key=pair[0])

    names = classes("input", size == BIG and "input--3")
    control = el.select(each(options, option), class_name=names, **props)
    return el.div(control, draw("chevron-down"), class_name="choose")


def word_select(words: Many[str], **props: Any) -> rx.Component:
    """Return a native choice of words that mean themselves, such as currencies."""

    def option(word: str) -> rx.Component:
        return el.option(word, value=word, key=word)

    control = el.select(each(words, option), class_name="input", **props)
    return el.div(control, draw("chevron-down"), class_name="choose")


def hidden_value(name: str, value: Text) -> rx.Component:
    """Return a value that a form of a handler sends without showing it."""
    return el.input(type="hidden", name=name, default_value=value)


def checkbox(label: Text, *, name: str = "", count: Text = "", **props: Any) -> rx.Component:
    """Return a box with its words; `count` stands at the end of the line."""
    return _option(label, "checkbox", count, {"name": name, **props})


def _option(label: Text, kind: str, count: Text, props: dict[str, Any]) -> rx.Component:
    has_count = is_given(count)
    end = [el.span(count, class_name="meta")] if has_count else []
    return el.label(el.input(type=kind, **props), el.span(label), *end, class_name="opt")


def checkbox_group(legend: Text, *boxes: Child) -> rx.Component:
    """Return boxes under one heading."""
    return el.fieldset(el.legend(legend), *boxes, class_name="opts")


def radio(label: Text, *, name: str, value: Text, count: Text = "", **props: Any) -> rx.Component:
    """Return one choice of a group; the group has one `name`."""
    return _option(label, "radio", count, {"name": name, "value": value, **props})


def radio_group(
    legend: Text, name: str, options: Sequence[Option], *, value: Text = "", **props: Any
) -> rx.Component:
    """Return choices of which one holds; arrow keys move between them."""

    def option(pair: Option) -> rx.Component:
        return radio(pair[1], name=name, value=pair[0], **_checked(value, pair[0], props), **props)

    return checkbox_group(legend, *[option(pair) for pair in options])


def _checked(value: Text, own: Text, props: dict[str, Any]) -> dict[str, Flag]:
    return {"checked" if "on_change" in props else "default_checked": value == own}
