"""The form of a new job post."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import IS_CLIENT, entering, loaded, signed_in_page
from freelance_app.components.job_form import FORM, KEEP_DRAFT, job_form, preview_dialog
from freelance_app.state.base import AppState
from freelance_app.state.jobs.job_form import JobFormState
from freelance_app.text import _

MAY_POST: Any = IS_CLIENT & rx.Var.create(AppState.is_owner)


def publish() -> rx.Component:
    """Return the button that puts the job on the board."""
    return ui.submit_button(_("Publish"), icon="send", form=FORM)


def keep() -> rx.Component:
    """Return the button that keeps a draft, to look at it first."""
    return ui.button(_("Save draft"), on_click=rx.call_script(KEEP_DRAFT))


def aside() -> rx.Component:
    """Say what happens next."""
    words = [
        _("Freelancers see the job once it is published."),
        _("Their proposals are sealed: only your company reads them."),
        _("Nothing is paid before you have signed an offer and funded a milestone."),
    ]
    steps = ui.stack(*[ui.text(each, dim=True) for each in words], gap=3)
    return ui.card(
        ui.stack(steps, ui.hide_phone(publish(), keep()), gap=4),
        title=_("What happens next"),
        card_id="next-steps",
    )


def body() -> rx.Component:
    """Return the form, for those who may post."""
    form = job_form(on_submit=JobFormState.create)
    blank = ui.empty_state(
        _("Only owners of a client company post jobs"),
        _("Switch to your company, or ask its owner."),
        symbol="lock-keyhole",
        action=ui.link_button(_("Go home"), href=routes.HOME),
    )
    return rx.cond(
        MAY_POST,
        ui.columns(form, aside=aside(), label=_("What happens next")),
        ui.card(blank, padded=False),
    )


@rx.page(
    route=routes.JOB_NEW,
    title=_("Post a job"),
    description=_("A new job post."),
    on_load=entering(JobFormState.enter_new),
)
def job_new() -> rx.Component:
    """Return the page."""
    waiting = ui.list_card(ui.skeleton_rows(6, label=_("Loading the form")), tag="div")
    return signed_in_page(
        ui.page_header(_("Post a job"), tight=True),
        loaded(JobFormState, body(), waiting=waiting, retry=JobFormState.enter_new),
        here=routes.MY_JOBS,
        crumbs=[(_("My jobs"), routes.MY_JOBS), (_("Post a job"), routes.JOB_NEW)],
        action=rx.cond(MAY_POST, rx.fragment(keep(), publish()), rx.fragment()),
        overlays=[preview_dialog()],
    )
