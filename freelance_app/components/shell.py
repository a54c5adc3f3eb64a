"""The frame of every page: side bar, top bar, dock of the phone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.ui.core import Flag, Text, classes, el, when
from freelance_app.services.instance.views import PersonView
from freelance_app.text import _

Here = str | tuple[str, ...]  # the place of a page; several where it depends on the role
MORE = "more-places"
ROLES = "roles"


@dataclass(frozen=True)
class Place:
    """Where the side bar leads, with the number of things there.

    Attributes:
        count: how many, as text; "0" and "" show nothing.
        shown: for whom; a Var is decided in the browser.
    """

    label: str
    href: str
    icon: str
    count: Text = ""
    tone: Literal["plain", "on", "wait"] = "plain"
    shown: Flag = True


@dataclass(frozen=True)
class PlaceGroup:
    """Places of one subject."""

    places: Sequence[Place]
    label: str = ""
    shown: Flag = True


@dataclass(frozen=True)
class Navigation:
    """Everything the frame shows around a page for one role."""

    brand: Text
    home: str
    who: PersonView
    role: Text
    groups: Sequence[PlaceGroup]
    foot: Sequence[Place] = ()
    dock: Sequence[Place] = ()
    roles: Sequence[rx.Component] = field(default_factory=tuple)


def app_shell(
    content: rx.Component,
    *,
    nav: Navigation,
    here: Here,
    crumbs: Sequence[tuple[Text, str]],
    news: Text = "",
    overlays: Sequence[rx.Component] = (),
) -> rx.Component:
    """Return a page in its frame; `here` is the place that is marked, `news` names the bell."""
    return el.div(
        el.A.create(_("Skip to content"), href="#main", class_name="skip"),  # not by the router
        el.div(
            _side(nav, here, menu_id=ROLES),
            _top(nav, crumbs, news),
            content,
            _dock(nav, here),
            class_name="app",
        ),
        ui.side_sheet(MORE, *_groups(nav, here), title=_("Places")),
        *overlays,
    )


def brand(name: Text, *, href: str, big: bool = False) -> rx.Component:
    """Return mark and name; the link has words to be read out before the name is known."""
    names = classes("side__brand", big and "side__brand--big")
    label = when(name != "", name, _("Start page"))
    return el.a(_mark(), name, href=href, class_name=names, aria_label=label)


def _mark() -> rx.Component:
    hills = el.svg.path(d="M3 18.5 9.2 7.5l3.6 6.2 2.4-3.7 5.8 8.5z", fill="currentColor")
    return el.span(
        el.svg(hills, view_box="0 0 24 24", custom_attrs={"aria-hidden": "true"}), class_name="mark"
    )


def _side(nav: Navigation, here: Here, *, menu_id: str) -> rx.Component:
    foot = el.div(*[_place(place, here) for place in nav.foot], class_name="side__group side__foot")
    return el.nav(
        brand(nav.brand, href=nav.home),
        _role_box(nav, menu_id),
        *_groups(nav, here),
        foot,
        class_name="side",
        aria_label=_("Main"),
    )


def _role_box(nav: Navigation, menu_id: str) -> rx.Component:
    who = nav.who
    words = el.span(
        el.span(who.name, class_name="who__n truncate"),
        el.span(nav.role, class_name="meta truncate"),
        class_name="grow",
    )
    picture = ui.avatar(who.initials, tint=who.tint, size=2, is_company=who.is_company)
    box = el.button(
        picture,
        words,
        ui.icon("chevrons-up-down", size="sm"),
        class_name="who",
        type="button",
        custom_attrs={"popoverTarget": menu_id, "aria-haspopup": "menu"},
    )
    return el.div(box, ui.menu(menu_id, *nav.roles, label=_("Role and account")))


def _groups(nav: Navigation, here: Here) -> list[rx.Component]:
    return [_group(group, here) for group in nav.groups]


def _group(group: PlaceGroup, here: Here) -> rx.Component:
    label = [el.p(group.label, class_name="side__label")] if group.label else []
    places = [_place(place, here) for place in group.places]
    return when(group.shown, el.div(*label, *places, class_name="side__group"))


def _place(place: Place, here: Here) -> rx.Component:
    count = el.span(place.count, class_name=classes("count", f"count--{place.tone}"))
    has_count = (place.count != "") & (place.count != "0")
    link = el.a(
        ui.icon(place.icon),
        place.label,
        when(has_count, count),
        href=place.href,
        class_name="side__item",
        title=place.label,
        **_current(place, here),
    )
    return when(place.shown, link)


def _current(place: Place, here: Here) -> dict[str, str]:
    is_here = place.href == here if isinstance(here, str) else place.href in here
    return {"aria_current": "page"} if is_here else {}


def _top(nav: Navigation, crumbs: Sequence[tuple[Text, str]], news: Text) -> rx.Component:
    home = el.a(_mark(), href=nav.home, aria_label=_("Home"), class_name="only-phone")
    return el.header(home, breadcrumb(crumbs), _bell(news), class_name="top")


def breadcrumb(crumbs: Sequence[tuple[Text, str]]) -> rx.Component:
    """Return the way here: (words, address); the last one is this page.

    A step without words is left out: the page loads, or its reader may not know of them.
    """
    *before, (here, _address) = crumbs
    arrow = el.li(ui.icon("chevron-right", size="sm"), aria_hidden="true")
    arrows = [arrow for _step in before[1:]] + [when(here != "", arrow)]
    steps = [
        when(words != "", rx.fragment(el.li(el.a(words, href=href)), after))
        for (words, href), after in zip(before, arrows, strict=False)
    ]
    way = el.ol(*steps, el.li(here, aria_current="page"))
    return el.nav(way, class_name="crumbs grow truncate", aria_label=_("Where you are"))


def _bell(unread: Text) -> rx.Component:
    label = _("Notifications")
    quiet = ui.icon_button("bell", label, href=routes.NOTIFICATIONS)
    words = ui.tell(_("Notifications, {count} new"), count=unread)
    ringing = ui.icon_button("bell", words, href=routes.NOTIFICATIONS, is_new=True)
    return when((unread != "") & (unread != "0"), ringing, quiet)


def _dock(nav: Navigation, here: Here) -> rx.Component:
    places = [
        when(
            place.shown,
            el.a(
                ui.icon(place.icon, size="lg"),
                place.label,
                href=place.href,
                **_current(place, here),
            ),
        )
        for place in nav.dock
    ]
    custom = {"data-opens": MORE, "aria-haspopup": "dialog"}
    more = el.button(ui.icon("menu", size="lg"), _("More"), type="button", custom_attrs=custom)
    return el.nav(*places, more, class_name="dock", aria_label=_("Main, phone"))
