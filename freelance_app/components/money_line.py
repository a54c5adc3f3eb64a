"""The money line: a total in one bar, with the exact amounts under it."""

import reflex as rx

from freelance_app.components.ui.core import Many, Text, each, el
from freelance_app.services.instance.views import MoneyPartView


def money_line(parts: Many[MoneyPartView], *, label: Text) -> rx.Component:
    """Return the bar; `label` holds every figure in words for those who do not see it."""
    return el.div(each(parts, _share), role="img", aria_label=label, class_name="mline")


def _share(part: MoneyPartView) -> rx.Component:
    return el.span(class_name=f"k-{part.kind}", custom_attrs={"style": {"flexGrow": part.weight}})


def money_legend(parts: Many[MoneyPartView]) -> rx.Component:
    """Return the amounts, each with its colour."""
    return el.ul(each(parts, _line), class_name="legend")


def _line(part: MoneyPartView) -> rx.Component:
    key = el.span(class_name=f"key k-{part.kind}", aria_hidden="true")
    return el.li(key, part.label, el.span(part.amount, class_name="money"))
