"""Approving and releasing, with the real ledger; the end of the review; fees; frozen policies."""

from datetime import timedelta

import pytest

from freelance_app import clock, db
from freelance_app.errors import (
    ConflictError,
    InvalidError,
    NotFoundError,
    NotPermittedError,
)
from freelance_app.services.contracts import funding, releases, submissions, workroom
from freelance_app.services.instance import deadlines, policies
from freelance_app.services.money import ledger
from tests.services.contracts.signed import (
    balance,
    contract_of,
    due_now,
    earnings,
    held,
    run_due,
    sign,
    status,
    wallet,
)

DAY, MICROSECOND = timedelta(days=1), timedelta(microseconds=1)


def fund(world, signed, number=1):
    ids = [signed.milestones[number - 1]]
    db.write(funding.fund, actor=world.alice, milestone_ids=ids)


def submit(world, signed, number=1):
    arguments = {"milestone_id": signed.milestones[number - 1], "note": "Done."}
    db.write(submissions.submit, actor=world.fatuma, **arguments)


def request_changes(world, signed):
    arguments = {"milestone_id": signed.milestones[0], "words": "Not yet."}
    db.write(submissions.request_changes, actor=world.alice, **arguments)


def approve(world, signed, number=1, *, by=None, payment=0):
    asked = {"milestone_id": signed.milestones[number - 1], "payment": payment}
    db.write(releases.approve, actor=by or world.alice, **asked)


def release(world, signed, amount=None, *, by=None, payment=0, number=1):
    db.write(
        releases.release,
        actor=by or world.alice,
        milestone_id=signed.milestones[number - 1],
        amount=amount,
        payment=payment,
    )


def revenue() -> int:
    return balance(ledger.revenue())


@pytest.fixture
def signed(world):
    """A contract whose first milestone is funded."""
    made = sign(world)
    fund(world, made)
    return made


def test_approving_accepts_the_work_and_pays_all(world, signed):
    submit(world, signed)
    approve(world, signed)
    assert status(signed) == "released"
    assert (held(signed), earnings(world)) == (0, 100_00)


def test_releasing_pays_without_a_submission(world, signed):
    release(world, signed)
    assert status(signed) == "released"
    assert (held(signed), earnings(world)) == (0, 100_00)


def test_releasing_pays_work_that_is_being_changed(world, signed):
    submit(world, signed)
    request_changes(world, signed)
    release(world, signed)
    assert earnings(world) == 100_00


def test_approving_needs_submitted_work(world, signed):
    with pytest.raises(ConflictError, match="No submitted work"):
        approve(world, signed)
    submit(world, signed)
    request_changes(world, signed)
    with pytest.raises(ConflictError, match="No submitted work"):
        approve(world, signed)
    assert held(signed) == 100_00


def test_nothing_is_released_that_is_not_held(world, signed):
    with pytest.raises(ConflictError, match="not funded yet"):
        release(world, signed, number=2)


def test_releasing_twice_is_a_conflict(world, signed):
    submit(world, signed)
    approve(world, signed)
    for act in (approve, release):
        with pytest.raises(ConflictError, match="already released"):
            act(world, signed)
    assert earnings(world) == 100_00


@pytest.mark.parametrize("person", ["bob", "fatuma"])
def test_only_an_owner_of_the_client_moves_money(world, signed, person):
    submit(world, signed)
    for act in (approve, release):
        with pytest.raises(NotPermittedError):
            act(world, signed, by=getattr(world, person))
    assert held(signed) == 100_00


@pytest.mark.parametrize("person", ["charlie", "dora", "frank"])
def test_a_stranger_learns_nothing(world, signed, person):
    submit(world, signed)
    for act in (approve, release):
        with pytest.raises(NotFoundError):
            act(world, signed, by=getattr(world, person))


def test_a_part_is_paid_to_the_cent_and_the_rest_stays_held(world, signed):
    release(world, signed, "33.33")
    assert status(signed) == "funded"
    assert (held(signed), earnings(world)) == (66_67, 33_33)


def test_parts_add_up_to_the_whole(world, signed):
    for amount in ("33.33", "0.01", "66.66"):
        release(world, signed, amount)
    assert status(signed) == "released"
    assert (held(signed), earnings(world)) == (0, 100_00)


def test_a_part_is_told_as_a_part_and_the_last_one_as_the_release(world, signed):
    for amount in ("33.33", "66.67"):
        release(world, signed, amount)
    room = db.read(workroom.get_view, actor=world.alice, contract_id=signed.contract_id)
    told = [line.text for line in room.latest]
    assert told[:2] == ["You released milestone 1", "You paid a part of milestone 1"]


def test_more_than_is_held_is_refused(world, signed):
    release(world, signed, "60.00")
    for amount in ("40.01", "100.00"):
        with pytest.raises(InvalidError, match=r"US\$40.00 is held") as refused:
            release(world, signed, amount)
        assert refused.value.field == "amount"
    assert (held(signed), earnings(world)) == (40_00, 60_00)


@pytest.mark.parametrize("amount", ["", " ", "0", "-1", "1.001", "abc", "1e2", "NaN"])
def test_what_is_no_amount_is_refused(world, signed, amount):
    with pytest.raises(InvalidError):
        release(world, signed, amount)
    assert held(signed) == 100_00


def test_a_second_click_on_the_same_part_pays_nothing(world, signed):
    release(world, signed, "10.00", payment=1)
    with pytest.raises(ConflictError, match="meanwhile"):
        release(world, signed, "10.00", payment=1)
    assert earnings(world) == 10_00


def test_an_approval_of_other_figures_than_were_shown_pays_nothing(world, signed):
    submit(world, signed)
    release(world, signed, "10.00")
    with pytest.raises(ConflictError, match="meanwhile"):
        approve(world, signed, payment=1)
    assert (held(signed), status(signed)) == (90_00, "submitted")
    approve(world, signed, payment=2)
    assert earnings(world) == 100_00


def test_a_part_of_submitted_work_leaves_the_clock_running_for_the_rest(world, signed, at):
    now = clock.now()
    at(now)
    submit(world, signed)
    release(world, signed, "40.00")
    assert status(signed) == "submitted"
    at(now + 14 * DAY)
    assert "milestone.auto_release" in run_due(signed)
    assert (held(signed), earnings(world)) == (0, 100_00)


def test_the_last_part_stops_the_clock(world, signed):
    submit(world, signed)
    release(world, signed, "40.00")
    release(world, signed, "60.00")
    assert _review(signed) is None


def _review(signed):
    effect = "milestone.auto_release"
    return db.read(deadlines.running, effect=effect, subject_id=signed.rows[0])


def test_fees_of_parts_are_the_fee_of_the_whole(world):
    before = revenue()
    made = sign(world, freelancer_fee_basis_points=333, client_fee_basis_points=777)
    fund(world, made)
    assert held(made) == 107_77
    for amount in ("0.01", "33.33", "0.09", "66.57"):
        release(world, made, amount)
    assert earnings(world) == 100_00 - 3_33
    assert revenue() - before == 3_33 + 7_77
    assert held(made) == 0


def test_a_fee_on_one_cent_is_none(world):
    made = sign(world, amounts=(1,), freelancer_fee_basis_points=5_000)
    fund(world, made)
    release(world, made)
    assert earnings(world) == 1


def test_the_review_ends_by_itself_exactly_at_the_deadline(world, signed, at):
    now = clock.now()
    at(now)
    submit(world, signed)
    at(now + 14 * DAY - MICROSECOND)
    assert "milestone.auto_release" not in run_due(signed)
    assert status(signed) == "submitted"
    at(now + 14 * DAY)
    assert run_due(signed) == ["milestone.auto_release"]
    assert status(signed) == "released"
    assert earnings(world) == 100_00


def test_the_client_is_reminded_7_2_and_1_days_before(world, signed, at):
    now = clock.now()
    at(now)
    submit(world, signed)
    for days in (7, 12, 13):
        at(now + days * DAY - MICROSECOND)
        assert run_due(signed) == []
        at(now + days * DAY)
        assert run_due(signed) == ["milestone.reminder"]
    at(now + 14 * DAY)
    assert run_due(signed) == ["milestone.auto_release"]


def test_a_review_that_was_answered_does_not_end_by_itself(world, signed, at):
    now = clock.now()
    at(now)
    submit(world, signed)
    due = _claimed(at, signed, now + 14 * DAY)
    request_changes(world, signed)
    db.write(deadlines.run, due=due)
    assert status(signed) == "changes_requested"
    assert held(signed) == 100_00


def test_an_approval_between_claim_and_end_pays_once(world, signed, at):
    now = clock.now()
    at(now)
    submit(world, signed)
    due = _claimed(at, signed, now + 14 * DAY)
    approve(world, signed)
    db.write(deadlines.run, due=due)
    assert earnings(world) == 100_00


def _claimed(at, signed, moment):
    """Return the end of the review as a worker claims it, that moment."""
    at(moment)
    return next(due for due in due_now(signed) if due.effect == "milestone.auto_release")


def test_after_the_review_has_ended_changes_and_approval_are_too_late(world, signed, at):
    now = clock.now()
    at(now)
    submit(world, signed)
    at(now + 14 * DAY)
    run_due(signed)
    for act in (approve, request_changes):
        with pytest.raises(ConflictError, match="already released"):
            act(world, signed)
    assert earnings(world) == 100_00


def test_the_effect_may_be_called_again(world, signed, at):
    now = clock.now()
    at(now)
    submit(world, signed)
    at(now + 14 * DAY)
    run_due(signed)
    db.write(releases.auto_release, subject_id=signed.rows[0])
    assert earnings(world) == 100_00


def test_policies_changed_after_signing_change_nothing(world, signed, at):
    now = clock.now()
    at(now)
    changes = {"auto_release_days": 1, "freelancer_fee_basis_points": 5_000}
    before = {key: db.read(policies.value, key=key) for key in changes}
    try:
        for key, new in changes.items():
            db.write(policies.change, key=key, new=new)
        submit(world, signed)
        at(now + 13 * DAY)
        run_due(signed)
        assert status(signed) == "submitted"
        at(now + 14 * DAY)
        run_due(signed)
    finally:
        for key, new in before.items():
            db.write(policies.change, key=key, new=new)
    assert earnings(world) == 100_00


def test_the_signed_days_count_not_those_of_today(world, at):
    now = clock.now()
    at(now)
    made = sign(world, auto_release_days=2)
    fund(world, made)
    submit(world, made)
    at(now + 2 * DAY)
    run_due(made)
    assert status(made) == "released"


def test_the_contract_is_completed_with_its_last_milestone(world, signed):
    release(world, signed)
    assert contract_of(signed).status == "active"
    fund(world, signed, 2)
    submit(world, signed, 2)
    approve(world, signed, 2)
    done = contract_of(signed)
    assert done.status == "completed"
    assert done.ended_at is not None
    room = db.read(workroom.get_view, actor=world.fatuma, contract_id=signed.contract_id)
    assert room.next.title == "All milestones are released"
    assert room.clocks == []


def test_no_money_is_made_or_lost(world, signed):
    fund(world, signed, 2)
    release(world, signed, "12.34")
    release(world, signed, number=2)
    assert wallet(world) + held(signed) + held(signed, 2) + earnings(world) == 500_00
