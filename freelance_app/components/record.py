"""The record of what happened, newest first."""

import reflex as rx

from freelance_app.components import ui
from freelance_app.components.ui.core import Many, el
from freelance_app.services.instance.views import EventView

EVENT_ICONS = {
    "submitted": "send",
    "funded": "lock-keyhole",
    "signed": "file-pen",
    "released": "circle-check",
    "changes": "undo-2",
    "ended": "circle-stop",
    "file": "file",
}


def record(events: Many[EventView]) -> rx.Component:
    """Return the lines of a record."""
    return el.ol(ui.each(events, _event), class_name="log")


def _event(event: EventView) -> rx.Component:
    symbol = ui.icon_of(event.icon, EVENT_ICONS, fallback="dot")
    return el.li(symbol, el.span(event.text), el.time(event.at), class_name="log__item")
