"""Milestones: who may know of which, and how one moves from status to status."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select, update

from freelance_app import db
from freelance_app.errors import ConflictError, NotFoundError
from freelance_app.models import Contract, Deadline, DeadlineStatus, Milestone, MilestoneStatus
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.instance import deadlines, policies
from freelance_app.services.money.fees import Hold
from freelance_app.text import _

DRAFT, FUNDED = MilestoneStatus.DRAFT, MilestoneStatus.FUNDED
SUBMITTED, RELEASED = MilestoneStatus.SUBMITTED, MilestoneStatus.RELEASED
CHANGES_REQUESTED = MilestoneStatus.CHANGES_REQUESTED
HELD = (FUNDED, SUBMITTED, CHANGES_REQUESTED)
AUTO_RELEASE, REMINDER = "milestone.auto_release", "milestone.reminder"

# Built once, since a release asks them all and building costs more than running.
_SIDES = {
    is_company: select(Milestone, Contract)
    .join(Contract, col(Contract.id) == Milestone.contract_id)
    .where(
        col(Milestone.public_id) == bindparam("milestone_id"),
        col(side) == bindparam("party_id"),
    )
    for is_company, side in (
        (True, Contract.client_party_id),
        (False, Contract.freelancer_party_id),
    )
}
# What acts need of a contract: its words are long, and an act shows none of them.
_NEEDED: tuple[Any, ...] = (
    Contract.id,
    Contract.public_id,
    Contract.client_party_id,
    Contract.freelancer_party_id,
    Contract.currency,
    Contract.policies,
)
_SIDES_TO_ACT = {side: query.options(load_only(*_NEEDED)) for side, query in _SIDES.items()}
_CLOCKS = (
    select(Deadline.id)
    .where(
        or_(col(Deadline.effect) == AUTO_RELEASE, col(Deadline.effect) == REMINDER),
        col(Deadline.subject_id) == bindparam("milestone_id"),
        Deadline.status == DeadlineStatus.DUE,
    )
    .order_by(col(Deadline.id))
    .with_for_update()
)
_LOCK = (
    select(Milestone)
    .join(Contract, col(Contract.id) == Milestone.contract_id)
    .where(col(Milestone.id) == bindparam("row_id"))
    .with_for_update(key_share=True, of=(Contract, Milestone))
)


def get(
    session: Session, *, actor: Actor, milestone_id: str, to_act: bool = True
) -> tuple[Milestone, Contract]:
    """Return the rows when the actor may see them, for services of this wing only.

    Args:
        session: a read is enough.
        actor: who asks.
        milestone_id: its public id.
        to_act: read of the contract what acts need; what else is used of it is read then.

    Raises:
        NotFoundError: no such milestone for this actor.
    """
    wanted = {"milestone_id": milestone_id, "party_id": actor.party_id}
    query = (_SIDES_TO_ACT if to_act else _SIDES)[actor.is_company]
    found = session.exec(query, params=wanted).first()
    if found is None:
        raise NotFoundError(_("There is no such milestone."))
    return found


def of_contract(session: Session, contract: Contract) -> list[Milestone]:
    """Return the milestones of a contract in their order; the caller has checked who asks."""
    rows = select(Milestone).where(Milestone.contract_id == contract.id)
    return list(session.exec(rows.order_by(col(Milestone.number))))


def move(
    session: Session,
    milestone: Milestone,
    sources: tuple[MilestoneStatus, ...],
    target: MilestoneStatus,
    *conditions: ColumnElement[bool],
    **values: object,
) -> None:
    """Move the status in one guarded UPDATE, so that of two racers one wins.

    Raises:
        ConflictError: the milestone is not (or no longer) in a source status.
    """
    won = session.exec(
        update(Milestone)
        .where(col(Milestone.id) == milestone.id, col(Milestone.status).in_(sources), *conditions)
        .values(status=target, **values)
    ).rowcount
    session.refresh(milestone)
    if won != 1:
        raise ConflictError(already(milestone))


def require(milestone: Milestone, *statuses: MilestoneStatus) -> None:
    """Let only a milestone in one of these statuses go on.

    Raises:
        ConflictError: it is in another one.
    """
    if milestone.status not in statuses:
        raise ConflictError(already(milestone))


def require_payment(milestone: Milestone, payment: int) -> None:
    """Let only the payment go on that the actor saw to be the next one; 0 does not ask.

    Raises:
        ConflictError: somebody paid meanwhile.
    """
    if payment and payment != milestone.releases + 1:
        raise ConflictError(_("A payment was made meanwhile. Look at the new figures first."))


def already(milestone: Milestone) -> str:
    """Return why a milestone cannot be changed so."""
    match milestone.status:
        case MilestoneStatus.DRAFT:
            return _("This milestone is not funded yet.")
        case MilestoneStatus.FUNDED:
            return _("This milestone is already funded.")
        case MilestoneStatus.SUBMITTED:
            return _("The work of this milestone is already submitted.")
        case MilestoneStatus.CHANGES_REQUESTED:
            return _("Changes to this milestone are already asked for.")
        case MilestoneStatus.RELEASED:
            return _("This milestone is already released.")


def total(milestone: Milestone, contract: Contract) -> Money:
    """Return what a milestone is worth, without the client's fee."""
    return Money(milestone.amount_minor, contract.currency)


def rest(milestone: Milestone, contract: Contract) -> Money:
    """Return what of a milestone's amount was not paid yet."""
    return Money(milestone.amount_minor - milestone.released_minor, contract.currency)


def hold_of(milestone: Milestone, contract: Contract) -> Hold:
    """Return a milestone's money with the fees that the signed terms froze."""
    signed = policies.frozen(contract.policies)
    return Hold(
        milestone_id=milestone.id,
        client_party_id=contract.client_party_id,
        freelancer_party_id=contract.freelancer_party_id,
        total=total(milestone, contract),
        client_basis_points=signed["client_fee_basis_points"],
        freelancer_basis_points=signed["freelancer_fee_basis_points"],
    )


def lock(session: Session, milestone: Milestone) -> None:
    """Be alone with a milestone and its contract, and read it anew where others were not alone.

    On PostgreSQL its clocks are locked first, as the worker does; they run while it is submitted.
    """
    if not db.locks_rows(session):
        return
    if milestone.status is SUBMITTED:
        db.ask(session, _CLOCKS, milestone_id=milestone.id)
    anew = {"populate_existing": True}
    session.exec(_LOCK, params={"row_id": milestone.id}, execution_options=anew).one()


def stop_clocks(session: Session, milestone: Milestone) -> None:
    """Stop the review of a milestone that the caller has locked."""
    deadlines.cancel(session, AUTO_RELEASE, REMINDER, subject_id=milestone.id)
