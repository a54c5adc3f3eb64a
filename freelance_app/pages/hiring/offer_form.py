"""The form of an offer."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.offers import milestone_fields, pair
from freelance_app.components.terms import term_list
from freelance_app.services.hiring.offer_terms import MOST_HOURS, MOST_MILESTONES
from freelance_app.state.hiring.offer_form import OfferFormState
from freelance_app.text import _

DRAFT: Any = OfferFormState.draft
ROWS: Any = OfferFormState.rows
ERRORS: Any = OfferFormState.errors
FORM = "offer"


def work_fields() -> rx.Component:
    """Return what is to be done."""
    return ui.card(
        ui.stack(
            ui.form_field(
                _("Title"),
                "title",
                default_value=DRAFT.title,
                max_length=120,
                error=ERRORS.get("title", ""),
            ),
            ui.form_field(
                _("Scope"),
                "scope",
                ui.text_area,
                rows="10",
                default_value=DRAFT.scope,
                help=_("What is delivered, and how it is judged. Markdown works."),
                error=ERRORS.get("scope", ""),
            ),
            gap=4,
        ),
        title=_("Work"),
        card_id="work",
    )


def milestone_card() -> rx.Component:
    """Return the rows of milestones with their sum."""
    add = ui.button(
        _("Add a milestone"),
        icon="plus",
        disabled=ROWS.length() >= MOST_MILESTONES,
        on_click=OfferFormState.add_milestone,
    )
    fields = milestone_fields(
        ROWS,
        ERRORS,
        on_amount=OfferFormState.amount_typed,
        on_remove=OfferFormState.remove_milestone,
        can_remove=ROWS.length() > 1,
    )
    fault = ui.callout(ERRORS.get("milestones", ""), tone="red", symbol="circle-alert")
    return ui.card(
        ui.stack(fields, rx.cond(ERRORS.get("milestones", "") != "", fault), ui.row(add), gap=4),
        title=_("Milestones"),
        beside=ui.meta(ui.tell(_("{currency}, fixed price"), currency=DRAFT.currency)),
        card_id="milestones",
    )


def time_fields() -> rx.Component:
    """Return hours, rate and days."""
    hours = ui.form_field(
        _("Hours a week"),
        "hours_a_week",
        default_value=DRAFT.hours_a_week,
        figure=True,
        input_mode="numeric",
        help=ui.tell(_("From 1 to {most}"), most=str(MOST_HOURS)),
        error=ERRORS.get("hours_a_week", ""),
    )
    rate = ui.form_field(
        _("Rate an hour, if agreed"),
        "rate",
        figure=True,
        input_mode="decimal",
        help=_("For information: the price is fixed."),
        error=ERRORS.get("rate", ""),
    )
    start = ui.form_field(
        _("Start"),
        "starts_on",
        type="date",
        default_value=DRAFT.starts_on,
        error=ERRORS.get("starts_on", ""),
    )
    deadline = ui.form_field(
        _("Deadline"),
        "ends_on",
        type="date",
        default_value=DRAFT.ends_on,
        help=_("Not before the last milestone"),
        error=ERRORS.get("ends_on", ""),
    )
    return ui.card(
        ui.stack(pair(start, deadline), pair(hours, rate), gap=4),
        title=_("Time"),
        card_id="time",
    )


def send_button() -> rx.Component:
    """Return the button that sends the offer."""
    label = ui.tell(_("Send offer of {amount}"), amount=OfferFormState.total)
    return ui.submit_button(label, icon="send", size=3, form=FORM)


def aside() -> rx.Component:
    """Return the sum, and what is frozen with the offer."""
    bid = (_("Bid"), ui.money(DRAFT.bid))
    total = (_("Sum of the milestones"), ui.money(OfferFormState.total))
    money = ui.card(
        ui.stack(
            ui.key_values(bid, total=total),
            ui.text(DRAFT.open_for, dim=True),
            ui.hide_phone(send_button()),
            gap=3,
        ),
        title=_("Offer"),
        card_id="offer-sum",
    )
    rules = ui.card(
        term_list(DRAFT.rules),
        title=_("Rules"),
        beside=ui.meta(_("frozen with the offer")),
        card_id="rules",
        padded=False,
    )
    return rx.fragment(money, rules)


def faults() -> rx.Component:
    """Say that some fields were refused."""
    words = ui.callout(
        _("Some fields need a change. Nothing was sent."),
        tone="red",
        symbol="circle-alert",
        alert=True,
    )
    return rx.cond(ERRORS.length() > 0, words, rx.fragment())


def body() -> rx.Component:
    """Return the form, or why no offer can be sent."""
    form = ui.app_form(
        faults(),
        work_fields(),
        milestone_card(),
        time_fields(),
        on_submit=OfferFormState.send,
        id=FORM,
    )
    see = ui.link_button(_("Open the offer"), href=DRAFT.offer_href)
    back = ui.link_button(_("Back to the proposal"), href=DRAFT.proposal_href)
    blocked = ui.empty_state(
        _("No offer can be sent now"),
        DRAFT.blocked,
        symbol="file-pen",
        action=rx.cond(DRAFT.offer_href != "", see, back),
    )
    return rx.cond(
        DRAFT.blocked != "",
        ui.card(blocked, padded=False),
        ui.columns(form, aside=aside(), label=_("Sum and rules")),
    )


@rx.page(
    route=routes.OFFER_NEW,
    title=_("New offer"),
    description=_("Terms for the freelancer of a proposal."),
    on_load=entering(OfferFormState.enter),
)
def offer_form() -> rx.Component:
    """Return the page."""
    is_ready: Any = rx.Var.create(OfferFormState.phase) == "ready"
    header = ui.page_header(_("New offer"), ui.user_chip(DRAFT.freelancer), DRAFT.job)
    waiting = ui.list_card(ui.skeleton_rows(6, label=_("Loading the form")), tag="div")
    return signed_in_page(
        loaded(
            OfferFormState,
            rx.fragment(header, body()),
            waiting=waiting,
            back=_("Back to the proposal"),
        ),
        here=routes.MY_JOBS,
        crumbs=[
            (_("Proposal"), rx.cond(is_ready, DRAFT.proposal_href, OfferFormState.back)),
            (_("New offer"), routes.MY_JOBS),
        ],
        action=rx.cond(is_ready & (DRAFT.blocked == ""), send_button(), rx.fragment()),
    )
