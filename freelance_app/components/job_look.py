"""A look at a post beside the board's list: the sheet, and the links that open it."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import loaded
from freelance_app.components.jobs import fact_grid, own_step, skills
from freelance_app.components.ui.core import el
from freelance_app.state.jobs.look import LOOK_SHEET, LookState
from freelance_app.text import _

JOB: Any = LookState.job
SPOT: Any = LookState.spot
IS_THERE: Any = rx.Var.create(LookState.looked_at) != ""


def job_sheet() -> rx.Component:
    """Return the sheet; it has no content before the first look."""
    content = loaded(
        LookState, _content(), waiting=rx.fragment(), retry=LookState.look(LookState.looked_at)
    )
    # Read aloud when another post arrives; the words of the sheet's bar are for the eye.
    place = el.span(
        SPOT.words, el.span(" ", JOB.card.title, class_name="sr"), custom_attrs={"role": "status"}
    )
    return ui.side_sheet(
        LOOK_SHEET,
        rx.cond(IS_THERE, content, rx.fragment()),
        title=_("A look at the job"),
        place=place,
        tools=_tools(),
        foot=own_step(JOB, size=3),
        waiting=ui.skeleton_rows(5, label=_("Loading the job"), is_busy=False),
        docked=True,
    )


def _content() -> rx.Component:
    card = JOB.card
    head = ui.stack(
        ui.heading(card.title, small=False),
        ui.row(ui.user_chip(card.client), ui.meta(card.posted), wrap=True),
    )
    return ui.stack(
        head,
        fact_grid(JOB.facts),
        ui.safe_html(JOB.brief),
        ui.stack(ui.heading(_("Skills"), level=3), skills(card.skills)),
        gap=5,
    )


def _tools() -> rx.Component:
    page = ui.icon_button(
        "maximize-2", _("Open as a page"), href=ui.tell(f"{routes.JOBS}/{{id}}", id=JOB.card.id)
    )
    return rx.fragment(
        _step("chevron-up", _("Previous job"), SPOT.before),
        _step("chevron-down", _("Next job"), SPOT.after),
        page,
    )


def _step(symbol: str, label: str, job_id: Any) -> rx.Component:
    """Return the way to a neighbour; it keeps the focus where there is none."""
    is_end: Any = job_id == ""
    attrs = ui.look_at(LOOK_SHEET, job_id) | {"aria-disabled": rx.cond(is_end, "true", "false")}
    return ui.icon_button(
        symbol,
        label,
        on_click=rx.cond(is_end, rx.noop(), LookState.look(job_id)),
        custom_attrs=attrs,
    )
