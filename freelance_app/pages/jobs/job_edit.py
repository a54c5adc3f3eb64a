"""The form that changes a job post."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.job_form import FORM, job_form, preview_dialog
from freelance_app.state.jobs.job_form import JobFormState
from freelance_app.text import _

DRAFT: Any = JobFormState.draft


def save() -> rx.Component:
    """Return the button that saves."""
    return ui.submit_button(_("Save changes"), form=FORM)


def back() -> rx.Component:
    """Return the way back to the job, with nothing saved."""
    return ui.link_button(_("Cancel"), href=_address(), custom_attrs={**ui.FORGETS})


def _address() -> Any:
    return ui.tell(f"{routes.JOBS}/{{id}}", id=DRAFT.id)


def aside() -> rx.Component:
    """Say who hears of a change."""
    words = rx.cond(
        DRAFT.is_draft,
        _("A draft: nobody else sees it before you publish it."),
        _("Everyone with an open proposal is told what you change."),
    )
    return ui.card(
        ui.stack(ui.text(words, dim=True), ui.hide_phone(save(), back()), gap=4),
        title=_("Save"),
        card_id="save",
    )


@rx.page(
    route=routes.JOB_EDIT,
    title=_("Edit job"),
    description=_("Change a job post."),
    on_load=entering(JobFormState.enter_edit),
)
def job_edit() -> rx.Component:
    """Return the page."""
    waiting = ui.list_card(ui.skeleton_rows(6, label=_("Loading the form")), tag="div")
    form = job_form(on_submit=JobFormState.change)
    content = rx.fragment(
        ui.page_header(_("Edit job"), tight=True), ui.columns(form, aside=aside(), label=_("Save"))
    )
    is_there = rx.Var.create(JobFormState.phase) == "ready"
    return signed_in_page(
        loaded(
            JobFormState,
            content,
            waiting=waiting,
            retry=JobFormState.enter_edit,
            back=_("Back to the job"),
        ),
        here=routes.MY_JOBS,
        crumbs=[
            (_("My jobs"), routes.MY_JOBS),
            (rx.cond(DRAFT.title != "", DRAFT.title, _("Job")), _address()),
            (_("Edit"), routes.MY_JOBS),
        ],
        action=rx.cond(is_there, rx.fragment(back(), save()), rx.fragment()),
        overlays=[preview_dialog()],
    )
