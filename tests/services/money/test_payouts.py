"""Payouts: earnings on their way to a bank account, decided once."""

import pytest

from freelance_app import db
from freelance_app.errors import (
    ConflictError,
    InvalidError,
    InvalidFormError,
    NotFoundError,
    NotPermittedError,
)
from freelance_app.money import Money
from freelance_app.services.instance import policies
from freelance_app.services.money import desks, ledger, payout_lists, payout_methods, payouts
from freelance_app.services.money.ledger import Cause, Leg
from freelance_app.services.money.payout_methods import MethodForm
from tests.services.money.books import METHOD, add_method, earnings

REASON = {"reason": "The bank does not know this account."}


def earn(session, world, minor: int = 500_00) -> None:
    legs = [
        Leg(
            ledger.clearing_of("bank"),
            ledger.earnings_of(world.fatuma.party_id),
            Money(minor, "EUR"),
        )
    ]
    ledger.post(session, cause=Cause(f"{world.run}:earn", "release"), legs=legs)


@pytest.fixture
def rich(world):
    db.write(earn, world)
    return world


def ask(world, amount: str = "500.00", method_id: str = "") -> str:
    asked = {"method_id": method_id or add_method(world), "amount": amount, "currency": "EUR"}
    return db.write(payouts.request, actor=world.fatuma, **asked)


def decide(world, service, payout_id: str, **more: str) -> None:
    db.write(service, actor=world.frank, payout_id=payout_id, **more)


def status(world) -> str:
    return db.read(payout_lists.list_for, actor=world.fatuma).rows[0].status


def test_asking_takes_the_money_out_of_the_earnings_at_once(rich):
    ask(rich, "300.00")
    assert earnings(rich) == 200_00
    assert status(rich) == "requested"


def test_a_second_press_asks_for_nothing(rich):
    pressed = {"method_id": add_method(rich), "amount": "100.00", "currency": "EUR", "seen": ""}
    first = db.write(payouts.request, actor=rich.fatuma, **pressed)
    with pytest.raises(ConflictError, match="asked for meanwhile"):
        db.write(payouts.request, actor=rich.fatuma, **pressed)
    db.write(payouts.request, actor=rich.fatuma, **pressed | {"seen": first})
    assert earnings(rich) == 300_00


def test_a_payout_is_marked_as_sent_once(rich):
    payout_id = ask(rich)
    decide(rich, payouts.mark_paid, payout_id)
    with pytest.raises(ConflictError):
        decide(rich, payouts.mark_paid, payout_id)
    assert status(rich) == "paid_out"
    assert earnings(rich) == 0


def test_a_failed_payout_goes_back_to_the_earnings(rich):
    payout_id = ask(rich)
    decide(rich, payouts.mark_failed, payout_id, **REASON)
    assert earnings(rich) == 500_00
    with pytest.raises(ConflictError):
        decide(rich, payouts.mark_paid, payout_id)


def test_a_sent_payout_may_come_back(rich):
    payout_id = ask(rich)
    with pytest.raises(ConflictError):
        decide(rich, payouts.mark_returned, payout_id, **REASON)
    decide(rich, payouts.mark_paid, payout_id)
    with pytest.raises(ConflictError):
        decide(rich, payouts.mark_failed, payout_id, **REASON)
    decide(rich, payouts.mark_returned, payout_id, **REASON)
    assert earnings(rich) == 500_00
    assert status(rich) == "returned"


def test_a_refusal_needs_a_reason(rich):
    payout_id = ask(rich)
    with pytest.raises(InvalidError) as refused:
        decide(rich, payouts.mark_failed, payout_id, reason=" ")
    assert refused.value.field == "reason"
    assert earnings(rich) == 0


@pytest.mark.parametrize("amount", ["500.01", "0", "-1", "1.005", "1e2", ""])
def test_more_than_there_is_and_what_is_no_amount_is_refused(rich, amount):
    with pytest.raises(InvalidError) as refused:
        ask(rich, amount)
    assert refused.value.field == "amount"
    assert earnings(rich) == 500_00


def test_a_new_account_waits_its_days(rich):
    method_id = db.write(payout_methods.add, actor=rich.fatuma, form=METHOD)
    with pytest.raises(InvalidError):
        ask(rich, method_id=method_id)
    shown = db.read(desks.get_earnings, actor=rich.fatuma)
    assert not shown.methods[0].is_usable
    assert "still waits" in shown.blocked


def test_the_waiting_days_are_the_policy_of_the_day_it_was_added(rich):
    db.write(policies.change, key="payout_wait_days", new=0)
    try:
        method_id = db.write(payout_methods.add, actor=rich.fatuma, form=METHOD)
    finally:
        db.write(policies.change, key="payout_wait_days", new=3)
    ask(rich, method_id=method_id)
    assert earnings(rich) == 0


def test_an_account_with_a_typing_mistake_is_refused_beside_its_field(rich):
    wrong = MethodForm("", "DE02120300000000202052", "", "", "XX")
    with pytest.raises(InvalidFormError) as refused:
        db.write(payout_methods.add, actor=rich.fatuma, form=wrong)
    assert {"holder", "account", "country"} <= set(refused.value.fields)


def test_a_removed_account_cannot_be_paid_to(rich):
    method_id = add_method(rich)
    db.write(payout_methods.remove, actor=rich.fatuma, method_id=method_id)
    with pytest.raises(NotFoundError):
        ask(rich, method_id=method_id)


@pytest.mark.parametrize("person", ["alice", "bob", "charlie", "dora", "frank"])
def test_nobody_else_uses_fatumas_account(rich, person):
    method_id = add_method(rich)
    asked = {"method_id": method_id, "amount": "1.00", "currency": "EUR"}
    with pytest.raises((NotFoundError, NotPermittedError)):
        db.write(payouts.request, actor=getattr(rich, person), **asked)
    with pytest.raises((NotFoundError, NotPermittedError)):
        db.write(payout_methods.remove, actor=getattr(rich, person), method_id=method_id)
    assert earnings(rich) == 500_00


@pytest.mark.parametrize("person", ["alice", "bob", "fatuma", "charlie", "dora"])
def test_only_finance_staff_decide(rich, person):
    payout_id = ask(rich)
    for service, more in (
        (payouts.mark_paid, {}),
        (payouts.mark_failed, REASON),
        (payouts.mark_returned, REASON),
    ):
        with pytest.raises(NotFoundError):
            db.write(service, actor=getattr(rich, person), payout_id=payout_id, **more)
    assert status(rich) == "requested"


def test_the_staff_see_the_account_to_send_to(rich):
    ask(rich)
    rows = db.read(desks.get_finance, actor=rich.frank).payouts.rows
    mine = next(row for row in rows if row.party.name == rich.fatuma.party_name)
    assert mine.holder == METHOD.holder
    assert mine.account.replace(" ", "") == METHOD.account


def test_earnings_show_every_movement_with_its_sign(rich):
    ask(rich, "300.00")
    shown = db.read(desks.get_earnings, actor=rich.fatuma)
    amounts = [(line.what, line.amount) for line in shown.statement.lines]
    assert amounts == [("Payout asked for", "−€300.00"), ("Released", "€500.00")]
    assert shown.amount == "200.00"
