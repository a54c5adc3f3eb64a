"""What waits for a side in its contracts, told on the first page."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect
from sqlmodel import Session

from freelance_app import routes
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.contracts import clocks, need_rows
from freelance_app.services.contracts.milestone_views import effect_words
from freelance_app.services.contracts.milestones import CHANGES_REQUESTED
from freelance_app.services.instance import deadlines, needs
from freelance_app.services.instance.needs import Need
from freelance_app.services.instance.views import NO_CLOCK, ClockView, TodoView
from freelance_app.text import _, day_text


@needs.register
def list_for(session: Session, *, actor: Actor) -> list[Need]:
    """Return what the actor has to do for a party: review and fund, or hand in."""
    if not actor.party_id or not actor.is_owner:
        return []
    if actor.is_company:
        return [*_to_review(session, actor), *_to_fund(session, actor)]
    return list(_to_submit(session, actor))


@needs.register_number
def count_to_review(role: Actor) -> ScalarSelect[Any] | None:
    """Return the number of what a client has to review."""
    return need_rows.number(role, "review") if role.is_company and role.is_owner else None


@needs.register_number
def count_to_fund(role: Actor) -> ScalarSelect[Any] | None:
    """Return the number of what a client has to fund."""
    return need_rows.number(role, "fund") if role.is_company and role.is_owner else None


@needs.register_number
def count_to_submit(role: Actor) -> ScalarSelect[Any] | None:
    """Return the number of what a freelancer has to hand in."""
    return need_rows.number(role, "work") if role.is_freelancer and role.is_owner else None


def _to_review(session: Session, actor: Actor) -> Iterator[Need]:
    for row in need_rows.find(session, actor=actor, kind="review"):
        yield _need(
            row,
            title=_("Review {title}").format(title=row.title),
            status="to_review",
            act=_("Review"),
            href=routes.contract(row.contract_id),
            clock=_review_clock(row),
            due_at=row.due_at,
        )


def _review_clock(row: Any) -> ClockView:
    return deadlines.clock_of(row if row.due_at else None, effect=effect_words(_rest(row)))


def _rest(row: Any) -> Money:
    return Money(row.rest_minor, row.currency)


def _to_fund(session: Session, actor: Actor) -> Iterator[Need]:
    for row in _unfunded(session, actor):
        yield _need(
            row,
            title=_("Fund {title}").format(title=row.title),
            status="not_funded",
            act=_("Fund milestone {number}").format(number=row.number),
            href=routes.contract_fund(row.contract_id),
        )


def _unfunded(session: Session, actor: Actor) -> list[Any]:
    found = need_rows.find(session, actor=actor, kind="fund")
    return sorted(found, key=lambda row: row.number)


def _to_submit(session: Session, actor: Actor) -> Iterator[Need]:
    for row in need_rows.find(session, actor=actor, kind="work"):
        has_answer = row.status is CHANGES_REQUESTED
        form = _("Change {title}") if has_answer else _("Submit {title}")
        due_at, due = _due_day(row)
        yield _need(
            row,
            title=form.format(title=row.title),
            status=row.status.value,
            act=_("Submit work"),
            href=routes.milestone(row.contract_id, row.public_id),
            clock=due,
            due_at=due_at,
        )


def _due_day(row: Any) -> tuple[datetime, ClockView]:
    return clocks.due_day(row.number, row.due_on, status=row.status, since=row.accepted_at)


@needs.register_waits
def list_waits(session: Session, *, actor: Actor) -> list[Need]:
    """Return what the other side of the actor's contracts has to do."""
    if not actor.party_id:
        return []
    if actor.is_company:
        return list(_in_work(session, actor))
    return [*_reviewed(session, actor), *_not_funded(session, actor)]


def _in_work(session: Session, actor: Actor) -> Iterator[Need]:
    works = _("{name} works on milestone {number}, {title}")
    changes = _("{name} changes milestone {number}, {title}")
    for row in need_rows.find(session, actor=actor, kind="work"):
        form = changes if row.status is CHANGES_REQUESTED else works
        due_at, due = _due_day(row)
        yield _wait(row, form, due, due_at)


def _reviewed(session: Session, actor: Actor) -> Iterator[Need]:
    form = _("{name} reviews milestone {number}, {title}")
    for row in need_rows.find(session, actor=actor, kind="review"):
        yield _wait(row, form, _review_clock(row), row.due_at)


def _not_funded(session: Session, actor: Actor) -> Iterator[Need]:
    form = _("{name} funds milestone {number}, {title}")
    for row in _unfunded(session, actor):
        yield _wait(row, form, NO_CLOCK, None)


def _wait(row: Any, form: str, clock: ClockView, due_at: datetime | None) -> Need:
    return _need(
        row,
        title=form.format(name=row.other, number=row.number, title=row.title),
        status="waits_for_other",
        act="",
        href=routes.contract(row.contract_id),
        clock=clock,
        due_at=due_at,
    )


def _need(
    row: Any,
    *,
    title: str,
    status: str,
    act: str,
    href: str,
    clock: ClockView = NO_CLOCK,
    due_at: datetime | None = None,
) -> Need:
    about = _("{contract}, due {day}").format(contract=row.contract, day=day_text(row.due_on))
    todo = TodoView(
        kind="milestone",
        title=title,
        about=about,
        status=status,
        amount=_rest(row).format(),
        who=row.other,
        clock=clock,
        act=act,
        href=href,
    )
    return Need(todo, due_at)
