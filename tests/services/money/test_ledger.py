"""Posting: what it moves, what it refuses, and what two postings at once may not do."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from freelance_app import db
from freelance_app.errors import ConflictError, InsufficientFundsError
from freelance_app.models import AccountKind
from freelance_app.money import Money
from freelance_app.services.money import ledger, ledger_lines
from freelance_app.services.money.ledger import Account, Cause, Leg

BANK = ledger.clearing_of("bank")


def put(world, minor: int, *, key: str = "start", currency: str = "EUR"):
    leg = Leg(BANK, ledger.wallet_of(world.alice.party_id), Money(minor, currency))
    db.write(ledger.post, cause=Cause(f"{world.run}:{key}", "deposit"), legs=[leg])


def wallet(world, currency: str = "EUR") -> int:
    return db.read(ledger.balance, ledger.wallet_of(world.alice.party_id), currency).minor


def test_a_posting_moves_money_from_one_account_to_the_other(world):
    before = db.read(ledger.balance, BANK, "EUR").minor
    put(world, 5_00)
    assert wallet(world) == 5_00
    assert db.read(ledger.balance, BANK, "EUR").minor == before - 5_00


def test_a_key_is_posted_once(world):
    put(world, 5_00)
    with pytest.raises(ConflictError):
        put(world, 7_00)
    assert wallet(world) == 5_00


def test_a_wallet_never_goes_below_zero(world):
    put(world, 5_00)
    wallet_account = ledger.wallet_of(world.alice.party_id)
    leg = Leg(wallet_account, Account(AccountKind.ESCROW, world.run), Money(5_01, "EUR"))
    with pytest.raises(InsufficientFundsError, match="wallet holds less"):
        db.write(ledger.post, cause=Cause(f"{world.run}:fund", "fund"), legs=[leg])
    assert wallet(world) == 5_00


def test_balances_are_told_apart_by_currency(world):
    put(world, 5_00)
    put(world, 9_00, key="dollars", currency="USD")
    account = ledger.wallet_of(world.alice.party_id)
    assert db.read(ledger.balances, account) == [Money(5_00, "EUR"), Money(9_00, "USD")]


def test_an_account_that_was_never_used_holds_nothing(world):
    assert db.read(ledger.balance, ledger.earnings_of(world.fatuma.party_id), "EUR").minor == 0


def test_a_read_cannot_write(world):
    leg = Leg(BANK, ledger.wallet_of(world.alice.party_id), Money(1, "EUR"))
    with pytest.raises(DBAPIError):
        db.read(ledger.post, cause=Cause(f"{world.run}:read", "deposit"), legs=[leg])


def test_a_posting_that_moves_nothing_is_a_bug(sqlite_world):
    with pytest.raises(ValueError, match="nothing to post"):
        put(sqlite_world, 0)


def test_integrity_errors_of_bugs_are_not_hidden(sqlite_world):
    loop = Leg(BANK, BANK, Money(1, "EUR"))
    with pytest.raises(IntegrityError, match="two_accounts"):
        db.write(ledger.post, cause=Cause(f"{sqlite_world.run}:loop", "bug"), legs=[loop])


def test_the_lines_of_a_contract_are_only_its_own(world):
    put(world, 5_00)
    assert db.read(ledger_lines.list_for_contract, contract_id=10**9) == []


def test_opening_the_same_accounts_at_once_fails_nobody(world):
    """Eight threads open the same new accounts, half of them the other way round."""
    gate = threading.Barrier(8)
    fresh = [Account(AccountKind.REVENUE, f"{world.run}:{side}") for side in "ab"]

    def open_both(number: int) -> None:
        gate.wait()
        giver, taker = fresh if number % 2 else fresh[::-1]
        legs = [Leg(giver, taker, Money(1, "EUR"))]
        db.write(ledger.post, cause=Cause(f"{world.run}:{number}", "move"), legs=legs)

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(open_both, range(8))) == [None] * 8
