"""One proposal: its letter, what may be done with it, and the conversation about it."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.messages import conversation
from freelance_app.components.proposals import bid_facts, letter
from freelance_app.state.hiring.proposal import DECLINE, ProposalState
from freelance_app.state.messages.room import RoomState
from freelance_app.text import _

PROPOSAL: Any = ProposalState.proposal
CARD: Any = PROPOSAL.card
ERRORS: Any = ProposalState.errors
WITHDRAW = "withdraw-proposal"


def main_act() -> rx.Component:
    """Return the one next act: make an offer, or see the one that was made."""
    href = ui.tell(f"{routes.PROPOSALS}/{{id}}/offer", id=CARD.id)
    make = ui.link_button(_("Make an offer"), href=href, kind="primary", icon="file-pen")
    see = ui.link_button(
        _("Open the offer"), href=PROPOSAL.offer_href, kind="primary", icon="file-pen"
    )
    return rx.cond(PROPOSAL.can_offer, make, rx.cond(PROPOSAL.offer_href != "", see))


def other_acts() -> rx.Component:
    """Return what else the reader may do."""
    listed = ui.button(_("Shortlisted"), icon="star", on_click=ProposalState.unlist)
    shortlist = ui.button(_("Shortlist"), icon="star", on_click=ProposalState.shortlist)
    earlier = ui.link_button(_("Last offer"), href=PROPOSAL.offer_href)
    return rx.fragment(
        rx.cond(PROPOSAL.can_shortlist, shortlist),
        rx.cond(PROPOSAL.can_unlist, listed),
        rx.cond(PROPOSAL.can_decline, ui.button(_("Decline"), opens=DECLINE)),
        rx.cond(PROPOSAL.can_withdraw, ui.button(_("Withdraw"), opens=WITHDRAW)),
        rx.cond(PROPOSAL.can_offer & (PROPOSAL.offer_href != ""), earlier),
    )


def header() -> rx.Component:
    """Return who wrote for which job, and the acts."""
    job = ui.link(CARD.job, href=ui.tell(f"{routes.JOBS}/{{id}}", id=CARD.job_id))
    return ui.page_header(
        rx.cond(PROPOSAL.is_received, CARD.other.name, CARD.job),
        ui.status_badge(CARD.status),
        rx.cond(PROPOSAL.is_received, job, ui.user_chip(CARD.other)),
        CARD.sent,
        actions=ui.row(ui.hide_phone(main_act()), other_acts(), wrap=True),
    )


def told() -> rx.Component:
    """Say how it was answered, or who sees it."""
    declined = ui.callout(ui.strong(_("Declined")), ui.text(PROPOSAL.reason), symbol="circle-x")
    words = _("Only {client} sees this proposal. You can withdraw it until it is answered.")
    sealed = ui.callout(ui.tell(words, client=CARD.other.name), symbol="lock-keyhole")
    return rx.cond(PROPOSAL.reason != "", declined, rx.cond(PROPOSAL.can_withdraw, sealed))


def decline_dialog() -> rx.Component:
    """Ask for the reason."""
    return ui.reason_dialog(
        DECLINE,
        title=_("Decline the proposal?"),
        confirm=_("Decline the proposal"),
        on_submit=ProposalState.decline,
        help=_("The freelancer reads it."),
        error=ERRORS.get("reason", ""),
    )


def withdraw_dialog() -> rx.Component:
    """Ask once more before the proposal is taken back."""
    return ui.confirm_dialog(
        WITHDRAW,
        title=_("Withdraw the proposal?"),
        sentence=_("The client can no longer answer it. You may send another for this job."),
        confirm=_("Withdraw the proposal"),
        on_confirm=ProposalState.withdraw,
        kind="danger",
    )


def crumbs() -> list[tuple[ui.Text, Any]]:
    """Return the way here, as each side came."""
    sent = ui.tell("{path}", path=routes.PROPOSALS)
    inbox = ui.tell(f"{routes.JOBS}/{{id}}/proposals", id=CARD.job_id)
    first = rx.cond(PROPOSAL.is_received, CARD.job, _("Proposals"))
    last = rx.cond(PROPOSAL.is_received, CARD.other.name, CARD.job)
    return [(first, rx.cond(PROPOSAL.is_received, inbox, sent)), (last, "")]


@rx.page(
    route=routes.PROPOSAL,
    title=_("Proposal"),
    description=_("A proposal with its conversation."),
    on_load=entering(ProposalState.enter, RoomState.enter_proposal),
)
def proposal() -> rx.Component:
    """Return the page."""
    read = ui.stack(told(), bid_facts(PROPOSAL), letter(PROPOSAL.letter), gap=4)
    body = ui.columns(read, aside=conversation(is_beside=True), label=_("Conversation"))
    waiting = ui.list_card(ui.skeleton_rows(5, label=_("Loading the proposal")), tag="div")
    return signed_in_page(
        loaded(ProposalState, rx.fragment(header(), body), waiting=waiting),
        here=(routes.PROPOSALS, routes.MY_JOBS),
        crumbs=crumbs(),
        action=main_act(),
        overlays=[
            rx.cond(PROPOSAL.can_decline, decline_dialog()),
            rx.cond(PROPOSAL.can_withdraw, withdraw_dialog()),
        ],
    )
