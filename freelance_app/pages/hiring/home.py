"""The first page after sign-in."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import IS_CLIENT, entering, loaded, signed_in_page
from freelance_app.components.home import (
    activity,
    agenda,
    money_box,
    todo_list,
    wait_list,
    week,
)
from freelance_app.components.months import month_bars
from freelance_app.state.hiring.home import HomeState
from freelance_app.text import _

HOME: Any = HomeState.home


def header() -> rx.Component:
    """Return the day and what is to do."""
    post = ui.link_button(_("Post a job"), href=routes.JOB_NEW, icon="plus")
    is_there = HOME.today != ""  # the role is known earlier: alone, it would move what stands below
    may_post = IS_CLIENT & rx.Var.create(HomeState.is_owner) & is_there
    return ui.page_header(
        rx.cond(HOME.today != "", HOME.today, _("Home")),
        HOME.summary,
        actions=rx.cond(may_post, post, rx.fragment()),
        tight=True,
    )


def needs_action() -> rx.Component:
    """Return what waits for the actor, the most urgent first."""
    nothing = ui.card(
        ui.empty_state(
            _("Nothing waits for you"),
            _("What needs an answer, a payment or a review will stand here."),
            symbol="circle-check",
        ),
        padded=False,
    )
    count = rx.cond(HOME.todos_count != "", ui.count(HOME.todos_count, tone="wait"), rx.fragment())
    others = ui.link(HOME.waits_words, href="#waits", meta=True, push=True)
    return ui.section(
        _("Needs action"),
        rx.cond(HOME.todos.length() > 0, todo_list(HOME.todos), nothing),
        section_id="needs",
        beside=rx.fragment(count, rx.cond(HOME.waits_words != "", others)),
    )


def waits() -> rx.Component:
    """Return what others have to do for the actor's party; nothing when nobody has to."""
    listed = ui.section(_("Waiting for others"), wait_list(HOME.waits), section_id="waits")
    return rx.cond(HOME.waits_words != "", listed)


def money() -> rx.Component:
    """Return held and free money, and what was released by month."""
    bars = month_bars(HOME.months, title=HOME.months_title, label=HOME.months_words)
    none = ui.padded(ui.text(_("No money yet. What is held and paid will stand here."), dim=True))
    beside = rx.cond(
        IS_CLIENT,
        ui.link(_("Billing"), href=routes.BILLING, meta=True, push=True),
        ui.link(_("Earnings"), href=routes.EARNINGS, meta=True, push=True),
    )
    return ui.card(
        rx.cond(HOME.boxes.length() > 0, ui.each(HOME.boxes, money_box), none),
        rx.cond(HOME.months.length() > 0, bars, rx.fragment()),
        title=_("Money"),
        card_id="money",
        padded=False,
        beside=beside,
    )


def coming_days() -> rx.Component:
    """Return this week and what comes in the next seven days."""
    none = ui.padded(ui.text(_("Nothing is due in the next seven days."), dim=True))
    return ui.card(
        week(HOME.days),
        rx.cond(HOME.appointments.length() > 0, agenda(HOME.appointments), none),
        title=_("This week"),
        card_id="days",
        padded=False,
    )


def news() -> rx.Component:
    """Return what others did."""
    none = ui.padded(ui.text(_("Nothing happened yet."), dim=True))
    return ui.card(
        rx.cond(HOME.activities.length() > 0, activity(HOME.activities), none),
        title=_("Activity"),
        card_id="activity",
        padded=False,
        beside=ui.link(_("All"), href=routes.NOTIFICATIONS, meta=True, push=True),
    )


def first_step() -> rx.Component:
    """Return the one step of somebody for whom nothing is there yet."""
    hint = HOME.hint
    act = ui.link_button(hint.act, href=hint.href, kind="primary")
    blank = ui.empty_state(hint.title, hint.sentence, symbol=hint.symbol, action=act)
    return ui.card(blank, padded=False)


def body() -> rx.Component:
    """Return the page's parts; staff who act for nobody have no money of their own."""
    cards = rx.cond(HOME.has_money, ui.thirds(money(), coming_days(), news()), news())
    return rx.cond(HOME.is_new, first_step(), ui.stack(needs_action(), cards, waits(), gap=5))


@rx.page(
    route=routes.HOME,
    title=_("Home"),
    description=_("What waits for you, your money and the coming days."),
    on_load=entering(HomeState.enter),
)
def home() -> rx.Component:
    """Return the page."""
    waiting = ui.list_card(ui.skeleton_rows(5, label=_("Loading what waits for you")), tag="div")
    return signed_in_page(
        header(),
        loaded(HomeState, body(), waiting=waiting),
        here=routes.HOME,
        crumbs=[(_("Home"), routes.HOME)],
    )
