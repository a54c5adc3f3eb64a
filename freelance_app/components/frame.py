"""The frame of a signed-in page: the places of this product around its content."""

import functools
import operator
from collections.abc import Sequence
from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.shell import Here, Navigation, Place, PlaceGroup, app_shell
from freelance_app.components.ui.core import el
from freelance_app.security import policy
from freelance_app.services.instance.counts import PartyChoice
from freelance_app.services.instance.views import PersonView
from freelance_app.state.base import AppState
from freelance_app.state.instance.shell import ShellState
from freelance_app.text import _

IS_CLIENT: Any = rx.Var.create(AppState.party_kind) == "company"
IS_FREELANCER: Any = (rx.Var.create(AppState.party_kind) != "company") & (
    rx.Var.create(AppState.party_kind) != ""
)
# Nobody is known until the page has its first answer: it must not say what only holds for some.
IS_KNOWN: Any = rx.Var.create(AppState.name) != ""
IS_ADMIN: Any = AppState.staff_roles.contains("administrator")  # pyright: ignore[reportAttributeAccessIssue]
IS_FINANCE: Any = AppState.staff_roles.contains("finance")  # pyright: ignore[reportAttributeAccessIssue]


def entering(*events: Any) -> list[Any]:
    """Return the on_load of a signed-in page: the frame's load, then the page's."""
    return [ShellState.enter, *events]


def loaded(
    state: Any,
    ready: rx.Component,
    *,
    waiting: rx.Component,
    retry: Any = None,
    header: rx.Component | None = None,
    back: str = "",
) -> rx.Component:
    """Return the page in the state that it is in: loading, there, not yours, failed.

    Args:
        state: the page's; it has the vars of `PageMixin`.
        ready: the content.
        waiting: its shape while it loads.
        retry: the handler that loads it, unless that is `state.enter`.
        header: what stands above it in every state but "not yours".
        back: words of the way to the page above, where one side may not use this one.
    """
    enter = retry or state.enter
    failed = ui.error_state(
        _("This could not be loaded"),
        _("Nothing is lost. Try again in a moment."),
        on_retry=enter,
        request=state.request_id,
    )
    missing = ui.card(ui.forbidden_state(home=routes.HOME, other=open_as(state)), padded=False)
    page = ui.choose(
        state.phase,
        loading=waiting,
        ready=ready,
        missing=missing,
        refused=ui.card(_refused(state, back or _("Go back")), padded=False),
        failed=ui.card(failed, padded=False),
    )
    is_shut = (state.phase == "missing") | (state.phase == "refused")
    above = [] if header is None else [ui.when(~is_shut, header)]
    return ui.when(_is_refused(enter), missing, rx.fragment(*above, page))


def _refused(state: Any, back: str) -> rx.Component:
    above = rx.cond(state.back != "", state.back, routes.HOME)
    way = ui.link_button(back, href=above)
    return ui.refused_state(state.refusal, back=way, other=open_as(state))


def _is_refused(enter: Any) -> Any:
    """Whether the guard refuses the load to who is signed in: then the phase stays "loading"."""
    handler = getattr(enter, "handler", enter)  # an event with arguments, or the handler alone
    roles = sorted(policy.roles_of(handler.fn))
    if not roles:
        return False
    kept: Any = AppState.staff_roles
    may_enter = functools.reduce(operator.or_, [kept.contains(role) for role in roles])
    return IS_KNOWN & ~may_enter


def open_as(state: Any) -> rx.Component:
    """Offer to open the page as the person's other party, if it belongs to one."""
    button = ui.submit_button(ui.tell(_("Open as {party}"), party=state.door.name))
    form = ui.app_form(
        el.input(type="hidden", name="party", value=state.door.party_id, read_only=True),
        el.input(type="hidden", name="next", value=state.router.url.path, read_only=True),
        button,
        action=routes.SWITCH_PARTY,
    )
    return rx.cond(state.door.party_id != "", form)


def navigation() -> Navigation:
    """Return the places of the signed-in person, by the role acted in."""
    shell = ShellState.shell
    home = Place(_("Home"), routes.HOME, "house", shell.needs, "wait")
    has_party = IS_CLIENT | IS_FREELANCER
    talk = Place(_("Messages"), routes.MESSAGES, "message-square", shell.messages, "on", has_party)
    contracts = Place(_("Contracts"), routes.CONTRACTS, "scroll-text")
    jobs = Place(_("Jobs"), routes.JOBS, "briefcase", shown=IS_FREELANCER)
    my_jobs = Place(_("My jobs"), routes.MY_JOBS, "briefcase", shell.proposals, "on", IS_CLIENT)
    work = Place(_("Contracts"), routes.CONTRACTS, "scroll-text", shown=has_party)
    is_company = AppState.party_kind == "company"
    initials: Any = rx.cond(shell.initials != "", shell.initials, AppState.name[:1])
    return Navigation(
        brand=shell.brand,
        home=routes.HOME,
        who=PersonView(_party_name(), initials, shell.tint, is_company),
        role=_role_words(),
        groups=[
            PlaceGroup([home, talk]),
            PlaceGroup(
                [my_jobs, Place(_("Offers"), routes.OFFERS, "file-pen")],
                _("Hiring"),
                IS_CLIENT,
            ),
            PlaceGroup(
                [
                    jobs,
                    Place(_("Proposals"), routes.PROPOSALS, "send"),
                    Place(_("Offers"), routes.OFFERS, "file-pen", shell.offers, "wait"),
                ],
                _("Find work"),
                IS_FREELANCER,
            ),
            PlaceGroup([contracts], _("Work"), has_party),
            PlaceGroup([Place(_("Billing"), routes.BILLING, "wallet")], _("Money"), IS_CLIENT),
            PlaceGroup(
                [Place(_("Earnings"), routes.EARNINGS, "wallet")], _("Money"), IS_FREELANCER
            ),
            PlaceGroup(_staff_places(), _("Administration"), IS_ADMIN | IS_FINANCE),
        ],
        foot=[Place(_("Settings"), routes.SETTINGS_PROFILE, "settings")],
        dock=[
            Place(_("Home"), routes.HOME, "house"),
            jobs,
            Place(_("My jobs"), routes.MY_JOBS, "briefcase", shown=IS_CLIENT),
            work,
            Place(_("Messages"), routes.MESSAGES, "message-square", shown=has_party),
            *_staff_dock(~has_party),
        ],
        roles=_role_menu(),
    )


def _staff_places() -> list[Place]:
    return [
        Place(_("Finance"), routes.ADMIN_FINANCE, "landmark", shown=IS_FINANCE),
        Place(_("Outbox"), routes.ADMIN_OUTBOX, "mail", shown=IS_ADMIN),
        Place(_("Instance"), routes.ADMIN_SETTINGS, "settings", shown=IS_ADMIN),
    ]


def _staff_dock(is_staff_alone: Any) -> list[Place]:
    """Return the places of those who act for nobody: the dock has room for them."""
    return [
        Place(each.label, each.href, each.icon, shown=each.shown & is_staff_alone)
        for each in _staff_places()
    ]


def _party_name() -> Any:
    return rx.cond(AppState.party_name != "", AppState.party_name, AppState.name)


def _role_words() -> Any:
    client = rx.cond(
        AppState.is_owner,
        ui.tell(_("{name}, client"), name=AppState.name),
        ui.tell(_("{name}, viewer"), name=AppState.name),
    )
    return rx.match(
        AppState.party_kind,
        ("company", client),
        ("freelancer", _("Freelancer")),
        ("agency", _("Agency")),
        rx.cond(IS_KNOWN, _("Staff"), ""),
    )


def _role_menu() -> list[rx.Component]:
    return [
        ui.each(ShellState.shell.parties, _party_item),
        ui.menu_line(),
        ui.menu_item(
            _("Light or dark"), icon="sun-moon", on_click=rx.toggle_color_mode, type="button"
        ),
        ui.app_form(
            ui.menu_item(_("Sign out"), icon="log-out", type="submit"), action=routes.SIGN_OUT
        ),
    ]


def _party_item(party: PartyChoice) -> rx.Component:
    icon = rx.cond(party.is_company, ui.icon("building-2"), ui.icon("circle-user"))
    mark = rx.cond(party.is_current, ui.icon("check"), rx.fragment())
    return ui.app_form(
        el.input(type="hidden", name="party", value=party.id, read_only=True),
        ui.menu_item(icon, party.name, mark, type="submit"),
        action=routes.SWITCH_PARTY,
    )


def signed_in_page(
    *content: ui.Child,
    here: Here,
    crumbs: Sequence[tuple[ui.Text, str]],
    action: ui.Child | None = None,
    overlays: Sequence[rx.Component] = (),
    flush: bool = False,
) -> rx.Component:
    """Return a page in its frame: `here` marks its place, `action` sticks above the dock."""
    main = ui.page(*content, action=action, flush=flush)
    return app_shell(
        main,
        nav=navigation(),
        here=here,
        crumbs=crumbs,
        news=ShellState.shell.notices,
        overlays=overlays,
    )
