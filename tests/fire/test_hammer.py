"""Two processes with 25 tasks each on the same 25 milestones: each is paid once, all are told."""

import pytest

from freelance_app import db
from freelance_app.errors import InvalidError
from freelance_app.services.contracts import funding, releases, submissions
from freelance_app.services.instance import deadlines
from freelance_app.services.instance.deadlines import DueDeadline
from freelance_app.services.money import payouts
from tests.fire.whole import half_done
from tests.racing import PROCESSES, attempt, race
from tests.services.contracts.signed import CURRENCY, earnings, sign
from tests.services.money import books

MANY = 25
CENTS = 10_00
ALREADY = "This milestone is already released."


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


def pull(world, about, number) -> str:
    """Release a milestone by hand, by the end of its review, or ask for what was earned."""
    signed, reviews, method = about
    place = number % MANY
    if number % 3 == 0:
        asked = {"actor": world.alice, "milestone_id": signed.milestones[place]}
        return attempt(releases.release, "released", **asked)
    if number % 3 == 1:
        due = DueDeadline(reviews[place], "milestone.auto_release", signed.rows[place])
        return attempt(deadlines.run, "ended", due=due)
    asked = {"method_id": method, "amount": "10.00", "currency": CURRENCY}
    try:
        return attempt(payouts.request, "asked", actor=world.fatuma, **asked)
    except InvalidError:
        return "nothing to ask for"


def reviews_of(session, rows) -> list[int]:
    found = []
    for row_id in rows:
        review = deadlines.running(session, effect="milestone.auto_release", subject_id=row_id)
        found.append(review.id)
    return found


def test_releases_reviews_and_payouts_at_once_move_each_cent_once(world, signed):
    db.write(books.open_bank)
    method = books.add_method(world)
    reviews = db.read(reviews_of, signed.rows)
    told = race(pull, world, (signed, reviews, method), tasks=MANY)
    tens = [number for number in range(MANY) if number % 3 != 2]
    assert earnings(world) + told["asked"] * CENTS == len(tens) * CENTS
    assert told["released"] + told[ALREADY] == PROCESSES * sum(n % 3 == 0 for n in range(MANY))
    assert db.read(half_done, [signed.row_id]) == []
