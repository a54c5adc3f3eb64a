"""Bank accounts for payouts: proven where they can be, and waiting before their first use."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from freelance_app import db
from freelance_app.errors import (
    ConflictError,
    InvalidError,
    InvalidFormError,
    NotFoundError,
    NotPermittedError,
)
from freelance_app.models import Mail
from freelance_app.services.money import bank_accounts, payout_methods, payouts
from tests.services.money.books import METHOD
from tests.services.money.test_money_race import earn

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def add(world, form=METHOD, actor=None) -> str:
    return db.write(payout_methods.add, actor=actor or world.fatuma, form=form)


def ask(world, method_id: str) -> None:
    words = {"method_id": method_id, "amount": "1.00", "currency": "EUR"}
    db.write(payouts.request, actor=world.fatuma, **words)


def test_a_new_account_waits_three_days(world, at):
    db.write(earn, world)
    at(NOW)
    method_id = add(world)
    at(NOW + timedelta(days=3, seconds=-1))
    with pytest.raises(InvalidError, match="from Fri 27 Nov") as refused:
        ask(world, method_id)
    assert refused.value.field == "method"
    at(NOW + timedelta(days=3))
    ask(world, method_id)


def test_the_clock_of_a_waiting_account_is_shown(world, at):
    at(NOW)
    add(world)
    at(NOW + timedelta(hours=36))
    (row,) = db.read(payout_methods.list_for, actor=world.fatuma)
    assert (row.clock.left, row.clock.percent_left, row.is_usable) == ("1 d 12 h left", 50, False)


def test_the_owner_is_told_of_a_new_account_by_mail(world):
    add(world)

    def subjects(session) -> list[str]:
        mine = select(Mail.subject).where(Mail.person_id == world.fatuma.person_id)
        return list(session.exec(mine))

    assert "A bank account was added for your payouts" in db.read(subjects)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("holder", " "),
        ("holder", "x" * 101),
        ("account", ""),
        ("account", "DE02 1203 0000 0000 2020 52"),
        ("account", "hello"),
        ("bank_code", "?!"),
        ("bank_name", "x" * 101),
        ("country", "ZZ"),
        ("country", ""),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(world, field, typed):
    with pytest.raises(InvalidFormError) as refused:
        add(world, replace(METHOD, **{field: typed}))
    assert set(refused.value.fields) == {field}


def test_all_wrong_fields_are_told_at_once(world):
    with pytest.raises(InvalidFormError) as refused:
        add(world, replace(METHOD, holder="", account="", country=""))
    assert set(refused.value.fields) == {"holder", "account", "country"}


def test_an_account_is_added_once(world):
    add(world)
    with pytest.raises(InvalidError, match="already"):
        add(world, replace(METHOD, account="de02120300000000202051"))


def test_there_are_at_most_ten(world):
    for number in range(payout_methods.MOST):
        add(world, replace(METHOD, account=f"0100 200{number}"))
    with pytest.raises(ConflictError, match="Remove an account first"):
        add(world)


def test_clients_and_viewers_add_none(world):
    for person in (world.alice, world.bob):
        with pytest.raises(NotPermittedError):
            add(world, actor=person)
        assert db.read(payout_methods.list_for, actor=person) == []


def test_a_stranger_neither_sees_nor_removes_it(world):
    method_id = add(world)
    charlie = world.charlie
    assert db.read(payout_methods.list_for, actor=charlie) == []
    with pytest.raises(NotFoundError):
        db.write(payout_methods.remove, actor=charlie, method_id=method_id)


def test_a_removed_account_is_gone(world):
    method_id = add(world)
    db.write(payout_methods.remove, actor=world.fatuma, method_id=method_id)
    assert db.read(payout_methods.list_for, actor=world.fatuma) == []
    with pytest.raises(NotFoundError):
        db.write(payout_methods.remove, actor=world.fatuma, method_id=method_id)


@pytest.mark.parametrize(
    "iban", ["GB82WEST12345698765432", "NO9386011117947", "DE89370400440532013000"]
)
def test_real_ibans_are_taken_and_one_wrong_figure_is_found(iban):
    assert bank_accounts.clean_account(iban.lower()) == iban
    for place in range(4, len(iban)):
        if iban[place].isdigit():
            wrong = iban[:place] + str((int(iban[place]) + 1) % 10) + iban[place + 1 :]
            with pytest.raises(InvalidError):
                bank_accounts.clean_account(wrong)


def test_an_account_number_that_is_no_iban_is_only_tidied():
    assert bank_accounts.clean_account("  01  1200-345 ") == "01 1200-345"


def test_accounts_are_named_by_their_last_figures():
    assert bank_accounts.short("FI2112345600000785", "Nordea") == "Nordea ••0785"
    assert bank_accounts.in_groups("FI2112345600000785") == "FI21 1234 5600 0007 85"
