"""Pieces of the job board, of a post's page and of its form."""

from collections.abc import Callable
from typing import Any, Literal

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.ui.core import Child, Many, Text, each, el
from freelance_app.services.instance.views import PersonView, SkillView
from freelance_app.services.jobs.post_views import JobCard
from freelance_app.services.talent.vocabulary import Choice
from freelance_app.text import _


def board(rail: Child, *results: Child, sheet: Child) -> rx.Component:
    """Return filters and results, and the sheet that stands beside them when it is open."""
    found = el.section(*results, class_name="results", aria_label=_("Results"))
    return el.div(rail, found, sheet, class_name="board")


def results_bar(*rows: Child) -> rx.Component:
    """Return what stays above the results while they scroll."""
    return el.div(*rows, class_name="results__bar")


def results_title(title: Text, note: Text) -> rx.Component:
    """Return the heading of the results with a small word beside it."""
    return el.div(el.h1(title), el.span(note, class_name="meta"), class_name="results__head")


def results_blank(*children: Child) -> rx.Component:
    """Return what stands in the place of the results."""
    return el.div(*children, class_name="results__blank")


def results_pager(words: Text, *, older: Text, newer: Text) -> rx.Component:
    """Return the way to older and newer posts, whose addresses are given; empty for none."""
    steps = el.nav(
        el.span(words, class_name="meta grow"),
        _step("chevron-left", _("Newer"), newer),
        _step("chevron-right", _("Older"), older),
        class_name="flex results__pager",
        aria_label=_("Pages"),
    )
    both: Any = ui.tell("{older}{newer}", older=older, newer=newer)
    return rx.cond(both != "", steps, rx.fragment())


def _step(symbol: str, label: str, href: Text) -> rx.Component:
    off = ui.icon_button(symbol, label, kind="second", disabled=True)
    return rx.cond(href != "", ui.icon_button(symbol, label, kind="second", href=href), off)


def search_form(*, words: Text, on_search: Any) -> rx.Component:
    """Return the search field with its button."""
    field = ui.text_input(
        icon="search",
        type="search",
        name="words",
        id="words",
        default_value=words,
        key=words,
        placeholder=_("Title, words or a skill"),
        aria_label=_("Search jobs"),
        max_length=200,
    )
    press = ui.button(_("Search"), type="submit")
    return el.form(
        field, press, on_submit=on_search, role="search", method="post", class_name="search"
    )


def chip_link(label: Text, *, href: Text) -> rx.Component:
    """Return a filter that holds; it leads to the board without it."""
    cross = ui.icon("x", size="sm")
    return el.a(
        label, cross, el.span(_("remove"), class_name="sr"), href=href, class_name="chip chip--on"
    )


def choice_of(
    choices: Many[Choice], *, nothing: Text, name: str = "", **props: Any
) -> rx.Component:
    """Return a native choice of a vocabulary, with words for "none of them" first."""

    def option(choice: Choice) -> rx.Component:
        return el.option(choice.name, value=choice.slug)

    control = el.select(
        el.option(nothing, value=""),
        each(choices, option),
        class_name="input",
        name=name,
        **props,
    )
    return el.div(control, ui.icon("chevron-down"), class_name="choose")


def radio_row(
    legend: Text, name: str, options: list[tuple[str, str]], *, value: Text
) -> rx.Component:
    """Return a few choices beside each other."""
    return el.div(ui.radio_group(legend, name, options, value=value), class_name="opts-row")


def job_list(
    jobs: Many[JobCard], *, sheet: str, current: Text, on_look: Callable[[Any], Any]
) -> rx.Component:
    """Return the posts, each with its whole ground as the link.

    A plain press shows the post in the sheet, by `on_look` with its id; `current` is that shown.
    """

    def card(job: JobCard) -> rx.Component:
        link = el.a(
            job.title,
            href=ui.tell(f"{routes.JOBS}/{{id}}", id=job.id),
            on_click=on_look(job.id),
            custom_attrs=ui.look_at(sheet, job.id),
        )
        return job_card(job, link, current=rx.cond(current == job.id, "true", "false"))

    return el.div(each(jobs, card))


def job_card(job: JobCard, title: Child, *, current: Text) -> rx.Component:
    """Return one post; its title is the link."""
    head = el.div(
        el.h2(title),
        el.p(job.pay, class_name="money"),
        el.p(_client(job.client), class_name="meta flex flex--1 truncate"),
        el.p(job.terms, class_name="meta"),
        class_name="job__head",
    )
    return el.article(
        head,
        el.p(job.opening, class_name="dim clamp2"),
        skills(job.skills),
        el.p(job.posted, class_name="meta num"),
        class_name="job",
        aria_current=current,
    )


def _client(client: PersonView) -> rx.Component:
    picture = ui.avatar(client.initials, tint=client.tint, size=1, is_company=True)
    return rx.fragment(picture, el.span(client.name, class_name="truncate"))


def skills(names: Many[SkillView]) -> rx.Component:
    """Return skills, those that the reader has first marked."""
    return el.p(each(names, _skill), class_name="tags")


def _skill(skill: SkillView) -> rx.Component:
    return el.span(
        skill.name, class_name=ui.classes("tag", rx.cond(skill.is_hit, "tag--hit", "tag--other"))
    )


def own_step(job: Any, *, size: Literal[2, 3] = 2) -> rx.Component:
    """Return what a freelancer may do next about a post: write a proposal, or see the own one."""
    write = ui.link_button(
        _("Write a proposal"),
        href=ui.tell(f"{routes.JOBS}/{{id}}/apply", id=job.card.id),
        kind="primary",
        size=size,
        icon="send",
    )
    own = ui.link_button(
        _("Open your proposal"),
        href=ui.tell(f"{routes.PROPOSALS}/{{id}}", id=job.proposal_id),
        kind="primary",
        size=size,
    )
    return rx.cond(job.can_propose, write, rx.cond(job.proposal_id != "", own, rx.fragment()))


def fact_grid(facts: Many[tuple[str, str]]) -> rx.Component:
    """Return a post's facts, three in a row."""

    def fact(pair: tuple[str, str]) -> rx.Component:
        return el.div(el.dt(pair[0]), el.dd(pair[1]))

    return el.dl(each(facts, fact), class_name="facts")


def fields(*controls: Child) -> rx.Component:
    """Return three short fields in a row, on a phone below each other."""
    return el.div(*controls, class_name="fields3")


def skill_chips(names: Many[Choice], *, label: Text, on_add: Callable[[Any], Any]) -> rx.Component:
    """Return skills to press, each of which is added to the field."""

    def chip(skill: Choice) -> rx.Component:
        return el.button(
            ui.icon("plus", size="sm"),
            skill.name,
            type="button",
            class_name="chip",
            on_click=on_add(skill.name),
        )

    return el.div(each(names, chip), class_name="flex flex--wrap", role="group", aria_label=label)


def fold(summary: Text, *children: Child) -> rx.Component:
    """Return what is seldom needed behind a line that opens it."""
    body = el.div(*children, class_name="fold-box__in")
    return el.details(el.summary(summary, class_name="link meta"), body, class_name="fold-box")
