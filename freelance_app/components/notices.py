"""Notices: what a person was told, the unread ones marked."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from freelance_app.components import ui
from freelance_app.components.ui.core import Many, Text, each, el, when
from freelance_app.services.instance.notices import NoticeView
from freelance_app.services.instance.views import PersonView
from freelance_app.text import _

SUBJECT_ICONS = {
    "proposal": "inbox",
    "message": "message-square",
    "offer": "file-pen",
    "deposit": "landmark",
    "milestone": "file-check-2",
    "payout": "wallet",
    "contract": "scroll-text",
}


def told_by(who: PersonView, icon: Text) -> rx.Component:
    """Return the picture of who did it, or an icon of what happened by itself."""
    picture = ui.avatar(who.initials, tint=who.tint, size=2)
    symbol = el.span(ui.icon_of(icon, SUBJECT_ICONS, fallback="bell"), class_name="notice__ic")
    return when(who.initials != "", picture, symbol)


def notice_list(notices: Many[NoticeView], *, on_open: Callable[[Any], Any]) -> rx.Component:
    """Return the notices as links; `on_open` is called with the id of one and opens it."""
    return el.ul(each(notices, lambda notice: _notice(notice, on_open)), class_name="card")


def _notice(notice: NoticeView, on_open: Callable[[Any], Any]) -> rx.Component:
    dot = el.span(el.span(_("New"), class_name="sr"), class_name="notice__new")
    words = el.span(
        el.span(notice.title, class_name="strong"),
        el.span(notice.detail, class_name="meta"),
        class_name="grow stack stack--1",
    )
    link = el.a(
        told_by(notice.who, notice.icon),
        words,
        el.time(notice.at, class_name="meta num", custom_attrs={"dateTime": notice.iso}),
        when(notice.is_unread, dot),
        href=notice.href,
        on_click=on_open(notice.id).prevent_default,
        class_name="row",
    )
    return el.li(link, class_name=when(notice.is_unread, "notice notice--new", "notice"))
