"""Statements by pages, with the fees of either side, and what is held beside what is earned."""

import secrets
from dataclasses import replace

import pytest

from freelance_app import db
from freelance_app.errors import NotFoundError
from freelance_app.money import Money
from freelance_app.services.contracts import funding, releases
from freelance_app.services.instance.keyset import Place
from freelance_app.services.money import desks, ledger, payouts, statements
from freelance_app.services.money.ledger import Cause, Leg
from freelance_app.services.money.statements import StatementView
from tests.services.contracts import signed
from tests.services.money.books import add_method

FEES = {"client_fee_basis_points": 333, "freelancer_fee_basis_points": 777}


def earn(world, number: int) -> None:
    mine = ledger.earnings_of(world.fatuma.party_id)
    legs = [Leg(ledger.clearing_of("bank"), mine, Money(number, "EUR"))]
    db.write(ledger.post, cause=Cause(f"{world.run}:{number}", "release"), legs=legs)


def page(world, *, older: str = "", newer: str = ""):
    place = Place(before=older, after=newer)
    return db.read(desks.get_earnings, actor=world.fatuma, moved=place).statement


def amounts(shown) -> list[str]:
    return [line.amount for line in shown.lines]


def cents(*numbers: int) -> list[str]:
    return [f"€{number / 100:.2f}" for number in numbers]


def test_a_boundary_loses_and_doubles_nothing_while_money_arrives(world, monkeypatch):
    monkeypatch.setattr(statements, "ROWS", 2)
    for number in range(1, 6):
        earn(world, number)
    first = page(world)
    earn(world, 6)
    second = page(world, older=first.older)
    third = page(world, older=second.older)
    assert [amounts(each) for each in (first, second, third)] == [
        cents(5, 4),
        cents(3, 2),
        cents(1),
    ]
    assert third.older == ""
    assert amounts(page(world, newer=third.newer)) == cents(3, 2)
    assert amounts(page(world, newer=second.newer)) == cents(5, 4)
    assert amounts(page(world, newer=first.older)) == cents(6, 5)


def test_a_strangers_key_shows_nothing_of_others(world, monkeypatch):
    monkeypatch.setattr(statements, "ROWS", 1)
    earn(world, 1)
    earn(world, 2)
    key = page(world).older
    wallet = db.read(desks.get_billing, actor=world.alice, moved=Place(before=key))
    assert wallet.statement == StatementView()
    for person in (world.charlie, world.dora, world.alice):
        for place in (Place(before=key), Place(after=key)):
            try:
                shown = db.read(desks.get_earnings, actor=person, moved=place)
            except NotFoundError:
                continue
            assert shown.statement == StatementView()


def fund(world, contract) -> None:
    db.write(funding.fund, actor=world.alice, milestone_ids=contract.milestones)


def release(world, contract, *, number: int = 1, amount: str) -> None:
    asked = {"milestone_id": contract.milestones[number - 1], "amount": amount}
    db.write(releases.release, actor=world.alice, **asked)


def test_without_fees_there_are_no_fee_columns(world):
    contract = signed.sign(world)
    fund(world, contract)
    release(world, contract, amount="100.00")
    for desk, person in ((desks.get_billing, world.alice), (desks.get_earnings, world.fatuma)):
        assert not db.read(desk, actor=person).statement.has_fees


def test_each_side_reads_its_own_fee(world):
    contract = signed.sign(world, **FEES)
    fund(world, contract)
    release(world, contract, amount="33.33")
    release(world, contract, amount="66.67")
    last, first = page(world).lines
    assert (first.gross, first.fee, first.amount) == ("US$33.33", "−US$2.58", "US$30.75")
    assert (last.gross, last.fee, last.amount) == ("US$66.67", "−US$5.19", "US$61.48")
    paid = db.read(desks.get_billing, actor=world.alice).statement.lines[1]
    assert (paid.gross, paid.fee, paid.amount) == ("−US$100.00", "−US$3.33", "−US$103.33")


def give_back(world, contract, minor: int) -> None:
    """Move a part of what is held back into the wallet, as no release does."""
    wallet, held = ledger.wallet_of(world.alice.party_id), ledger.held_for(contract.rows[0])
    legs = [Leg(held, wallet, Money(minor, "USD"))]
    cause = Cause(f"{world.run}:{secrets.token_hex(4)}", "refund", contract_id=contract.row_id)
    db.write(ledger.post, cause=cause, legs=legs)


def test_what_was_given_back_was_not_released(world):
    contract = signed.sign(world, **FEES)
    fund(world, contract)
    for _number in range(4):
        release(world, contract, amount="1.01")
        give_back(world, contract, 20)
    paid = [line.gross for line in page(world).lines]
    assert paid == ["US$1.01"] * 4


def purse(world, actor=None):
    return db.read(desks.get_earnings, actor=actor or world.fatuma).purses


def test_held_is_what_the_ledger_holds_without_the_clients_fee(world):
    contract = signed.sign(world, **FEES)
    assert purse(world) == []
    fund(world, contract)
    (found,) = purse(world)
    assert (found.available, found.held) == ("US$0.00", "US$350.00")
    fees_too = signed.held(contract, 1) + signed.held(contract, 2)
    assert fees_too == 350_00 + 3_33 + 8_32
    release(world, contract, amount="100.00")
    (found,) = purse(world)
    assert found.held == "US$250.00"
    assert found.available == Money(signed.earnings(world), "USD").format()


def test_held_without_fees_is_the_ledgers_own_balance(world):
    contract = signed.sign(world)
    fund(world, contract)
    (found,) = purse(world)
    there = signed.held(contract, 1) + signed.held(contract, 2)
    assert found.held == Money(there, "USD").format() == "US$350.00"


def test_a_payout_is_on_its_way_until_it_is_sent(world):
    earn(world, 500_00)
    asked = {"method_id": add_method(world), "amount": "200.00", "currency": "EUR"}
    payout_id = db.write(payouts.request, actor=world.fatuma, **asked)
    (found,) = purse(world)
    assert (found.available, found.on_its_way) == ("€300.00", "€200.00")
    db.write(payouts.mark_paid, actor=world.frank, payout_id=payout_id)
    (found,) = purse(world)
    assert (found.available, found.on_its_way) == ("€300.00", "€0.00")


def test_a_stranger_reads_nothing_of_what_is_held_for_fatuma(world):
    fund(world, signed.sign(world))
    assert purse(world, world.charlie) == []
    for person in (world.dora, world.alice, world.bob):
        with pytest.raises(NotFoundError):
            purse(world, person)


def test_a_viewer_of_fatumas_party_reads_what_is_held(world):
    fund(world, signed.sign(world))
    viewer = replace(world.fatuma, is_owner=False)
    assert purse(world, viewer) == purse(world)
