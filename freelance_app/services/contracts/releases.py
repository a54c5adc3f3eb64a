"""Releasing: what is held for a milestone is paid, by the client's hand or when the review ends."""

from sqlalchemy import bindparam
from sqlmodel import Session, col, update

from freelance_app import clock, db, routes
from freelance_app.errors import ConflictError, InvalidError
from freelance_app.models import Contract, Milestone, MilestoneStatus, SubmissionStatus
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.contracts import contracts, milestones, submissions, tellings
from freelance_app.services.contracts.milestones import (
    AUTO_RELEASE,
    HELD,
    REMINDER,
    SUBMITTED,
)
from freelance_app.services.instance import audit, deadlines, effects
from freelance_app.services.money import fees, ledger
from freelance_app.services.money.ledger import Cause
from freelance_app.text import _

# Guarded by all that the caller read, so that of two racers one wins.
_PAYMENT = (
    update(Milestone)
    .where(
        col(Milestone.id) == bindparam("row_id"),
        col(Milestone.status) == bindparam("old_status"),
        col(Milestone.releases) == bindparam("old_releases"),
        col(Milestone.released_minor) == bindparam("old_minor"),
    )
    .values(
        released_minor=Milestone.released_minor + bindparam("paid_minor"),
        releases=Milestone.releases + 1,
        status=bindparam("new_status"),
        released_at=bindparam("ended_at"),
    )
)


def approve(session: Session, *, actor: Actor, milestone_id: str, payment: int = 0) -> None:
    """Accept the submitted work and pay all that is still held for it, in one act.

    Args:
        session: a write unit of work.
        actor: an owner of the client.
        milestone_id: its public id.
        payment: as for `release`.

    Raises:
        NotFoundError: no such milestone for this actor.
        NotPermittedError: the actor is no owner of the client.
        ConflictError: no work waits for an answer, all is released, or somebody paid meanwhile.
    """
    milestone, contract = milestones.get(session, actor=actor, milestone_id=milestone_id)
    contracts.require_client(contract, actor)
    milestones.lock(session, milestone)
    submissions.require_submitted(milestone)
    milestones.require_payment(milestone, payment)
    amount = milestones.rest(milestone, contract)
    _pay(session, milestone, contract, amount, actor=actor, action="milestone.approved")
    _tell_released(session, milestone, contract, amount, by=actor.party_name)


def release(
    session: Session,
    *,
    actor: Actor,
    milestone_id: str,
    amount: str | None = None,
    payment: int = 0,
) -> bool:
    """Pay a part or all of what is held, without waiting for a submission.

    Args:
        session: a write unit of work.
        actor: an owner of the client.
        milestone_id: its public id.
        amount: as typed; None is all that is held.
        payment: which payment of the milestone this is, as the actor saw it, so that a second
            click pays nothing; 0 does not ask.

    Returns:
        Whether a rest stays held.

    Raises:
        NotFoundError: no such milestone for this actor.
        NotPermittedError: the actor is no owner of the client.
        InvalidError: the amount is none, or more than is held.
        ConflictError: nothing is held, all is released, or somebody paid meanwhile.
    """
    milestone, contract = milestones.get(session, actor=actor, milestone_id=milestone_id)
    contracts.require_client(contract, actor)
    milestones.lock(session, milestone)
    milestones.require(milestone, *HELD)
    milestones.require_payment(milestone, payment)
    rest = milestones.rest(milestone, contract)
    paid = rest if amount is None else Money.parse(amount, contract.currency)
    _require_held(milestone, contract, paid)
    has_rest = paid.minor < rest.minor
    action = "milestone.part_released" if has_rest else "milestone.released"
    _pay(session, milestone, contract, paid, actor=actor, action=action)
    _tell_released(session, milestone, contract, paid, by=actor.party_name)
    return has_rest


def _require_held(milestone: Milestone, contract: Contract, paid: Money) -> None:
    held = milestones.rest(milestone, contract)
    if paid.minor > held.minor:
        sentence = _("{held} is held. Write that or less.").format(held=held.format())
        raise InvalidError(sentence, field="amount")


@effects.register(AUTO_RELEASE)
def auto_release(session: Session, *, subject_id: int) -> None:
    """Pay a submitted milestone whose review has ended; nothing happens when it was answered."""
    milestone = session.get_one(Milestone, subject_id)
    contract = session.get_one(Contract, milestone.contract_id)
    milestones.lock(session, milestone)
    if milestone.status is not SUBMITTED:
        return
    amount = milestones.rest(milestone, contract)
    _pay(session, milestone, contract, amount, actor=None, action="milestone.auto_released")
    tellings.tell_of_contract(
        session,
        contract,
        "milestone.auto_released",
        {"title": milestone.title, "amount": amount},
        to=[contract.client_party_id, contract.freelancer_party_id],
    )


@effects.register(REMINDER)
def remind(session: Session, *, subject_id: int) -> None:
    """Remind the client of a review that ends soon, and set the next reminder."""
    review = deadlines.running(session, effect=AUTO_RELEASE, subject_id=subject_id)
    if review is None:
        return
    milestone = session.get_one(Milestone, subject_id)
    contract = session.get_one(Contract, milestone.contract_id)
    words = {
        "title": milestone.title,
        "left": review.due_at - clock.now(),
        "amount": milestones.rest(milestone, contract),
        "until": review.due_at,
    }
    tellings.tell_owners(
        session,
        contract.client_party_id,
        "milestone.reminder",
        href=routes.contract(contract.public_id),
        words=words,
    )
    deadlines.set_reminder(
        session,
        effect=REMINDER,
        subject_id=subject_id,
        due_at_of_main=review.due_at,
        contract_id=contract.id,
    )


def _pay(
    session: Session,
    milestone: Milestone,
    contract: Contract,
    amount: Money,
    *,
    actor: Actor | None,
    action: str,
) -> None:
    """Pay an amount that is held: one rule for approval, release and the end of the review.

    Raises:
        ConflictError: another payment was first.
    """
    before_minor, number = milestone.released_minor, milestone.releases + 1
    is_last = before_minor + amount.minor == milestone.amount_minor
    is_in_review = milestone.status is SUBMITTED
    _count_payment(session, milestone, amount, is_last=is_last)
    legs = fees.release_legs(
        milestones.hold_of(milestone, contract), amount, before_minor=before_minor
    )
    cause = Cause(
        key=f"milestone:{milestone.id}:release:{number}",
        kind="release",
        actor_id=actor.person_id if actor else None,
        reason=f"milestone {milestone.number} of {contract.number}",
        contract_id=contract.id,
    )
    ledger.post(session, cause=cause, legs=legs)
    _record(session, actor, milestone, action, words=f"{amount.as_typed()} {amount.currency}")
    if is_last and is_in_review:
        milestones.stop_clocks(session, milestone)
        submissions.answer(session, milestone, SubmissionStatus.APPROVED)
    if is_last:
        contracts.complete(session, contract, actor=actor)


def _count_payment(session: Session, milestone: Milestone, amount: Money, *, is_last: bool) -> None:
    won = db.change(
        session,
        _PAYMENT,
        row_id=milestone.id,
        old_status=milestone.status,
        old_releases=milestone.releases,
        old_minor=milestone.released_minor,
        paid_minor=amount.minor,
        new_status=MilestoneStatus.RELEASED if is_last else milestone.status,
        ended_at=clock.now() if is_last else milestone.released_at,
    )
    if won != 1:
        session.refresh(milestone)
        raise ConflictError(milestones.already(milestone))
    session.expire(milestone, ("status", "releases", "released_minor", "released_at"))


def _record(
    session: Session, actor: Actor | None, milestone: Milestone, action: str, *, words: str
) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=f"milestone:{milestone.id}",
        contract_id=milestone.contract_id,
        words=words,
    )


def _tell_released(
    session: Session, milestone: Milestone, contract: Contract, paid: Money, *, by: str
) -> None:
    tellings.tell_of_contract(
        session,
        contract,
        "milestone.released",
        {"title": milestone.title, "amount": paid},
        to=[contract.freelancer_party_id],
        by=by,
    )
