"""The job board."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import (
    IS_CLIENT,
    IS_FREELANCER,
    IS_KNOWN,
    entering,
    loaded,
    signed_in_page,
)
from freelance_app.components.job_look import job_sheet
from freelance_app.components.jobs import (
    board,
    chip_link,
    choice_of,
    job_list,
    results_bar,
    results_blank,
    results_pager,
    results_title,
    search_form,
)
from freelance_app.services.talent.vocabulary import Choice
from freelance_app.state.jobs.board_address import FilterChip
from freelance_app.state.jobs.jobs import JobsState
from freelance_app.state.jobs.look import LOOK_SHEET, LookState
from freelance_app.text import _

JOBS: Any = JobsState.jobs
FILTERS: Any = JobsState.filters
CHOICES: Any = JobsState.choices
CHIPS: Any = JobsState.chips
SHEET = "filters"


def filter_groups(prefix: str) -> list[rx.Component]:
    """Return the filters; `prefix` keeps the names of the rail and of the sheet apart."""

    def category(choice: Choice) -> rx.Component:
        return _radio(f"{prefix}-category", "category", choice.name, choice.slug, FILTERS.category)

    any_category = _radio(f"{prefix}-category", "category", _("All"), "", FILTERS.category)
    time = f"{prefix}-time"
    return [
        ui.form_field(
            _("Skill"),
            f"{prefix}-skill",
            choice_of,
            choices=CHOICES.skills,
            nothing=_("Any skill"),
            value=FILTERS.skill,
            on_change=lambda value: JobsState.narrow(value, "skill"),
        ),
        ui.checkbox_group(
            _("Time"),
            _radio(time, "engagement", _("Any"), "", FILTERS.engagement),
            _radio(time, "engagement", _("Full-time"), "full_time", FILTERS.engagement),
            _radio(time, "engagement", _("Part-time"), "part_time", FILTERS.engagement),
        ),
        ui.checkbox_group(_("Category"), any_category, ui.each(CHOICES.categories, category)),
    ]


def _radio(name: str, filter_name: Any, label: Any, value: Any, current: Any) -> rx.Component:
    return ui.radio(
        label,
        name=name,
        value=value,
        checked=current == value,
        on_change=lambda chosen: JobsState.narrow(chosen, filter_name),
    )


def bar() -> rx.Component:
    """Return heading, search and the filters that hold."""

    def chip(each: FilterChip) -> rx.Component:
        return chip_link(each.label, href=each.href)

    holding: Any = CHIPS.length()
    counted = ui.tell(_("Filters, {number}"), number=holding.to(str))
    words = rx.cond(holding > 0, counted, _("Filters"))
    return results_bar(
        results_title(_("Jobs"), _("the newest first")),
        search_form(words=FILTERS.words, on_search=JobsState.search),
        ui.filter_chips(ui.filters_button(words, opens=SHEET), ui.each(CHIPS, chip)),
    )


def results() -> rx.Component:
    """Return the posts that match, or a way out of "none"."""
    blank = rx.cond(
        CHIPS.length() > 0,
        ui.empty_state(
            _("No job matches"),
            _("Take a filter away, or look for fewer words."),
            symbol="search",
            action=ui.link_button(_("Show all jobs"), href=routes.JOBS),
        ),
        ui.empty_state(
            _("No open jobs yet"),
            _("What clients publish will stand here, the newest first."),
            symbol="briefcase",
        ),
    )
    pager = results_pager(_("The newest first"), older=JobsState.older, newer=JobsState.newer)
    listed = job_list(JOBS, sheet=LOOK_SHEET, current=LookState.looked_at, on_look=LookState.look)
    return rx.cond(JOBS.length() > 0, rx.fragment(listed, pager), results_blank(blank))


def freelancers_board() -> rx.Component:
    """Return the board."""
    rail = ui.filter_rail(*filter_groups("rail"), on_reset=rx.redirect(routes.JOBS))
    waiting = ui.skeleton_rows(6, label=_("Loading jobs"))
    return board(rail, bar(), loaded(JobsState, results(), waiting=waiting), sheet=job_sheet())


def not_for_you() -> rx.Component:
    """Lead a client to the own posts, and others to a role that looks for work."""
    client = ui.empty_state(
        _("This is where freelancers look for work"),
        _("You act as a client: your own posts and their proposals are under My jobs."),
        symbol="briefcase",
        action=ui.link_button(_("Open my jobs"), href=routes.MY_JOBS, kind="primary"),
    )
    staff = ui.empty_state(
        _("Jobs are for freelancers"),
        _("Add the role of a freelancer to look for work here."),
        symbol="briefcase",
        action=ui.link_button(_("Open settings"), href=routes.SETTINGS_PROFILE),
    )
    header = ui.page_header(_("Jobs"))
    return rx.fragment(header, ui.card(rx.cond(IS_CLIENT, client, staff), padded=False))


def filter_sheet() -> rx.Component:
    """Return the filters as a sheet, for windows without room for the rail."""
    done = ui.close_button(_("Show jobs"), kind="primary")
    clear = ui.link_button(_("Reset"), href=routes.JOBS)
    return ui.side_sheet(
        SHEET, *filter_groups("sheet"), title=_("Filters"), foot=rx.fragment(done, clear)
    )


@rx.page(
    route=routes.JOBS,
    title=_("Jobs"),
    description=_("Open jobs, to search and narrow down."),
    on_load=entering(LookState.leave, JobsState.enter),
)
def jobs() -> rx.Component:
    """Return the page; the board stands there, loading, until it is known who looks."""
    is_theirs = IS_FREELANCER | ~IS_KNOWN
    return signed_in_page(
        rx.cond(is_theirs, freelancers_board(), results_blank(not_for_you())),
        here=routes.JOBS,
        crumbs=[(_("Jobs"), routes.JOBS)],
        overlays=[filter_sheet()],
        flush=True,
    )
