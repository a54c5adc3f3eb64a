"""People are circles, companies are rounded squares; no one has a status colour."""

from typing import Literal

import reflex as rx

from freelance_app.components.ui.core import Flag, Text, classes, el, is_given, when
from freelance_app.components.ui.icons import icon
from freelance_app.services.instance.views import PersonView
from freelance_app.text import _

AvatarSize = Literal[1, 2, 3, 4]


def avatar(
    initials: Text,
    *,
    tint: Text = "bronze",
    size: AvatarSize = 3,
    is_company: Flag = False,
) -> rx.Component:
    """Return the picture of a person or company; the name stands beside it."""
    shape = when(is_company, "avatar--sq", "")
    names = classes("avatar", f"avatar--{tint}", f"avatar--{size}", shape)
    return el.span(initials, class_name=names, aria_hidden="true")


def verified_badge(label: str = "") -> rx.Component:
    """Return the mark of a proven identity."""
    words = label or _("Identity verified")
    return el.span(
        icon("badge-check"), el.span(words, class_name="sr"), class_name="verified", title=words
    )


def user_chip(person: PersonView, *, href: Text = "", size: AvatarSize = 1) -> rx.Component:
    """Return picture, name and proof of a person, as a link when `href` is given."""
    parts = [
        avatar(person.initials, tint=person.tint, size=size, is_company=person.is_company),
        el.span(person.name),
        when(person.is_verified, verified_badge()),
    ]
    if is_given(href):
        return el.a(*parts, href=href, class_name="person")
    return el.span(*parts, class_name="person")
