"""Two processes, several tasks each, deciding about the same money: one wins, the others are told.

Also payments in opposite directions at once, which kill each other when rows are locked in
whatever order they come.
"""

import secrets
from dataclasses import dataclass

import pytest

from freelance_app import db
from freelance_app.models import AccountKind
from freelance_app.money import Money
from freelance_app.services.money import deposits, ledger, payouts
from freelance_app.services.money.ledger import Account, Cause, Leg
from tests.racing import PROCESSES, TASKS, attempt, race
from tests.services.money import books

ALL = 2 * TASKS
MANY, MOVES = 25, 4  # tasks of each process, and payments of each task
ENOUGH = 10 * PROCESSES * MANY * MOVES
REASON = "The bank says so."


@dataclass(frozen=True)
class Paper:
    """What the racers decide about."""

    deposit: str = ""
    method: str = ""
    payout: str = ""


def confirm(world, paper, _number) -> str:
    asked = {"deposit_id": paper.deposit, "received": "120.00"}
    return attempt(deposits.confirm, "settled", actor=world.frank, **asked)


def confirm_or_cancel(world, paper, number) -> str:
    if number % 2:
        return confirm(world, paper, number)
    return attempt(deposits.cancel, "cancelled", actor=world.alice, deposit_id=paper.deposit)


def ask_for_all(world, paper, _number) -> str:
    asked = {"method_id": paper.method, "amount": "500.00", "currency": "EUR"}
    try:
        return attempt(payouts.request, "asked", actor=world.fatuma, **asked)
    except payouts.InvalidError as refused:
        return f"{refused.field}: {refused.message}"


def press_again(world, paper, _number) -> str:
    asked = {"method_id": paper.method, "amount": "10.00", "currency": "EUR", "seen": ""}
    told = attempt(payouts.request, "asked", actor=world.fatuma, **asked)
    return told.partition(".")[0]


def decide(world, paper, number) -> str:
    if number % 2:
        return attempt(payouts.mark_paid, "paid", actor=world.frank, payout_id=paper.payout)
    asked = {"payout_id": paper.payout, "reason": REASON}
    return attempt(payouts.mark_failed, "failed", actor=world.frank, **asked)


def give_back(world, paper, _number) -> str:
    asked = {"payout_id": paper.payout, "reason": REASON}
    return attempt(payouts.mark_returned, "returned", actor=world.frank, **asked)


def earn(session, world) -> None:
    earnings = ledger.earnings_of(world.fatuma.party_id)
    leg = Leg(ledger.clearing_of("bank"), earnings, Money(500_00, "EUR"))
    ledger.post(session, cause=Cause(f"{world.run}:earn", "release"), legs=[leg])


@pytest.fixture
def bank(world):
    db.write(books.open_bank)
    db.write(earn, world)
    return world


def asked(world) -> Paper:
    method = books.add_method(world)
    what = {"method_id": method, "amount": "500.00", "currency": "EUR"}
    return Paper(payout=db.write(payouts.request, actor=world.fatuma, **what))


def test_many_confirmations_post_once(bank):
    outcomes = race(confirm, bank, Paper(deposit=books.announce(bank)))
    assert outcomes == {"settled": 1, "This deposit has already arrived.": ALL - 1}
    assert books.wallet(bank) == 120_00


def test_a_confirmation_racing_a_cancellation_never_loses_the_money(bank):
    paper = Paper(deposit=books.announce(bank))
    outcomes = race(confirm_or_cancel, bank, paper)
    assert outcomes["settled"] + outcomes["cancelled"] in {1, 2}
    if not outcomes["settled"]:  # all had looked before it was given up, and were told so
        confirm(bank, paper, 0)
    assert books.wallet(bank) == 120_00


def test_earnings_are_asked_for_once(bank):
    outcomes = race(ask_for_all, bank, Paper(method=books.add_method(bank)))
    assert outcomes == {"asked": 1, "amount: You can ask for at most €0.00.": ALL - 1}
    assert books.earnings(bank) == 0


def test_one_wish_pressed_many_times_is_one_payout(bank):
    outcomes = race(press_again, bank, Paper(method=books.add_method(bank)))
    assert outcomes == {"asked": 1, "Another payout was asked for meanwhile": ALL - 1}
    assert books.earnings(bank) == 490_00


def test_a_payout_is_either_sent_or_failed(bank):
    outcomes = race(decide, bank, asked(bank))
    assert outcomes["paid"] + outcomes["failed"] == 1
    assert books.earnings(bank) == (500_00 if outcomes["failed"] else 0)


def test_a_payout_comes_back_once(bank):
    paper = asked(bank)
    db.write(payouts.mark_paid, actor=bank.frank, payout_id=paper.payout)
    outcomes = race(give_back, bank, paper)
    assert outcomes == {"returned": 1, "This payout was already marked as returned.": ALL - 1}
    assert books.earnings(bank) == 500_00


def move(world, sides, number: int) -> list[str]:
    """Pay a little one way in one task, the other way in the next, and again."""
    giver, taker = sides if number % 2 else sides[::-1]
    leg = Leg(giver, taker, Money(10, "EUR"))
    causes = [Cause(f"{world.run}:move:{secrets.token_hex(8)}", "move") for _ in range(MOVES)]
    return [attempt(ledger.post, "moved", cause=cause, legs=[leg]) for cause in causes]


def test_opposite_payments_at_once_fail_nobody(bank):
    sides = [Account(AccountKind.WALLET, f"{bank.run}:{name}") for name in "ab"]
    for side in sides:
        leg = Leg(ledger.clearing_of("bank"), side, Money(ENOUGH, "EUR"))
        cause = Cause(f"{bank.run}:{side.owner}", "deposit")
        db.write(ledger.post, cause=cause, legs=[leg])
    told = race(move, bank, sides, tasks=MANY)
    assert told == {"moved": PROCESSES * MANY * MOVES}
    ahead = 10 * PROCESSES * MOVES  # of 25 tasks, 13 pay to the first side and 12 to the second
    left = [db.read(ledger.balance, side, "EUR").minor for side in sides]
    assert left == [ENOUGH + ahead, ENOUGH - ahead]
