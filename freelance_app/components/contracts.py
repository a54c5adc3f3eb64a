"""What stands round every tab of a contract, and what several tabs show."""

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.clock import clock_line, next_action_card
from freelance_app.components.frame import loaded, signed_in_page
from freelance_app.components.money_line import money_legend, money_line
from freelance_app.components.record import record
from freelance_app.components.review import approve_button, review_buttons
from freelance_app.state.contracts.contract import ContractState
from freelance_app.text import _

Tab = Literal["overview", "messages", "files", "money", "terms"]
ROOM: Any = ContractState.room
NEXT: Any = ROOM.next
CURRENT: Any = ROOM.current


def contract_page(
    content: rx.Component,
    *,
    tab: Tab,
    retry: Any,
    action: ui.Child | None = None,
    overlays: Sequence[rx.Component] = (),
) -> rx.Component:
    """Return a tab of a contract in its frame."""
    waiting = ui.list_card(ui.skeleton_rows(5, label=_("Loading the contract")), tag="div")
    ready = rx.fragment(contract_header(), contract_tabs(tab), content)
    return signed_in_page(
        loaded(ContractState, ready, waiting=waiting, retry=retry),
        here=routes.CONTRACTS,
        crumbs=[(_("Contracts"), routes.CONTRACTS), (ROOM.number, routes.CONTRACTS)],
        action=action,
        overlays=overlays,
    )


def contract_header() -> rx.Component:
    """Return title and facts, and the way to the conversation."""
    talk = ui.link_button(_("Message"), href=ROOM.messages_href, icon="message-square")
    return ui.page_header(
        ROOM.title,
        ui.status_badge(ROOM.status),
        ui.user_chip(ROOM.other),
        _("Fixed price"),
        ROOM.since,
        actions=ui.hide_phone(talk),
        tight=True,
    )


def contract_tabs(here: Tab) -> rx.Component:
    """Return the parts of a contract."""
    overview = ui.tell(f"{routes.CONTRACTS}/{{id}}", id=ROOM.id)

    def part(name: Tab) -> Any:
        return ui.tell(f"{routes.CONTRACTS}/{{id}}/{name}", id=ROOM.id)

    return ui.tabs(
        ui.tab(_("Overview"), overview, current=here == "overview"),
        ui.tab(_("Messages"), part("messages"), current=here == "messages"),
        ui.tab(_("Files"), part("files"), count=ROOM.file_count, current=here == "files"),
        ui.tab(_("Money"), part("money"), current=here == "money"),
        ui.tab(_("Terms"), part("terms"), current=here == "terms"),
        label=_("Contract"),
    )


def next_primary() -> rx.Component:
    """Return the primary button of the next action, which sticks above the dock on a phone."""
    return ui.choose(NEXT.act, approve=approve_button(CURRENT), submit=_submit(), fund=_fund())


def next_act() -> rx.Component:
    """Return the buttons of the next action, the primary first."""
    return ui.choose(NEXT.act, approve=review_buttons(CURRENT), submit=_submit(), fund=_fund())


def _submit() -> rx.Component:
    return ui.link_button(NEXT.label, href=CURRENT.href, kind="primary", size=3, icon="send")


def _fund() -> rx.Component:
    icon = "lock-keyhole"
    return ui.link_button(NEXT.label, href=ROOM.fund_href, kind="primary", size=3, icon=icon)


def next_card() -> rx.Component:
    """Say who acts, what, with which effect and until when."""
    return next_action_card(
        status=ui.status_badge(NEXT.status, word=NEXT.who),
        title=NEXT.title,
        sentence=NEXT.sentence,
        clock=NEXT.clock,
        actions=rx.cond(NEXT.act != "", next_act(), rx.fragment()),
        tone=rx.cond(NEXT.act != "", "wait", "calm"),
    )


def money_card() -> rx.Component:
    """Return the contract's total and where each part of it is."""
    money = ROOM.money
    fund = ui.link_button(money.fund, href=ROOM.fund_href, full=True)
    free = ui.row(ui.meta(_("Free in your wallet")), ui.push(ui.money(money.wallet)), align="base")
    proof = ui.card_link(
        ui.icon("shield-check", size="sm"),
        ui.grow(_("Every movement of this money")),
        ui.icon("chevron-right", size="sm"),
        href=ui.tell(f"{routes.CONTRACTS}/{{id}}/money", id=ROOM.id),
    )
    return ui.framed(
        ui.stack(
            ui.row(
                ui.heading(_("Money"), id="money"),
                ui.meta(_("Contract total"), push=True),
                align="base",
            ),
            ui.big_money(money.total, money.cents),
            money_line(money.parts, label=money.in_words),
            money_legend(money.parts),
            rx.cond(money.wallet != "", free, rx.fragment()),
            rx.cond((money.fund != "") & (NEXT.act != "fund"), fund, rx.fragment()),
            gap=3,
        ),
        label_id="money",
        foot=proof,
    )


def clocks_card() -> rx.Component:
    """Return every deadline of the contract; both sides see the same."""
    lines = ui.stack(ui.each(ROOM.clocks, clock_line), gap=4, tag="ul")
    none = ui.text(_("No clock runs."), dim=True)
    return ui.card(
        rx.cond(ROOM.clocks.length() > 0, lines, none),
        title=_("Clocks"),
        card_id="clocks",
        beside=ui.meta(_("seen by both sides")),
    )


def latest() -> rx.Component:
    """Return the newest lines of the record."""
    return ui.stack(ui.heading(_("Latest"), id="latest"), record(ROOM.latest), gap=1)
