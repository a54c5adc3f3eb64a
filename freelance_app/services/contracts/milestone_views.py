"""Milestones as the page of a contract shows them to one person."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from freelance_app import clock, routes
from freelance_app.models import Contract, Deadline, DeadlineStatus, Milestone, Party
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.contracts import (
    contracts,
    milestones,
    submission_views,
    submissions,
)
from freelance_app.services.contracts.milestones import (
    AUTO_RELEASE,
    CHANGES_REQUESTED,
    DRAFT,
    FUNDED,
    HELD,
    RELEASED,
    SUBMITTED,
)
from freelance_app.services.contracts.submission_views import NO_SUBMISSION, SubmissionView
from freelance_app.services.instance import deadlines
from freelance_app.services.instance.views import NO_CLOCK, ClockView
from freelance_app.text import _, day_text, near_day_text

BADGES = {DRAFT: "not_funded"}


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """A milestone for its reader; the service says what the reader may do with it.

    Attributes:
        rest: what is still to be paid.
        part: sentence about what was paid before, such as "€100.00 paid, €300.00 held".
        payment: which payment the next one would be.
        key: the milestone and that payment in one word; see `parts_of`.
        has_more: whether there is something to show under its line.
    """

    id: str = ""
    href: str = ""
    number: int = 0
    title: str = ""
    amount: str = ""
    amount_minor: int = 0
    status: str = ""
    badge: str = "not_funded"
    due: str = ""
    moment: str = ""
    rest: str = ""
    rest_minor: int = 0
    currency: str = ""
    part: str = ""
    payment: int = 1
    key: str = ""
    submission: SubmissionView = NO_SUBMISSION
    has_more: bool = False
    clock: ClockView = NO_CLOCK
    can_fund: bool = False
    can_submit: bool = False
    can_review: bool = False
    can_release: bool = False


NO_MILESTONE = MilestoneView()


@dataclass(frozen=True, slots=True)
class AskedView:
    """What a dialog asks about: a milestone and its next payment, as they were when it opened.

    Attributes:
        key: that of the milestone's view.
        name: who would be paid.
    """

    key: str = ""
    title: str = ""
    rest: str = ""
    currency: str = ""
    name: str = ""


NOT_ASKED = AskedView()


def list_for(session: Session, *, actor: Actor, contract: Contract) -> list[MilestoneView]:
    """Return the milestones of a contract that `contracts.get` gave to this actor."""
    handed_in = submission_views.by_milestone(session, contract)
    reviews = reviews_of(session, contract)
    return [
        _view(
            row,
            contract,
            actor,
            submission=next(iter(handed_in.get(row.id, [])), NO_SUBMISSION),
            review=reviews.get(row.id),
        )
        for row in milestones.of_contract(session, contract)
    ]


def get_asked(
    session: Session, *, actor: Actor, milestone_id: str, payment: int, in_review: bool
) -> AskedView:
    """Return what a dialog asks an owner of the client about.

    Args:
        session: a read is enough.
        actor: who is asked.
        milestone_id: its public id.
        payment: which payment is the next one, as the actor saw it.
        in_review: whether submitted work must wait for an answer; else held money is enough.

    Raises:
        NotFoundError: no such milestone for this actor.
        NotPermittedError: the actor is no owner of the client.
        ConflictError: nothing is left to ask, or somebody paid meanwhile.
    """
    row, contract = milestones.get(session, actor=actor, milestone_id=milestone_id)
    contracts.require_client(contract, actor)
    if in_review:
        submissions.require_submitted(row)
    milestones.require(row, *HELD)
    milestones.require_payment(row, payment)
    left = milestones.rest(row, contract)
    return AskedView(
        key=_key(row),
        title=row.title,
        rest=left.format(),
        currency=left.currency,
        name=session.get_one(Party, contract.freelancer_party_id).name,
    )


def _key(row: Milestone) -> str:
    return f"{row.public_id}-{row.releases + 1}"


def parts_of(key: str) -> tuple[str, int]:
    """Return the milestone's public id and the number of the payment that a key stands for."""
    milestone_id, _dash, payment = key.partition("-")
    return milestone_id, int(payment)


def reviews_of(session: Session, contract: Contract) -> dict[int, Deadline]:
    """Return the running reviews of a contract, by the milestone's row id."""
    rows = session.exec(
        select(Deadline)
        .where(
            Deadline.contract_id == contract.id,
            Deadline.effect == AUTO_RELEASE,
            Deadline.status == DeadlineStatus.DUE,
        )
        .order_by(col(Deadline.due_at))
    )
    return {row.subject_id: row for row in rows}


def _view(
    row: Milestone,
    contract: Contract,
    actor: Actor,
    *,
    submission: SubmissionView,
    review: Deadline | None,
) -> MilestoneView:
    pays = contracts.is_client(contract, actor) and actor.is_owner
    works = not contracts.is_client(contract, actor) and actor.is_owner
    left = milestones.rest(row, contract)
    return MilestoneView(
        id=row.public_id,
        href=routes.milestone(contract.public_id, row.public_id),
        number=row.number,
        title=row.title,
        amount=milestones.total(row, contract).format(),
        amount_minor=row.amount_minor,
        status=row.status.value,
        badge=BADGES.get(row.status, row.status.value),
        due=day_text(row.due_on),
        moment=_moment(row, review),
        rest=left.format(),
        rest_minor=left.minor,
        currency=left.currency,
        part=_part(row, contract, left),
        payment=row.releases + 1,
        key=_key(row),
        submission=submission,
        has_more=submission.number > 0 and row.status is not RELEASED,
        clock=deadlines.clock_of(review, effect=effect_words(left)),
        can_fund=pays and row.status is DRAFT,
        can_submit=works and row.status in {FUNDED, CHANGES_REQUESTED},
        can_review=pays and row.status is SUBMITTED,
        can_release=pays and row.status in HELD,
    )


def effect_words(amount: Money) -> str:
    """Return what happens by itself at the end of a review."""
    sentence = _("If nobody acts, the {amount} is released by itself.")
    return sentence.format(amount=amount.format())


def _moment(row: Milestone, review: Deadline | None) -> str:
    now = clock.now()
    if row.status is RELEASED and row.released_at:
        return _("Paid {day}").format(day=near_day_text(row.released_at, now=now))
    if review:
        return _("Review by {day}").format(day=near_day_text(review.due_at, now=now))
    return _("Due {day}").format(day=near_day_text(row.due_on, now=now))


def _part(row: Milestone, contract: Contract, left: Money) -> str:
    if row.released_minor in {0, row.amount_minor}:
        return ""
    paid = Money(row.released_minor, contract.currency).format()
    return _("{paid} paid, {held} held").format(paid=paid, held=left.format())
