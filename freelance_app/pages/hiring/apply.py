"""The form of a proposal."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.offers import pair
from freelance_app.components.proposals import brief_card, letter_hints
from freelance_app.services.hiring import proposal_forms
from freelance_app.state.hiring.apply import ApplyState
from freelance_app.text import _

APPLY: Any = ApplyState.apply
ERRORS: Any = ApplyState.errors
FORM = "apply"


def letter_field() -> rx.Component:
    """Return the letter with what belongs into it."""
    return ui.card(
        ui.stack(
            letter_hints(),
            ui.form_field(
                _("Cover letter"),
                "letter",
                ui.text_area,
                rows="12",
                max_length=proposal_forms.LETTER[1],
                help=_("Markdown works."),
                error=ERRORS.get("letter", ""),
            ),
            gap=4,
        ),
        title=_("What the client reads"),
        card_id="reads",
    )


def price_fields() -> rx.Component:
    """Return bid and duration; the net stands under the bid where a fee is taken."""
    bid = ui.form_field(
        ui.tell(_("Bid, {currency}"), currency=APPLY.currency),
        "bid",
        figure=True,
        input_mode="decimal",
        placeholder=APPLY.budget,
        help=rx.cond(ApplyState.net != "", ApplyState.net, _("For the whole job, fixed price")),
        error=ERRORS.get("bid", ""),
        on_change=ApplyState.bid_typed.debounce(300),
    )
    days = ui.form_field(
        _("Duration, days"),
        "days",
        figure=True,
        input_mode="numeric",
        help=_("From the start to the last delivery"),
        error=ERRORS.get("days", ""),
    )
    return ui.card(pair(bid, days), title=_("Price and time"), card_id="price")


def send_button() -> rx.Component:
    """Return the button that sends the proposal."""
    return ui.submit_button(_("Send proposal"), icon="send", size=3, form=FORM)


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
    """Return the form beside the job, or why nothing can be sent."""
    once = ui.meta(_("You can withdraw it until it is answered. One active proposal for each job."))
    form = ui.draft_form(
        faults(),
        letter_field(),
        price_fields(),
        ui.hide_phone(send_button(), once),
        kept_for=ApplyState.kept_for,
        on_submit=ApplyState.send,
        id=FORM,
    )
    see = ui.link_button(_("Open your proposal"), href=APPLY.proposal_href, kind="primary")
    back = ui.link_button(_("All jobs"), href=routes.JOBS)
    blocked = ui.empty_state(
        rx.cond(APPLY.proposal_href != "", _("Already sent"), _("No proposal can be sent")),
        APPLY.blocked,
        symbol="send",
        action=rx.cond(APPLY.proposal_href != "", see, back),
    )
    main = rx.cond(APPLY.blocked != "", ui.card(blocked, padded=False), form)
    return ui.columns(main, aside=brief_card(APPLY.job), label=_("The job"))


@rx.page(
    route=routes.JOB_APPLY,
    title=_("Write your proposal"),
    description=_("Answer a job with a letter, a bid and a duration."),
    on_load=entering(ApplyState.enter),
)
def apply() -> rx.Component:
    """Return the page."""
    sealed = ui.tell(
        _("Only {client} will see it, no competitor ever does."), client=APPLY.job.card.client.name
    )
    header = ui.page_header(
        _("Write your proposal"),
        APPLY.job.card.title,
        rx.cond(APPLY.blocked == "", sealed, ""),
    )
    waiting = ui.list_card(ui.skeleton_rows(5, label=_("Loading the job")), tag="div")
    return signed_in_page(
        loaded(ApplyState, rx.fragment(header, body()), waiting=waiting),
        here=routes.JOBS,
        crumbs=[
            (_("Jobs"), routes.JOBS),
            (APPLY.job.card.title, ui.tell(f"{routes.JOBS}/{{id}}", id=APPLY.job.card.id)),
            (_("Proposal"), ""),
        ],
        action=rx.cond(
            (ApplyState.phase == "ready") & (APPLY.blocked == ""), send_button(), rx.fragment()
        ),
    )
