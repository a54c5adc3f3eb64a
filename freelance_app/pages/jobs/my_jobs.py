"""The posts of a client."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import IS_CLIENT, entering, loaded, signed_in_page
from freelance_app.components.keyset import keyset_pager
from freelance_app.services.jobs.post_views import JobCard
from freelance_app.state.base import AppState
from freelance_app.state.jobs.my_jobs import MyJobsState
from freelance_app.text import _

BOARD: Any = MyJobsState.board
MAY_POST: Any = IS_CLIENT & rx.Var.create(AppState.is_owner)


def post_button() -> rx.Component:
    """Return the way to a new post."""
    return ui.link_button(_("Post a job"), href=routes.JOB_NEW, kind="primary", icon="plus")


def job_row(job: JobCard) -> rx.Component:
    """Return one post with its next step."""
    href = ui.tell(f"{routes.JOBS}/{{id}}", id=job.id)
    proposals = ui.tell(f"{routes.JOBS}/{{id}}/proposals", id=job.id)
    fresh = rx.cond(job.fresh != "", ui.badge(job.fresh, tone="amber", symbol="inbox"), "")
    none = ui.hide_phone(ui.meta(_("None yet")))
    counted = rx.cond(job.has_proposals, ui.row(ui.counted(job.proposals), fresh), none)
    return ui.data_row(
        ui.lead_cell(ui.stack(ui.link(job.title, href=href), ui.meta(job.posted), gap=0)),
        ui.cell(ui.status_badge(job.status)),
        ui.cell(counted),
        ui.cell(job.terms, on_phone=False),
        ui.cell(ui.money(job.pay, ink=True), figure=True),
        ui.cell(next_step(job, href, proposals), figure=True, on_phone=False),
    )


def next_step(job: JobCard, href: Any, proposals: Any) -> rx.Component:
    """Return the link to what comes next for a post."""
    is_draft = (job.status == "draft") & MAY_POST
    words = rx.cond(is_draft, _("Review and publish"), _("View job"))
    return rx.cond(
        job.has_proposals,
        ui.link_button(_("Read proposals"), href=proposals, size=1),
        ui.link_button(words, href=href, size=1),
    )


def body() -> rx.Component:
    """Return the posts, or how to begin."""
    columns = [
        ui.column(_("Job")),
        ui.column(_("Status")),
        ui.column(_("Proposals")),
        ui.column(_("Time")),
        ui.column(_("Budget"), figure=True),
        ui.column(_("Next"), figure=True),
    ]
    nothing = ui.empty_state(
        _("No jobs yet"),
        _("Write what you need done and what it pays. Freelancers answer with proposals."),
        symbol="briefcase",
        action=rx.cond(MAY_POST, post_button(), rx.fragment()),
    )
    listed = ui.stack(
        ui.data_rows(columns, ui.each(BOARD.jobs, job_row), label=_("Your jobs")),
        keyset_pager(
            _("The newest first"), path=routes.MY_JOBS, older=BOARD.older, newer=BOARD.newer
        ),
        gap=3,
    )
    return rx.cond(BOARD.jobs.length() > 0, listed, ui.card(nothing, padded=False))


def not_a_client() -> rx.Component:
    """Lead others to where they find work."""
    blank = ui.empty_state(
        _("Only clients post jobs"),
        _("Switch to your company, or look for work on the board."),
        symbol="briefcase",
        action=ui.link_button(_("Open the jobs"), href=routes.JOBS),
    )
    return ui.card(blank, padded=False)


@rx.page(
    route=routes.MY_JOBS,
    title=_("My jobs"),
    description=_("Your posts, their proposals and what comes next."),
    on_load=entering(MyJobsState.enter),
)
def my_jobs() -> rx.Component:
    """Return the page."""
    waiting = ui.list_card(ui.skeleton_rows(5, label=_("Loading your jobs")), tag="div")
    has_jobs = MAY_POST & (BOARD.jobs.length() > 0)
    header = ui.page_header(
        _("My jobs"),
        actions=rx.cond(has_jobs, ui.hide_phone(post_button()), rx.fragment()),
        tight=True,
    )
    return signed_in_page(
        header,
        loaded(MyJobsState, rx.cond(IS_CLIENT, body(), not_a_client()), waiting=waiting),
        here=routes.MY_JOBS,
        crumbs=[(_("My jobs"), routes.MY_JOBS)],
        action=rx.cond(has_jobs, post_button(), rx.fragment()),
    )
