"""The way between pages that have keys, not numbers (services/instance/keyset.py)."""

from typing import Any

import reflex as rx

from freelance_app.components import ui
from freelance_app.components.ui.core import Text, el
from freelance_app.text import _


def keyset_pager(
    words: Text,
    *,
    path: str,
    older: Text,
    newer: Text,
    also: tuple[str, Text] | None = None,
    prefix: str = "",
) -> rx.Component:
    """Return the way to newer and older rows; nothing when all of them are on the page.

    Args:
        words: what the rows are, at the left.
        path: address of the page.
        older: key of the page after this one; empty for none.
        newer: key of the page before this one; empty for none.
        also: name and value of a filter that stays.
        prefix: what tells the names of this list from those of another on the page.
    """
    kept = ui.tell(f"{path}?{also[0]}={{value}}&", value=also[1]) if also else f"{path}?"
    steps = el.nav(
        el.span(words, class_name="meta num grow"),
        _step("chevron-left", _("Newer"), kept, f"{prefix}after", newer),
        _step("chevron-right", _("Older"), kept, f"{prefix}before", older),
        class_name="flex",
        aria_label=_("Pages"),
    )
    both: Any = ui.tell("{older}{newer}", older=older, newer=newer)
    return rx.cond(both != "", steps, rx.fragment())


def _step(symbol: str, label: str, kept: Text, name: str, key: Text) -> rx.Component:
    href = ui.tell(f"{{kept}}{name}={{key}}", kept=kept, key=key)
    off = ui.icon_button(symbol, label, kind="second", disabled=True)
    return rx.cond(key != "", ui.icon_button(symbol, label, kind="second", href=href), off)
