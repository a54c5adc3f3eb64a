"""Two processes with 25 tasks each on the same 25 milestones: each is paid once, all are told."""

import pytest
from sqlmodel import col, func, select

from freelance_app import db
from freelance_app.errors import InvalidError
from freelance_app.models import AuditEntry
from freelance_app.money import Money
from freelance_app.services.contracts import funding, releases, submissions
from freelance_app.services.instance import deadlines
from freelance_app.services.instance.deadlines import DueDeadline
from freelance_app.services.money import ledger, payouts
from freelance_app.services.money.ledger import Cause, InsufficientFundsError, Leg
from tests.fire.whole import half_done
from tests.racing import PROCESSES, attempt, race
from tests.services.contracts.signed import CURRENCY, earnings, sign
from tests.services.money import books

MANY = 25
CENTS = 10_00
ALREADY = "This milestone is already released."
BY_HAND, BY_REVIEW = 0, 1
RACED = MANY // 3  # milestones that three tasks of each process share
BEFORE, ASKS = 5, 5  # what was earned before, in payouts, and how often one task asks for one


@pytest.fixture
def signed(world):
    """Return a contract of 25 milestones, all funded and submitted."""
    made = sign(world, amounts=(CENTS,) * MANY, wallet_minor=MANY * CENTS)
    db.write(funding.fund, actor=world.alice, milestone_ids=made.milestones)
    for milestone_id in made.milestones:
        db.write(submissions.submit, actor=world.fatuma, milestone_id=milestone_id, note="Done.")
    return made


def approve_all(world, signed, number) -> list[str]:
    """Approve every milestone, beginning at another one than the other tasks do."""
    turned = signed.milestones[number:] + signed.milestones[:number]
    return [
        attempt(releases.approve, "released", actor=world.alice, milestone_id=milestone_id)
        for milestone_id in turned
    ]


def test_each_of_25_milestones_is_released_once(world, signed):
    told = race(approve_all, world, signed, tasks=MANY)
    assert told == {"released": MANY, ALREADY: (PROCESSES * MANY - 1) * MANY}
    assert earnings(world) == MANY * CENTS
    assert db.read(half_done, [signed.row_id]) == []


def pull(world, about, number) -> str | list[str]:
    """Release a milestone by hand, by the end of its review, or ask for what was earned.

    Three tasks of each process share a milestone: it meets both ways of release in both of them,
    now one first and now the other, while what comes of it is asked for.
    """
    signed, reviews, method = about
    place = number // 3
    act = (number + place) % 3
    if act == BY_HAND:
        asked = {"actor": world.alice, "milestone_id": signed.milestones[place]}
        return attempt(releases.release, "released", **asked)
    if act == BY_REVIEW:
        due = DueDeadline(reviews[place], "milestone.auto_release", signed.rows[place])
        return attempt(deadlines.run, "ended", due=due)
    return [ask(world, method) for _ in range(ASKS)]


def ask(world, method) -> str:
    asked = {"method_id": method, "amount": "10.00", "currency": CURRENCY}
    try:
        db.write(payouts.request, actor=world.fatuma, **asked)
    except (InvalidError, InsufficientFundsError):  # by the look before, or by the ledger itself
        return "not there"
    return "asked"


def earn_before(session, world) -> None:
    """Let some of those who ask find money from the first moment on."""
    money = Money(BEFORE * CENTS, CURRENCY)
    leg = Leg(ledger.clearing_of("bank"), ledger.earnings_of(world.fatuma.party_id), money)
    ledger.post(session, cause=Cause(f"{world.run}:earn", "release"), legs=[leg])


def reviews_that_paid(session, rows) -> int:
    paid = select(func.count()).where(
        AuditEntry.action == "milestone.auto_released",
        col(AuditEntry.subject).in_([f"milestone:{row_id}" for row_id in rows]),
    )
    return session.exec(paid).one()


def reviews_of(session, rows) -> list[int]:
    found = []
    for row_id in rows:
        review = deadlines.running(session, effect="milestone.auto_release", subject_id=row_id)
        found.append(review.id)
    return found


def test_releases_reviews_and_payouts_at_once_move_each_cent_once(world, signed):
    db.write(books.open_bank)
    db.write(earn_before, world)
    method = books.add_method(world)
    reviews = db.read(reviews_of, signed.rows)
    told = race(pull, world, (signed, reviews, method), tasks=MANY)
    by_hand, by_review = told["released"], db.read(reviews_that_paid, signed.rows)
    assert by_hand + by_review == RACED
    assert by_hand + told["ended"] + told[ALREADY] == 2 * PROCESSES * RACED
    assert told["asked"] + told["not there"] == (MANY - 2 * RACED) * PROCESSES * ASKS
    assert told["asked"] >= BEFORE
    assert earnings(world) == (BEFORE + RACED - told["asked"]) * CENTS
    assert db.read(half_done, [signed.row_id]) == []
