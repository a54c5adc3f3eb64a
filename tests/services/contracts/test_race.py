"""Two processes, several tasks each, acting on the same milestone: one wins."""

import pytest

from freelance_app import db
from freelance_app.services.contracts import funding, releases, submissions
from freelance_app.services.instance import deadlines
from freelance_app.services.instance.deadlines import DueDeadline
from freelance_app.services.money import deposits
from tests.racing import TASKS, attempt, race
from tests.services.contracts.signed import contract_of, earnings, held, sign, status
from tests.services.contracts.test_funding import with_bank


def approve(world, signed, _number) -> str:
    milestone_id = signed.milestones[0]
    return attempt(releases.approve, "released", actor=world.alice, milestone_id=milestone_id)


def release_all(world, signed, _number) -> str:
    milestone_id = signed.milestones[0]
    return attempt(releases.release, "released", actor=world.alice, milestone_id=milestone_id)


def release_tens(world, signed, _number) -> str:
    arguments = {"milestone_id": signed.milestones[0], "amount": "10.00"}
    return attempt(releases.release, "paid", actor=world.alice, **arguments)


def approve_or_change(world, signed, number) -> str:
    milestone_id = signed.milestones[0]
    if number % 3 == 0:
        words = {"words": "Not yet."}
        act = submissions.request_changes
        return attempt(act, "changes", actor=world.alice, milestone_id=milestone_id, **words)
    if number % 3 == 1:
        return attempt(deadlines.run, "ended", due=review_of(signed))
    return approve(world, signed, number)


def review_of(signed) -> DueDeadline:
    effect = "milestone.auto_release"
    row = db.read(deadlines.running, effect=effect, subject_id=signed.rows[0])
    return DueDeadline(row.id if row else 0, effect, signed.rows[0])


def release_each(world, signed, number) -> str:
    milestone_id = signed.milestones[number % 2]
    return attempt(releases.release, "released", actor=world.alice, milestone_id=milestone_id)


def fund_one_of_two(world, contracts, number) -> str:
    milestone_id = contracts[number % 2].milestones[0]
    arguments = {"actor": world.alice, "milestone_ids": [milestone_id]}
    return db.write(funding.fund_or_deposit, **arguments)


def submitted(world, numbers=1):
    signed = sign(world)
    ids = signed.milestones[:numbers]
    db.write(funding.fund, actor=world.alice, milestone_ids=ids)
    for milestone_id in ids:
        arguments = {"milestone_id": milestone_id, "note": "Done."}
        db.write(submissions.submit, actor=world.fatuma, **arguments)
    return signed


@pytest.mark.parametrize("act", [approve, release_all])
def test_many_releases_pay_once(world, act):
    signed = submitted(world)
    outcomes = race(act, world, signed)
    already = "This milestone is already released."
    assert outcomes == {"released": 1, already: 2 * TASKS - 1}
    assert (earnings(world), held(signed)) == (100_00, 0)


def test_many_parts_never_pay_more_than_is_held(world):
    signed = submitted(world)
    outcomes = race(release_tens, world, signed)
    assert outcomes["paid"] == 10
    assert (earnings(world), held(signed)) == (100_00, 0)
    assert status(signed) == "released"


def test_approval_changes_and_the_end_of_the_review_do_not_mix(world):
    signed = submitted(world)
    outcomes = race(approve_or_change, world, signed)
    released = status(signed) == "released"
    assert outcomes["changes"] == (0 if released else 1)
    assert (earnings(world), held(signed)) == ((100_00, 0) if released else (0, 100_00))


def test_two_last_milestones_at_once_complete_the_contract(world):
    signed = submitted(world, numbers=2)
    race(release_each, world, signed)
    assert earnings(world) == 350_00
    assert contract_of(signed).status == "completed"


def test_deposits_asked_for_at_once_do_not_count_on_the_same_money(world):
    db.write(with_bank)
    both = [sign(world, amounts=(300_00,), wallet_minor=50_00) for _ in range(2)]
    asked = race(fund_one_of_two, world, both)
    assert len(asked) == 2
    amounts = [amount_of(world, deposit) for deposit in asked]
    assert sorted(amounts) == [200_00, 300_00]


def amount_of(world, deposit_id: str) -> int:
    asked = db.read(deposits.get_view, actor=world.alice, deposit_id=deposit_id)
    return asked.amount.minor
