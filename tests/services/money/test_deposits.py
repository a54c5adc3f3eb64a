"""Deposits: announced by the client, confirmed by the finance staff, once."""

import pytest

from freelance_app import db
from freelance_app.errors import (
    ConflictError,
    InvalidError,
    NotFoundError,
    NotPermittedError,
)
from freelance_app.services.instance import needs
from freelance_app.services.money import deposits, desks
from tests.services.money.books import announce, confirm, open_bank, wallet


@pytest.fixture
def bank(world):
    db.write(open_bank)
    return world


def view(world, deposit_id: str):
    return db.read(deposits.get_view, actor=world.alice, deposit_id=deposit_id)


def test_a_deposit_tells_where_to_send_how_much_with_which_reference(bank):
    shown = view(bank, announce(bank))
    assert shown.amount.text == "€120.00"
    assert shown.pay_into.reference == shown.reference
    assert shown.pay_into.holder == "Harbour Ltd"
    assert shown.can_cancel


def test_confirming_puts_what_came_into_the_wallet(bank):
    deposit_id = announce(bank)
    confirm(bank, deposit_id, "120.00")
    assert wallet(bank) == 120_00
    assert view(bank, deposit_id).status == "arrived"


@pytest.mark.parametrize(
    ("received", "minor", "sentence"),
    [
        ("99.50", 99_50, "€99.50 arrived, less than announced. It went into your wallet."),
        (
            "130.00",
            130_00,
            "€130.00 arrived. €10.00 is more than announced and went into your wallet.",
        ),
    ],
)
def test_another_amount_than_announced_is_what_counts(bank, received, minor, sentence):
    deposit_id = announce(bank)
    confirm(bank, deposit_id, received)
    assert wallet(bank) == minor
    assert view(bank, deposit_id).next_step == sentence


def test_confirming_twice_is_a_conflict(bank):
    deposit_id = announce(bank)
    confirm(bank, deposit_id, "120.00")
    with pytest.raises(ConflictError):
        confirm(bank, deposit_id, "120.00")
    assert wallet(bank) == 120_00


@pytest.mark.parametrize("received", ["", "0", "-5", "1e3", "NaN", "1.005", "abc"])
def test_what_is_no_amount_is_refused_and_changes_nothing(bank, received):
    deposit_id = announce(bank)
    with pytest.raises(InvalidError):
        confirm(bank, deposit_id, received)
    assert wallet(bank) == 0
    assert view(bank, deposit_id).can_cancel


def test_money_that_comes_for_a_deposit_given_up_is_not_lost(bank):
    deposit_id = announce(bank)
    db.write(deposits.cancel, actor=bank.alice, deposit_id=deposit_id)
    confirm(bank, deposit_id, "120.00")
    assert wallet(bank) == 120_00


def test_giving_up_twice_is_a_conflict(bank):
    deposit_id = announce(bank)
    db.write(deposits.cancel, actor=bank.alice, deposit_id=deposit_id)
    with pytest.raises(ConflictError):
        db.write(deposits.cancel, actor=bank.alice, deposit_id=deposit_id)


@pytest.mark.parametrize("person", ["bob", "fatuma", "charlie", "frank"])
def test_only_an_owner_of_a_company_announces(bank, person):
    with pytest.raises(NotPermittedError):
        db.write(deposits.request, actor=getattr(bank, person), amount="5", currency="EUR")


@pytest.mark.parametrize("person", ["fatuma", "charlie", "dora", "frank"])
def test_a_stranger_learns_nothing_of_a_deposit(bank, person):
    deposit_id = announce(bank)
    with pytest.raises(NotFoundError):
        db.read(deposits.get_view, actor=getattr(bank, person), deposit_id=deposit_id)


def test_bob_sees_the_deposit_and_cannot_give_it_up(bank):
    deposit_id = announce(bank)
    shown = db.read(deposits.get_view, actor=bank.bob, deposit_id=deposit_id)
    assert not shown.can_cancel
    with pytest.raises(NotPermittedError):
        db.write(deposits.cancel, actor=bank.bob, deposit_id=deposit_id)


@pytest.mark.parametrize("person", ["alice", "bob", "fatuma", "charlie", "dora"])
def test_only_finance_staff_confirm(bank, person):
    deposit_id = announce(bank)
    someone = getattr(bank, person)
    with pytest.raises(NotFoundError):
        db.write(deposits.confirm, actor=someone, deposit_id=deposit_id, received="1")
    with pytest.raises(NotFoundError):
        db.read(desks.get_finance, actor=someone)
    assert wallet(bank) == 0


def test_an_unknown_currency_is_told_beside_its_field(bank):
    with pytest.raises(InvalidError) as refused:
        db.write(deposits.request, actor=bank.alice, amount="5", currency="XXX")
    assert refused.value.field == "currency"


def test_both_sides_are_told_what_comes_next(bank):
    announce(bank)
    alices = [todo.act for todo in db.read(needs.list_for, actor=bank.alice)]
    assert "Bank details" in alices
    assert "Bank details" not in [todo.act for todo in db.read(needs.list_for, actor=bank.bob)]
    assert "Confirm" in [todo.act for todo in db.read(needs.list_for, actor=bank.frank)]


def test_billing_shows_the_wallet_and_every_movement(bank):
    confirm(bank, announce(bank), "120.00")
    shown = db.read(desks.get_billing, actor=bank.alice)
    assert [each.text for each in shown.balances] == ["€120.00"]
    assert [(line.what, line.amount) for line in shown.statement.lines] == [("Deposit", "€120.00")]
    assert not db.read(desks.get_billing, actor=bank.bob).can_deposit
    with pytest.raises(NotFoundError):
        db.read(desks.get_billing, actor=bank.fatuma)
