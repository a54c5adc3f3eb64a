"""What comes, told on the days of its reader."""

from datetime import UTC, datetime, timedelta

import pytest

from freelance_app import db, routes
from freelance_app.services.contracts import funding, submissions
from freelance_app.services.hiring import agenda, offers
from freelance_app.text import speaking
from tests.services.contracts.signed import sign
from tests.services.hiring.sent import sent

WEDNESDAY = datetime(2031, 5, 7, 20, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def coming(actor, zone: str = "UTC"):
    with speaking("en", zone):
        return db.read(agenda.coming, actor=actor)


def told(actor, zone: str = "UTC") -> list[tuple[str, str, str]]:
    return [(each.view.day, each.view.at, each.view.title) for each in coming(actor, zone)]


def strip(actor, zone: str = "UTC"):
    with speaking("en", zone):
        return agenda.days(db.read(agenda.coming, actor=actor))


def fund(world, signed, *numbers: int) -> None:
    ids = [signed.milestones[number - 1] for number in numbers]
    db.write(funding.fund, actor=world.alice, milestone_ids=ids)


def in_review(world, **changed: int):
    """Return a contract whose first milestone is submitted."""
    signed = sign(world, **changed)
    fund(world, signed, 1)
    work = {"milestone_id": signed.milestones[0], "note": "Done."}
    db.write(submissions.submit, actor=world.fatuma, **work)
    return signed


def test_the_end_of_a_review_is_told_to_both_sides_and_the_viewer(world, at):
    at(WEDNESDAY)
    signed = in_review(world, auto_release_days=3)
    for reader in (world.alice, world.bob, world.fatuma):
        (only,) = coming(reader)
        expected = ("Sat", "20:30", "Part 1 is released by itself")
        assert (only.view.day, only.view.at, only.view.title) == expected
        assert only.view.href == routes.contract(signed.contract_id)


def test_a_moment_stands_on_the_day_of_its_reader(world, at):
    at(WEDNESDAY)
    in_review(world, auto_release_days=3)
    days = {
        "America/Los_Angeles": ("Sat", "13:30"),
        "Africa/Nairobi": ("Sat", "23:30"),
        "Asia/Kolkata": ("Sun", "02:00"),
        "Pacific/Kiritimati": ("Sun", "10:30"),
    }
    for zone, expected in days.items():
        ((day, hour, _title),) = told(world.fatuma, zone)
        assert (day, hour) == expected, zone


def test_today_is_the_readers_today(world, at):
    at(WEDNESDAY)
    today = {
        zone: [day.number for day in strip(world.alice, zone) if day.is_today]
        for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago")
    }
    assert today == {"UTC": ["7"], "Pacific/Kiritimati": ["8"], "Pacific/Pago_Pago": ["7"]}


def test_busy_days_are_marked(world, at):
    at(WEDNESDAY)
    in_review(world, auto_release_days=3)
    assert [day.number for day in strip(world.alice) if day.is_busy] == ["10"]
    assert [day.number for day in strip(world.alice, "Asia/Kolkata") if day.is_busy] == ["11"]


def test_the_strip_is_this_week_and_a_day_of_the_next_one_bears_its_date(world, at):
    at(WEDNESDAY)
    in_review(world, auto_release_days=6)
    assert [(day.name, day.number) for day in strip(world.alice)] == [
        ("Mon", "5"),
        ("Tue", "6"),
        ("Wed", "7"),
        ("Thu", "8"),
        ("Fri", "9"),
        ("Sat", "10"),
        ("Sun", "11"),
    ]
    assert told(world.alice) == [("Tue 13", "20:30", "Part 1 is released by itself")]


def test_work_is_due_on_an_agreed_day_whatever_the_zone(world, at):
    at(WEDNESDAY)
    signed = sign(world)
    fund(world, signed, 1)
    at(WEDNESDAY + 8 * DAY)
    for zone in ("UTC", "America/Los_Angeles", "Asia/Kolkata"):
        assert told(world.fatuma, zone) == [("Sat", "", "Part 1 is due")]


def test_what_is_submitted_is_no_longer_due(world, at):
    at(WEDNESDAY)
    signed = in_review(world, auto_release_days=30)
    at(WEDNESDAY + 8 * DAY)
    assert told(world.fatuma) == []
    assert signed.milestones


def test_what_comes_later_is_not_told_yet(world, at):
    at(WEDNESDAY)
    in_review(world, auto_release_days=14)
    assert told(world.alice) == []
    at(WEDNESDAY + 8 * DAY)
    assert [title for _day, _at, title in told(world.alice)] == ["Part 1 is released by itself"]


def test_an_open_offer_ends_for_both_and_an_answered_one_for_nobody(world, at):
    at(WEDNESDAY)
    offer_id = sent(world)
    at(WEDNESDAY + 3 * DAY)
    for reader in (world.alice, world.bob, world.fatuma):
        assert told(reader) == [("Wed 14", "20:30", "An offer expires")]
    reason = {"offer_id": offer_id, "reason": "No time."}
    db.write(offers.decline, actor=world.fatuma, **reason)
    assert told(world.alice) == told(world.fatuma) == []


def test_the_earliest_comes_first_and_a_day_ends_after_its_hours(world, at):
    at(WEDNESDAY)
    signed = sign(world, auto_release_days=9)
    fund(world, signed, 1)
    in_review(world, auto_release_days=10)
    sent(world)
    at(WEDNESDAY + 4 * DAY)
    titles = [title for _day, _at, title in told(world.fatuma)]
    assert titles == ["An offer expires", "Part 1 is released by itself", "Part 1 is due"]


@pytest.mark.parametrize("person", ["charlie", "dora", "frank"])
def test_a_stranger_has_free_days(world, at, person):
    at(WEDNESDAY)
    in_review(world, auto_release_days=3)
    sent(world)
    assert coming(getattr(world, person)) == []
    assert not any(day.is_busy for day in strip(getattr(world, person)))
