"""The figures of the first page are those of the ledger."""

from datetime import UTC, datetime, timedelta

import pytest

from freelance_app import clock, db
from freelance_app.services.contracts import funding, releases, submissions
from freelance_app.services.hiring import home_money
from freelance_app.services.money.months import MonthsView
from freelance_app.text import speaking
from tests.services.contracts.signed import earnings, held, sign, wallet


def boxes(actor):
    return db.read(home_money.boxes, actor=actor)


def months(actor):
    return db.read(home_money.by_month, actor=actor, boxes=boxes(actor))


def figure(box) -> str:
    return box.whole + box.cents


def dollars(minor: int) -> str:
    return f"US${minor // 100:,}.{minor % 100:02}"


def fund(world, signed, *numbers: int) -> None:
    ids = [signed.milestones[number - 1] for number in numbers]
    db.write(funding.fund, actor=world.alice, milestone_ids=ids)


def release(world, signed, amount=None, number: int = 1) -> None:
    arguments = {"milestone_id": signed.milestones[number - 1], "amount": amount}
    db.write(releases.release, actor=world.alice, **arguments)


def test_held_and_free_are_what_the_ledger_holds(world):
    signed = sign(world)
    fund(world, signed, 1, 2)
    submitted = {"milestone_id": signed.milestones[0], "note": "Done."}
    db.write(submissions.submit, actor=world.fatuma, **submitted)
    release(world, signed, "40.25", number=2)
    (mine,), (yours,) = boxes(world.alice), boxes(world.fatuma)
    total = held(signed, 1) + held(signed, 2)
    assert total == 309_75
    assert figure(mine) == figure(yours) == dollars(total)
    assert mine.free_amount == dollars(wallet(world))
    assert yours.free_amount == dollars(earnings(world)) == "US$40.25"
    parts = [(part.kind, part.amount) for part in mine.parts]
    assert parts == [("review", dollars(held(signed, 1))), ("funded", dollars(held(signed, 2)))]
    assert sum(part.weight for part in mine.parts) == total


def test_a_fee_is_held_for_the_client_and_not_earned(world):
    signed = sign(world, client_fee_basis_points=500, freelancer_fee_basis_points=1_000)
    fund(world, signed, 1)
    ((mine,), (yours,)) = boxes(world.alice), boxes(world.fatuma)
    assert held(signed) == 105_00
    assert figure(mine) == "US$105.00"
    release(world, signed)
    assert boxes(world.fatuma)[0].free_amount == dollars(earnings(world)) == "US$90.00"
    assert boxes(world.alice)[0].parts == []
    assert yours.currency == "USD"


def test_each_side_names_its_own_money(world):
    fund(world, sign(world), 1)
    (mine,), (yours,) = boxes(world.alice), boxes(world.fatuma)
    assert (mine.held, mine.free) == ("Held for running work", "Free in your wallet")
    assert (yours.held, yours.free) == ("Held for your work", "Your earnings")


@pytest.mark.parametrize("person", ["charlie", "dora", "frank"])
def test_a_stranger_has_no_money_here(world, person):
    signed = sign(world)
    fund(world, signed, 1)
    release(world, signed)
    assert boxes(getattr(world, person)) == []
    assert months(getattr(world, person)).bars == []


def test_what_was_released_stands_in_its_month(world, at):
    signed = sign(world)
    fund(world, signed, 1, 2)
    at(datetime(2031, 3, 10, 9, tzinfo=UTC))
    release(world, signed)
    at(datetime(2031, 5, 2, 9, tzinfo=UTC))
    release(world, signed, "50.00", number=2)
    seen = months(world.fatuma)
    assert [(bar.name, bar.amount) for bar in seen.bars] == [
        ("Jan", "0"),
        ("Feb", "0"),
        ("Mar", "100"),
        ("Apr", "0"),
        ("May", "50"),
    ]
    assert seen.title == "Earned by month, USD"
    assert months(world.alice).title == "Spent by month, USD"
    assert seen.bars == months(world.alice).bars


def test_a_month_begins_at_the_readers_midnight(world, at):
    signed = sign(world)
    fund(world, signed, 1)
    at(datetime(2031, 4, 30, 22, 30, tzinfo=UTC))
    release(world, signed)
    at(datetime(2031, 5, 2, tzinfo=UTC))
    amounts = {}
    for zone in ("UTC", "Africa/Nairobi"):
        with speaking("en", zone):
            amounts[zone] = [bar.amount for bar in months(world.fatuma).bars][-2:]
    assert amounts == {"UTC": ["100", "0"], "Africa/Nairobi": ["0", "100"]}


def test_months_go_back_over_the_turn_of_the_year(world, at):
    signed = sign(world)
    fund(world, signed, 1)
    at(datetime(2030, 12, 31, 12, tzinfo=UTC))
    release(world, signed)
    at(datetime(2031, 2, 1, 12, tzinfo=UTC))
    names = [bar.name for bar in months(world.alice).bars]
    assert names == ["Oct", "Nov", "Dec", "Jan", "Feb"]
    assert months(world.alice).bars[2].amount == "100"


def test_nothing_released_shows_no_bars(world, at):
    signed = sign(world)
    fund(world, signed, 1)
    assert months(world.alice) == MonthsView()
    release(world, signed)
    at(clock.now() + timedelta(days=200))
    assert months(world.alice) == MonthsView()
