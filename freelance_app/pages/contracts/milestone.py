"""The page of a milestone: hand in its work, or answer it; all that was handed in."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.clock import next_action_card
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.milestones import submission_history
from freelance_app.components.review import (
    approve_button,
    release_buttons,
    review_buttons,
    review_dialogs,
)
from freelance_app.state.contracts.milestone import MilestoneState
from freelance_app.text import _

PAGE: Any = MilestoneState.page
MILESTONE: Any = PAGE.milestone
NEXT: Any = PAGE.next
ERRORS: Any = MilestoneState.errors
CONTRACT: Any = ui.tell(f"{routes.CONTRACTS}/{{id}}", id=PAGE.contract_id)
FUND: Any = ui.tell(f"{routes.CONTRACTS}/{{id}}/fund", id=PAGE.contract_id)
FORM = "work"


def work_form() -> rx.Component:
    """Return the form that hands in the work."""
    form = ui.app_form(
        ui.form_field(
            _("Note to the client"),
            "note",
            ui.text_area,
            help=_("What is done, how to try it, what is still missing. Markdown works."),
            error=ERRORS.get("note", ""),
        ),
        ui.file_drop("files", error=ERRORS.get("files", "")),
        ui.form_actions(_submit_button()),
        on_submit=MilestoneState.submit,
        id=FORM,
    )
    return ui.card(form, title=_("Submit work"), card_id="submit")


def _submit_button() -> rx.Component:
    label = ui.tell(_("Submit for {amount}"), amount=MILESTONE.rest)
    return ui.submit_button(label, icon="send", size=3)


def acts() -> rx.Component:
    """Return what the client may do now; the freelancer has the form below."""
    fund = ui.link_button(NEXT.label, href=FUND, kind="primary", size=3, icon="lock-keyhole")
    return rx.fragment(
        rx.cond(MILESTONE.can_review, review_buttons(MILESTONE)),
        rx.cond(MILESTONE.can_release & ~MILESTONE.can_review, release_buttons(MILESTONE)),
        rx.cond(MILESTONE.can_fund, fund),
    )


def next_action() -> rx.Component:
    """Say who acts, what, with which effect and until when; nothing once it is released."""
    card = next_action_card(
        status=ui.status_badge(NEXT.status, word=NEXT.who),
        title=NEXT.title,
        sentence=NEXT.sentence,
        clock=NEXT.clock,
        actions=acts(),
        tone=rx.cond(NEXT.act != "", "wait", "calm"),
    )
    return rx.cond(NEXT.title != "", card)


def history() -> rx.Component:
    """Return what was handed in, or what will stand here."""
    nothing = ui.empty_state(
        _("Nothing handed in yet"),
        _("Notes and files of each submission stand here, with the client’s answer."),
        symbol="file-check-2",
    )
    listed = rx.cond(
        PAGE.history.length() > 0,
        submission_history(PAGE.history),
        ui.card(nothing, padded=False),
    )
    return ui.section(_("Work handed in"), listed, section_id="history")


def figures() -> rx.Component:
    """Return amount and day."""
    facts = ui.key_values(
        (_("Amount"), ui.money(MILESTONE.amount)),
        (_("Still to be paid"), ui.money(MILESTONE.rest)),
        (_("Due"), MILESTONE.due),
    )
    return ui.card(facts, title=_("Milestone"), card_id="milestone")


@rx.page(
    route=routes.MILESTONE,
    title=_("Milestone"),
    description=_("Hand in the work of a milestone, or answer it."),
    on_load=entering(MilestoneState.enter),
)
def milestone() -> rx.Component:
    """Return the page."""
    header = ui.page_header(
        PAGE.title,
        ui.status_badge(MILESTONE.badge),
        ui.link(PAGE.contract_title, href=CONTRACT),
        MILESTONE.moment,
        tight=True,
    )
    body = ui.columns(
        next_action(),
        rx.cond(MILESTONE.can_submit, work_form()),
        history(),
        aside=figures(),
        label=_("Milestone"),
    )
    waiting = ui.list_card(ui.skeleton_rows(4, label=_("Loading the milestone")), tag="div")
    return signed_in_page(
        loaded(MilestoneState, rx.fragment(header, body), waiting=waiting),
        here=routes.CONTRACTS,
        crumbs=[
            (_("Contracts"), routes.CONTRACTS),
            (PAGE.contract_number, CONTRACT),
            (PAGE.title, routes.CONTRACTS),
        ],
        action=rx.cond(MILESTONE.can_review, approve_button(MILESTONE)),
        overlays=[review_dialogs()],
    )
