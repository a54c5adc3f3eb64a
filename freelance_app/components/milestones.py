"""The milestones of a contract as a rail that turns green, and the work handed in for one."""

import reflex as rx

from freelance_app.components import ui
from freelance_app.components.files import file_list
from freelance_app.components.ui.core import Many, el, when
from freelance_app.services.contracts.milestone_views import MilestoneView
from freelance_app.services.contracts.submission_views import SubmissionView
from freelance_app.text import _


def milestone_timeline(milestones: Many[MilestoneView]) -> rx.Component:
    """Return the milestones in order; each line leads to the milestone's page."""
    return el.ol(ui.each(milestones, _milestone), class_name="ms")


def _milestone(milestone: MilestoneView) -> rx.Component:
    released = milestone.status == "released"
    node = when(released, ui.icon("check"), el.span(milestone.number))
    return el.li(
        el.span(node, class_name="ms__node"),
        el.div(
            _line(milestone),
            when(milestone.part != "", el.p(milestone.part, class_name="meta ms__part num")),
            when(milestone.has_more, _more(milestone.submission)),
        ),
        class_name=ui.classes("ms__item", f"is-{milestone.status}"),
    )


def _line(milestone: MilestoneView) -> rx.Component:
    return el.a(
        el.h3(milestone.title, class_name="truncate"),
        el.span(ui.status_badge(milestone.badge)),
        el.span(milestone.moment, class_name="meta num"),
        ui.money(milestone.amount),
        ui.icon(when(milestone.has_more, "chevron-down", "chevron-right")),
        href=milestone.href,
        class_name="ms__line",
    )


def _more(submission: SubmissionView) -> rx.Component:
    return el.div(_words(submission), file_list(submission.files), class_name="ms__more well stack")


def _words(submission: SubmissionView) -> rx.Component:
    asked = el.div(
        el.p(_("Changes asked for"), class_name="meta"),
        ui.safe_html(submission.answer),
        class_name="stack stack--1",
    )
    return rx.fragment(
        when(submission.has_note, ui.safe_html(submission.note)),
        when(submission.has_answer, asked),
    )


def submission_history(submissions: Many[SubmissionView]) -> rx.Component:
    """Return all work handed in for a milestone, the newest first."""
    return el.ol(ui.each(submissions, _submission), class_name="stack stack--4")


def _submission(submission: SubmissionView) -> rx.Component:
    head = el.p(
        el.span(
            ui.tell(_("Submission {number}"), number=submission.number.to(str)),  # pyright: ignore[reportAttributeAccessIssue]
            class_name="strong",
        ),
        el.span(submission.by, class_name="meta"),
        el.time(submission.at, class_name="meta push num"),
        class_name="flex flex--base",
    )
    return el.li(head, _words(submission), file_list(submission.files), class_name="well stack")
