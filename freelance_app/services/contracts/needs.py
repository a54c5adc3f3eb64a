"""What waits for a side in its contracts, told on the first page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from freelance_app import routes
from freelance_app.models import (
    Contract,
    ContractStatus,
    Deadline,
    DeadlineStatus,
    Milestone,
    MilestoneStatus,
    Party,
)
from freelance_app.security.actor import Actor
from freelance_app.services.contracts import clocks, milestones
from freelance_app.services.contracts.milestone_views import effect_words
from freelance_app.services.contracts.milestones import (
    AUTO_RELEASE,
    CHANGES_REQUESTED,
    DRAFT,
    FUNDED,
    HELD,
    SUBMITTED,
)
from freelance_app.services.instance import deadlines, needs
from freelance_app.services.instance.needs import Need
from freelance_app.services.instance.views import NO_CLOCK, ClockView, TodoView
from freelance_app.text import _, day_text

MOST = 20


@dataclass(frozen=True, slots=True)
class _Found:
    """A milestone that waits, with its contract and the other side's name."""

    milestone: Milestone
    contract: Contract
    other: str


@needs.register
def list_for(session: Session, *, actor: Actor) -> list[Need]:
    """Return what the actor has to do for a party: review and fund, or hand in."""
    if not actor.is_owner:
        return []
    if actor.is_company:
        return [*_to_review(session, actor), *_to_fund(session, actor)]
    return list(_to_submit(session, actor))


def _find(session: Session, actor: Actor, *statuses: MilestoneStatus) -> list[_Found]:
    own, other = Contract.client_party_id, Contract.freelancer_party_id
    if not actor.is_company:
        own, other = other, own
    rows = session.exec(
        select(Milestone, Contract, Party.name)
        .join(Contract, col(Contract.id) == Milestone.contract_id)
        .join(Party, col(Party.id) == col(other))
        .where(
            col(own) == actor.party_id,
            Contract.status == ContractStatus.ACTIVE,
            col(Milestone.status).in_(statuses),
        )
        .order_by(col(Milestone.due_on), col(Milestone.id))
        .limit(MOST)
    )
    return [_Found(*row) for row in rows]


def _to_review(session: Session, actor: Actor) -> Iterator[Need]:
    for each, review in _in_review(session, actor):
        effect = effect_words(milestones.rest(each.milestone, each.contract))
        yield _need(
            each,
            title=_("Review {title}").format(title=each.milestone.title),
            status="to_review",
            act=_("Review"),
            href=routes.contract(each.contract.public_id),
            clock=deadlines.clock_of(review, effect=effect),
            due_at=review.due_at if review else None,
        )


def _in_review(session: Session, actor: Actor) -> list[tuple[_Found, Deadline | None]]:
    found = _find(session, actor, SUBMITTED)
    running = session.exec(
        select(Deadline).where(
            Deadline.effect == AUTO_RELEASE,
            Deadline.status == DeadlineStatus.DUE,
            col(Deadline.subject_id).in_([each.milestone.id for each in found]),
        )
    )
    reviews = {row.subject_id: row for row in running}
    return [(each, reviews.get(each.milestone.id)) for each in found]


def _to_fund(session: Session, actor: Actor) -> Iterator[Need]:
    for each in _unfunded(session, actor):
        yield _need(
            each,
            title=_("Fund {title}").format(title=each.milestone.title),
            status="not_funded",
            act=_("Fund milestone {number}").format(number=each.milestone.number),
            href=routes.contract_fund(each.contract.public_id),
        )


def _unfunded(session: Session, actor: Actor) -> Iterator[_Found]:
    """Yield the next draft of each contract in which nothing is held."""
    drafts = _find(session, actor, DRAFT)
    busy = set(
        session.exec(
            select(Milestone.contract_id)
            .where(
                col(Milestone.contract_id).in_([each.contract.id for each in drafts]),
                col(Milestone.status).in_(HELD),
            )
            .group_by(col(Milestone.contract_id))
            .having(func.count() > 0)
        )
    )
    for each in sorted(drafts, key=lambda found: found.milestone.number):
        if each.contract.id not in busy:
            busy.add(each.contract.id)
            yield each


def _to_submit(session: Session, actor: Actor) -> Iterator[Need]:
    for each in _find(session, actor, FUNDED, CHANGES_REQUESTED):
        has_answer = each.milestone.status is CHANGES_REQUESTED
        form = _("Change {title}") if has_answer else _("Submit {title}")
        due_at, due = clocks.due_day(each.milestone, each.contract)
        yield _need(
            each,
            title=form.format(title=each.milestone.title),
            status=each.milestone.status.value,
            act=_("Submit work"),
            href=routes.milestone(each.contract.public_id, each.milestone.public_id),
            clock=due,
            due_at=due_at,
        )


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
    for each in _find(session, actor, FUNDED, CHANGES_REQUESTED):
        form = changes if each.milestone.status is CHANGES_REQUESTED else works
        due_at, due = clocks.due_day(each.milestone, each.contract)
        yield _wait(each, form, due, due_at)


def _reviewed(session: Session, actor: Actor) -> Iterator[Need]:
    form = _("{name} reviews milestone {number}, {title}")
    for each, review in _in_review(session, actor):
        effect = effect_words(milestones.rest(each.milestone, each.contract))
        clock = deadlines.clock_of(review, effect=effect)
        yield _wait(each, form, clock, review.due_at if review else None)


def _not_funded(session: Session, actor: Actor) -> Iterator[Need]:
    form = _("{name} funds milestone {number}, {title}")
    for each in _unfunded(session, actor):
        yield _wait(each, form, NO_CLOCK, None)


def _wait(found: _Found, form: str, clock: ClockView, due_at: datetime | None) -> Need:
    row = found.milestone
    return _need(
        found,
        title=form.format(name=found.other, number=row.number, title=row.title),
        status="waits_for_other",
        act="",
        href=routes.contract(found.contract.public_id),
        clock=clock,
        due_at=due_at,
    )


def _need(
    found: _Found,
    *,
    title: str,
    status: str,
    act: str,
    href: str,
    clock: ClockView = NO_CLOCK,
    due_at: datetime | None = None,
) -> Need:
    about = _("{contract}, due {day}").format(
        contract=found.contract.title, day=day_text(found.milestone.due_on)
    )
    todo = TodoView(
        kind="milestone",
        title=title,
        about=about,
        status=status,
        amount=milestones.rest(found.milestone, found.contract).format(),
        who=found.other,
        clock=clock,
        act=act,
        href=href,
    )
    return Need(todo, due_at)
