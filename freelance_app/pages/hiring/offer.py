"""The page of an offer: its terms, who signed, and the answer."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.clock import next_action_card
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.terms import frozen_note, signatures, terms_sheet
from freelance_app.state.hiring.offer import DECLINE, OfferState
from freelance_app.text import _

OFFER: Any = OfferState.offer
ERRORS: Any = OfferState.errors
WITHDRAW = "withdraw"


def accept_button() -> rx.Component:
    """Return the primary act of the freelancer: it signs the very terms that the page shows."""
    label = ui.tell(_("Accept and sign for {amount}"), amount=OFFER.total)
    sign = OfferState.accept(OFFER.terms_hash)
    return ui.button(label, kind="primary", size=3, icon="file-pen", on_click=sign)


def acts() -> rx.Component:
    """Return what the reader may do."""
    answer = rx.fragment(accept_button(), ui.button(_("Decline"), size=3, opens=DECLINE))
    go = ui.link_button(
        _("Open the contract"), href=OFFER.contract_href, size=3, icon="scroll-text"
    )
    return rx.fragment(
        rx.cond(OFFER.can_answer, answer),
        rx.cond(OFFER.can_withdraw, ui.button(_("Withdraw"), size=3, opens=WITHDRAW)),
        rx.cond(OFFER.contract_href != "", go),
    )


def next_action() -> rx.Component:
    """Say who acts, or how the offer ended."""
    return next_action_card(
        status=ui.status_badge(OFFER.status, word=OFFER.who),
        title=OFFER.heading,
        sentence=OFFER.sentence,
        clock=OFFER.clock,
        actions=acts(),
        tone=rx.cond(OFFER.can_answer, "wait", "calm"),
    )


def decline_dialog() -> rx.Component:
    """Ask for the reason."""
    return ui.reason_dialog(
        DECLINE,
        title=_("Decline the offer?"),
        confirm=_("Decline the offer"),
        on_submit=OfferState.decline,
        help=_("The client reads it."),
        error=ERRORS.get("reason", ""),
    )


def withdraw_dialog() -> rx.Component:
    """Ask once more before the offer is taken back."""
    return ui.confirm_dialog(
        WITHDRAW,
        title=_("Withdraw the offer?"),
        sentence=_("It cannot be accepted any more. You may send another one."),
        confirm=_("Withdraw the offer"),
        on_confirm=OfferState.withdraw,
        kind="danger",
    )


def header() -> rx.Component:
    """Return title and facts."""
    talk = ui.link_button(_("Proposal"), href=OFFER.proposal_href, icon="inbox")
    return ui.page_header(
        OFFER.title,
        ui.status_badge(OFFER.badge),
        ui.user_chip(OFFER.other),
        _("Fixed price"),
        OFFER.sent_at,
        actions=ui.hide_phone(talk),
    )


@rx.page(
    route=routes.OFFER,
    title=_("Offer"),
    description=_("The terms of an offer, and its answer."),
    on_load=entering(OfferState.enter),
)
def offer() -> rx.Component:
    """Return the page."""
    aside = rx.fragment(
        signatures(OFFER.signatures, OFFER.terms.hash, unsigned=OFFER.unsigned), frozen_note()
    )
    body = ui.columns(next_action(), terms_sheet(OFFER.terms), aside=aside, label=_("Signatures"))
    waiting = ui.list_card(ui.skeleton_rows(5, label=_("Loading the offer")), tag="div")
    return signed_in_page(
        loaded(OfferState, rx.fragment(header(), body), waiting=waiting),
        here=routes.OFFERS,
        crumbs=[(_("Offers"), routes.OFFERS), (OFFER.title, routes.OFFERS)],
        action=rx.cond(OFFER.can_answer, accept_button()),
        overlays=[
            rx.cond(OFFER.can_answer, decline_dialog()),
            rx.cond(OFFER.can_withdraw, withdraw_dialog()),
        ],
    )
