"""Pieces of proposals: rows of the lists, the post that is answered, what to write."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.ui.core import Many, Text, el, when
from freelance_app.services.hiring.proposal_views import ProposalCard
from freelance_app.services.instance.views import SkillView
from freelance_app.text import _


def received_list(proposals: Many[ProposalCard]) -> rx.Component:
    """Return the proposals of a post with their writers; the whole row is the link."""
    return ui.list_card(ui.each(proposals, _received), tag="div")


def sent_list(proposals: Many[ProposalCard]) -> rx.Component:
    """Return the proposals that the reader sent, with their posts."""
    return ui.list_card(ui.each(proposals, _sent), tag="div")


def _received(card: ProposalCard) -> rx.Component:
    fresh = el.span(_("New"), class_name="prop__new")
    title = rx.fragment(card.other.name, " ", when(card.is_new, fresh))
    return _row(card, title, ui.tell("{sent}", sent=card.sent), ui.text(card.opening, dim=True))


def _sent(card: ProposalCard) -> rx.Component:
    about = ui.tell("{client} · {sent}", client=card.other.name, sent=card.sent)
    return _row(card, card.job, about, rx.fragment())


def _row(card: ProposalCard, title: ui.Child, about: Text, words: rx.Component) -> rx.Component:
    link = el.a(title, href=ui.tell(f"{routes.PROPOSALS}/{{id}}", id=card.id))
    person = card.other
    picture = ui.avatar(person.initials, tint=person.tint, is_company=person.is_company)
    more = el.div(
        words, el.p(ui.status_badge(card.status), class_name="flex"), class_name="prop__more"
    )
    return el.article(
        picture,
        el.h2(link, class_name="h-sm truncate"),
        el.p(card.bid, class_name="money prop__end"),
        el.p(about, class_name="meta truncate num"),
        el.p(card.duration, class_name="meta num prop__end"),
        more,
        class_name=ui.classes("prop", rx.cond(card.is_new, "is-unread", "")),
    )


def brief_card(job: Any) -> rx.Component:
    """Return the post that is answered, in short, with its brief to unfold."""
    facts = el.dl(ui.each(job.facts, _fact), class_name="kv")
    brief = el.details(
        el.summary(_("Read the brief"), class_name="link"),
        ui.safe_html(job.brief),
        class_name="brief",
        open=True,
    )
    return ui.card(
        ui.stack(
            el.h3(job.card.title),
            ui.user_chip(job.card.client),
            facts,
            el.p(ui.each(job.card.skills, _skill), class_name="tags"),
            brief,
            gap=3,
        ),
        title=_("The job"),
        beside=ui.meta(job.card.posted),
        card_id="brief",
    )


def _fact(fact: tuple[str, str]) -> rx.Component:
    return rx.fragment(el.dt(fact[0]), el.dd(fact[1]))


def _skill(skill: SkillView) -> rx.Component:
    return el.span(skill.name, class_name="tag tag--other")


def letter_hints() -> rx.Component:
    """Return what a client wants to read in a letter."""
    hints = (
        (_("Qualifications"), _("What you have done that is like this job.")),
        (_("Portfolio"), _("Work they can look at, with links.")),
        (_("Rate"), _("How your bid comes about, and what it covers.")),
        (_("Reasons"), _("Why this job, and why you.")),
    )
    return el.dl(*[el.div(el.dt(name), el.dd(words)) for name, words in hints], class_name="hints")


def bid_facts(proposal: Any) -> rx.Component:
    """Return what is offered beside what the post asked for, in one frame."""
    card = proposal.card
    pairs = [
        (_("Bid, fixed"), card.bid),
        (_("Duration"), card.duration),
        (_("Budget of the job"), proposal.budget),
    ]
    return ui.facts(pairs)


def letter(content: Any) -> rx.Component:
    """Return the cover letter in lines that are easy to read."""
    return ui.card(
        el.div(ui.safe_html(content), class_name="letter"),
        title=_("Cover letter"),
        card_id="letter",
    )
