"""The engine of deadlines: set, cancelled, claimed, run once, put off, given up."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, delete, select

from freelance_app import clock, db
from freelance_app.models import Deadline, DeadlineStatus, LimitCounter
from freelance_app.services.instance import deadlines, effects

NOW = datetime(2026, 11, 18, 7, 24, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MARK, REMIND = "test_deadlines.mark", "test_deadlines.remind"


@effects.register(MARK)
def mark(session, *, subject_id):
    """Leave a trace: one row a run."""
    runs = len(session.exec(select(LimitCounter)).all())
    key = f"mark:{subject_id}:{runs}"
    session.add(LimitCounter(key=key, tries=subject_id, window_ends_at=clock.now()))


@pytest.fixture(autouse=True)
def _empty(database):
    db.write(clear)
    yield
    db.write(clear)


def clear(session) -> None:
    session.exec(delete(Deadline))
    session.exec(delete(LimitCounter))


def set_one(subject_id=1, *, due_at=NOW, effect=MARK):
    db.write(deadlines.set_deadline, effect=effect, subject_id=subject_id, due_at=due_at)


def rows():
    def read(session):
        return list(session.exec(select(Deadline).order_by(col(Deadline.id))))

    return db.read(read)


def marks() -> list[int]:
    return db.read(lambda session: [row.tries for row in session.exec(select(LimitCounter))])


def test_nothing_is_claimed_before_its_moment(at):
    at(NOW)
    set_one(due_at=NOW + MINUTE)
    assert db.write(deadlines.claim_due) is None
    at(NOW + MINUTE)
    assert db.write(deadlines.claim_due).effect == MARK


def test_the_earliest_is_claimed_first_and_each_once(at):
    at(NOW)
    for subject_id, minutes in ((1, 1), (2, 3), (3, 2)):
        set_one(subject_id, due_at=NOW - MINUTE * minutes)
    claimed = [db.write(deadlines.claim_due).subject_id for _ in range(3)]
    assert claimed == [2, 3, 1]
    assert db.write(deadlines.claim_due) is None


def test_a_claim_ends_with_its_lease(at):
    at(NOW)
    set_one()
    first = db.write(deadlines.claim_due)
    at(NOW + deadlines.LEASE - timedelta(seconds=1))
    assert db.write(deadlines.claim_due) is None
    at(NOW + deadlines.LEASE)
    assert db.write(deadlines.claim_due).id == first.id


def test_running_twice_acts_once(at):
    at(NOW)
    set_one(7)
    due = db.write(deadlines.claim_due)
    db.write(deadlines.run, due=due)
    db.write(deadlines.run, due=due)
    assert marks() == [7]
    assert rows()[0].status is DeadlineStatus.DONE


def test_a_clock_that_goes_back_runs_nothing_twice(at):
    at(NOW)
    set_one(7)
    due = db.write(deadlines.claim_due)
    at(NOW - DAY)
    assert db.write(deadlines.claim_due) is None
    db.write(deadlines.run, due=due)
    at(NOW + DAY)
    assert db.write(deadlines.claim_due) is None
    assert marks() == [7]


def test_a_deadline_cancelled_after_its_claim_does_nothing(at):
    at(NOW)
    set_one(7)
    due = db.write(deadlines.claim_due)
    db.write(deadlines.cancel, MARK, MARK, subject_id=7)
    db.write(deadlines.run, due=due)
    assert marks() == []


def test_setting_it_again_takes_the_place_of_the_running_one(at):
    at(NOW)
    set_one(due_at=NOW + DAY)
    set_one(due_at=NOW + 2 * DAY)
    assert [row.status for row in rows()] == [DeadlineStatus.CANCELLED, DeadlineStatus.DUE]
    assert db.read(deadlines.running, effect=MARK, subject_id=1).due_at == NOW + 2 * DAY


def test_an_effect_that_fails_leaves_no_trace_and_stays_due(at):
    at(NOW)
    set_one(effect="test_deadlines.unknown")
    due = db.write(deadlines.claim_due)
    with pytest.raises(LookupError):
        db.write(deadlines.run, due=due)
    assert rows()[0].status is DeadlineStatus.DUE


def test_each_failure_doubles_the_wait_and_the_last_gives_up(at):
    moment = NOW
    at(moment)
    set_one()
    for tries in range(1, deadlines.MAX_TRIES + 1):
        due = db.write(deadlines.claim_due)
        assert due.tries == tries
        db.write(deadlines.put_off, due=due)
        assert db.write(deadlines.claim_due) is None
        if tries < deadlines.MAX_TRIES:
            assert db.write(deadlines.give_up) == []
        moment += deadlines.LEASE * 2 ** (tries - 1)
        at(moment)
    assert [each.id for each in db.write(deadlines.give_up)] == [rows()[0].id]
    assert rows()[0].status is DeadlineStatus.FAILED


def test_what_kills_its_worker_every_time_is_given_up_too(at):
    for tries in range(deadlines.MAX_TRIES):
        at(NOW + deadlines.LEASE * tries)
        if tries == 0:
            set_one()
        assert db.write(deadlines.claim_due)
    at(NOW + deadlines.LEASE * deadlines.MAX_TRIES)
    assert db.write(deadlines.claim_due) is None
    assert len(db.write(deadlines.give_up)) == 1


def remind(session, *, subject_id):
    mark(session, subject_id=subject_id)
    main = deadlines.running(session, effect=MARK, subject_id=subject_id)
    if main:
        deadlines.set_reminder(
            session, effect=REMIND, subject_id=subject_id, due_at_of_main=main.due_at
        )


effects.register(REMIND)(remind)


def set_both(due_at) -> None:
    def both(session):
        deadlines.set_deadline(session, effect=MARK, subject_id=1, due_at=due_at)
        deadlines.set_reminder(session, effect=REMIND, subject_id=1, due_at_of_main=due_at)

    db.write(both)


def reminder():
    return db.read(deadlines.running, effect=REMIND, subject_id=1)


def pass_reminders(at, moments) -> None:
    for moment in moments:
        at(moment)
        while due := db.write(deadlines.claim_due):
            db.write(deadlines.run, due=due)


def test_reminders_come_seven_two_and_one_days_before(at):
    at(NOW)
    ends_at = NOW + 14 * DAY
    set_both(ends_at)
    seen = []
    while reminder():
        seen.append((ends_at - reminder().due_at).days)
        pass_reminders(at, [reminder().due_at])
    assert seen == [7, 2, 1]
    assert len(marks()) == 3


def test_a_short_time_has_only_the_reminders_that_are_left(at):
    at(NOW)
    set_both(NOW + 2 * DAY)
    assert reminder().due_at == NOW + DAY


def test_a_worker_that_was_away_tells_the_missed_reminders_once(at):
    at(NOW)
    set_both(NOW + 14 * DAY)
    pass_reminders(at, [NOW + 12 * DAY + MINUTE])
    assert len(marks()) == 1
    assert reminder().due_at == NOW + 13 * DAY


def test_a_clock_that_goes_back_repeats_no_reminder(at):
    at(NOW)
    set_both(NOW + 14 * DAY)
    at(NOW + 7 * DAY)
    due = db.write(deadlines.claim_due)
    at(NOW + 6 * DAY)
    db.write(deadlines.run, due=due)
    assert reminder().due_at == NOW + 12 * DAY


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=12, hours=3, minutes=20), "12 d 3 h left"),
        (timedelta(hours=3, minutes=20), "3 h left"),
        (timedelta(minutes=20, seconds=5), "20 min left"),
        (timedelta(), "0 min left"),
    ],
)
def test_what_is_left_is_told_in_two_units_at_most(left, words):
    assert deadlines.left_words(left) == words


def test_a_clock_tells_its_share_and_turns_red_under_two_days(at):
    at(NOW)
    set_one(due_at=NOW + 10 * DAY)
    row = rows()[0]
    at(NOW + 5 * DAY)
    assert (deadlines.clock_of(row).percent_left, deadlines.clock_of(row).tone) == (50, "amber")
    at(NOW + 9 * DAY)
    assert (deadlines.clock_of(row).percent_left, deadlines.clock_of(row).tone) == (10, "red")
    assert deadlines.clock_of(row, tone="blue").tone == "blue"
    at(NOW + 11 * DAY)
    assert deadlines.clock_of(row).percent_left == 0
    assert deadlines.clock_of(None) == deadlines.NO_CLOCK
