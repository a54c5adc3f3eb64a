"""Milestones that wait, as rows of columns: those of one side in one kind, and how many they are.

What needs no objects is built once, since the first page and the frame of every page ask it.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, label, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from freelance_app import db
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
from freelance_app.services.contracts.milestones import (
    AUTO_RELEASE,
    CHANGES_REQUESTED,
    DRAFT,
    FUNDED,
    HELD,
    SUBMITTED,
)
from freelance_app.services.instance import numbers
from freelance_app.services.instance.numbers import PARTY_ID

MOST = 20
Kind = Literal["review", "fund", "work"]
_STATUSES: dict[Kind, tuple[MilestoneStatus, ...]] = {
    "review": (SUBMITTED,),
    "fund": (DRAFT,),
    "work": (FUNDED, CHANGES_REQUESTED),
}
_COLUMNS = (
    label("public_id", col(Milestone.public_id)),
    label("number", col(Milestone.number)),
    label("title", col(Milestone.title)),
    label("status", col(Milestone.status)),
    label("due_on", col(Milestone.due_on)),
    label("rest_minor", col(Milestone.amount_minor) - col(Milestone.released_minor)),
    label("contract_id", col(Contract.public_id)),
    label("contract", col(Contract.title)),
    label("currency", col(Contract.currency)),
    label("accepted_at", col(Contract.accepted_at)),
    label("other", col(Party.name)),
)
_REVIEW = (label("starts_at", col(Deadline.starts_at)), label("due_at", col(Deadline.due_at)))


def _in(statuses: Iterable[MilestoneStatus], table: Any = Milestone) -> ColumnElement[bool]:
    """Whether a milestone is in one of these; an IN would be written anew at each execution."""
    return or_(*[col(table.status) == each for each in statuses])


def _is_next() -> ColumnElement[bool]:
    """Whether nothing of a draft's contract is held and no draft comes before it."""
    sibling = aliased(Milestone)
    earlier = and_(col(sibling.status) == DRAFT, col(sibling.number) < col(Milestone.number))
    return ~exists().where(
        col(sibling.contract_id) == Milestone.contract_id,
        or_(_in(HELD, sibling), earlier),
    )


def _those(query: Any, kind: Kind, own: Any) -> Any:
    """Narrow a query of milestones to what waits in the active contracts of one side."""
    found = query.join(Contract, col(Contract.id) == Milestone.contract_id).where(
        col(own) == PARTY_ID,
        col(Contract.status) == ContractStatus.ACTIVE,
        _in(_STATUSES[kind]),
    )
    return found.where(_is_next()) if kind == "fund" else found


def _list(kind: Kind, own: Any, other: Any) -> Any:
    those = _those(select(*_COLUMNS).select_from(Milestone), kind, own)
    named = those.join(Party, col(Party.id) == other)
    if kind == "review":
        running = and_(
            col(Deadline.subject_id) == Milestone.id,
            col(Deadline.effect) == AUTO_RELEASE,
            col(Deadline.status) == DeadlineStatus.DUE,
        )
        named = named.outerjoin(Deadline, running).add_columns(*_REVIEW)
    return named.order_by(col(Milestone.due_on), col(Milestone.id)).limit(MOST)


def _number(kind: Kind, own: Any) -> ScalarSelect[Any]:
    return numbers.at_most(_those(select(col(Milestone.id)), kind, own), MOST)


_CLIENT, _FREELANCER = Contract.client_party_id, Contract.freelancer_party_id
_LISTS = {
    (kind, is_company): _list(kind, *sides)
    for kind in _STATUSES
    for is_company, sides in ((True, (_CLIENT, _FREELANCER)), (False, (_FREELANCER, _CLIENT)))
}
_NUMBERS = {
    (kind, is_company): _number(kind, own)
    for kind in _STATUSES
    for is_company, own in ((True, _CLIENT), (False, _FREELANCER))
}


def find(session: Session, *, actor: Actor, kind: Kind) -> Sequence[Any]:
    """Return what waits in the contracts of the actor's party, what is due first at the front.

    To review is what was handed in, with the clock of its review; to fund the next draft of each
    contract in which nothing is held; in work what is held and not handed in.
    """
    return db.ask(session, _LISTS[kind, actor.is_company], party_id=actor.party_id).all()


def number(role: Actor, kind: Kind) -> ScalarSelect[Any]:
    """Return the number of what `find` finds."""
    return _NUMBERS[kind, role.is_company]
