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
    oldest_first: bool = False,
) -> rx.Component:
    """Return the way to older and newer rows; nothing when all of them are on the page.

    Args:
        words: what the rows are, at the left.
        path: address of the page.
        older: key of the page with older rows; empty for none.
        newer: key of the page with newer rows; empty for none.
        also: name and value of a filter that stays.
        prefix: what tells the names of this list from those of another on the page.
        oldest_first: the order of the rows; the next page is then the newer one.
    """
    kept = ui.tell(f"{path}?{also[0]}={{value}}&", value=also[1]) if also else f"{path}?"
    to_newer = _("Newer"), kept, f"{prefix}after", newer
    to_older = _("Older"), kept, f"{prefix}before", older
    back, on = (to_older, to_newer) if oldest_first else (to_newer, to_older)
    steps = el.nav(
        el.span(words, class_name="meta num grow"),
        _step("chevron-left", *back),
        _step("chevron-right", *on),
        class_name="flex",
        aria_label=_("Pages"),
    )
    both: Any = ui.tell("{older}{newer}", older=older, newer=newer)
    return rx.cond(both != "", steps, rx.fragment())


def _step(symbol: str, label: str, kept: Text, name: str, key: Text) -> rx.Component:
    href = ui.tell(f"{{kept}}{name}={{key}}", kept=kept, key=key)
    off = ui.icon_button(symbol, label, kind="second", disabled=True)
    return rx.cond(key != "", ui.icon_button(symbol, label, kind="second", href=href), off)
