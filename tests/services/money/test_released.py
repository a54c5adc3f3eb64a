"""What is counted as spent and earned is what the ledger posted, for both sides and by month."""

from datetime import UTC, datetime

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from freelance_app import db
from freelance_app.models import LedgerTransfer, guards, schema
from freelance_app.services.contracts import funding, releases
from freelance_app.services.money import months, released, verify
from tests.factories import add_world
from tests.services.contracts.signed import sign

FEES = {"client_fee_basis_points": 500, "freelancer_fee_basis_points": 1_000}
JANUARY, MARCH = datetime(2031, 1, 20, 9, tzinfo=UTC), datetime(2031, 3, 10, 9, tzinfo=UTC)


def year(actor, count: int = months.YEAR):
    return db.read(months.list_for, actor=actor, currencies=["EUR", "USD"], count=count)


def year_of(actor):
    """Return the exact sums that are not zero, by currency and month."""
    found = year(actor)
    return {
        each.currency: {bar.name: bar.exact for bar in each.bars if bar.share != "0.000"}
        for each in found
    }


def fund(world, signed, *, number: int = 1) -> None:
    ids = [signed.milestones[number - 1]]
    db.write(funding.fund, actor=world.alice, milestone_ids=ids)


def release(world, signed, amount=None, *, number: int = 1) -> None:
    arguments = {"milestone_id": signed.milestones[number - 1], "amount": amount}
    db.write(releases.release, actor=world.alice, **arguments)


@pytest.fixture
def paid(world, at):
    """A milestone of 100.00 with fees of both sides, paid in two parts and months."""
    signed = sign(world, **FEES)
    at(JANUARY)
    fund(world, signed)
    release(world, signed, "40.00")
    at(MARCH)
    release(world, signed)
    return signed


def test_a_client_spends_with_the_fees_and_a_freelancer_earns_without(world, paid):
    assert year_of(world.alice) == {"USD": {"Jan": "US$42.00", "Mar": "US$63.00"}}
    assert year_of(world.fatuma) == {"USD": {"Jan": "US$36.00", "Mar": "US$54.00"}}


@pytest.mark.parametrize("person", ["charlie", "dora"])
def test_a_stranger_spends_and_earns_nothing(world, paid, person):
    assert year_of(getattr(world, person)) == {}


def test_held_money_is_neither_spent_nor_earned(world):
    fund(world, sign(world))
    assert year_of(world.alice) == year_of(world.fatuma) == {}


def test_a_release_that_fails_counts_nothing(world, paid):
    before = year_of(world.alice)
    with pytest.raises(Exception, match="already"):
        release(world, paid)
    assert year_of(world.alice) == before


def test_the_year_and_the_month_that_runs_are_told(world, paid):
    (seen,) = year(world.fatuma)
    assert seen.note == "This year so far US$90.00. March is not over."
    assert [bar.long_name for bar in seen.bars][-1] == "March 2031"
    assert [bar.name for bar in seen.bars if not bar.is_far] == [
        *("Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
    ]
    assert seen.words.endswith("Jan US$36.00, Feb US$0.00, Mar US$54.00")


def test_a_large_sum_is_written_short_over_its_bar(world):
    signed = sign(world, amounts=(1_234_567_89, 100), wallet_minor=2_000_000_00)
    fund(world, signed)
    release(world, signed)
    (seen,) = year(world.fatuma, months.SHORT)
    assert (seen.bars[-1].amount, seen.bars[-1].exact) == ("1.2M", "US$1,234,567.89")


@pytest.mark.parametrize(
    "statement", ["UPDATE ledger_release SET amount_minor = 1", "DELETE FROM ledger_release"]
)
def test_the_database_refuses_to_change_what_was_counted(world, paid, statement):
    with pytest.raises(DBAPIError), db.unit_of_work(write=True) as session:
        session.connection().execute(text(statement))


def forged(change: str) -> list[str]:
    """Return what the proof says after a thief with the file, whom no trigger stops."""
    with db.engine.connect() as connection:
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER ledger_release_no_{verb}"))
        connection.execute(text(change))
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            found = verify.faults(session)
        connection.rollback()
    return found


LAST = "(SELECT max(transfer_id) FROM ledger_release)"


@pytest.mark.parametrize(
    "change",
    [
        f"UPDATE ledger_release SET amount_minor = amount_minor + 1 WHERE transfer_id = {LAST}",
        f"UPDATE ledger_release SET client_party_id = 0 WHERE transfer_id = {LAST}",
        f"UPDATE ledger_release SET freelancer_party_id = 1 WHERE transfer_id = {LAST}",
        f"UPDATE ledger_release SET currency = 'KES' WHERE transfer_id = {LAST}",
        f"UPDATE ledger_release SET released_at = '2000-01-01' WHERE transfer_id = {LAST}",
        f"DELETE FROM ledger_release WHERE transfer_id = {LAST}",
        "INSERT INTO ledger_release SELECT min(id), 1, NULL, 'USD', 5, '2031-01-01' "
        "FROM ledger_transfer",
    ],
)
def test_the_proof_finds_a_row_that_was_changed_lost_or_invented(sqlite_world, at, change):
    signed = sign(sqlite_world, **FEES)
    fund(sqlite_world, signed)
    release(sqlite_world, signed)
    (said,) = forged(change)
    assert "what its sides are told" in said
    assert db.read(verify.faults) == []


def test_a_release_that_nobody_counted_is_found(world, monkeypatch):
    signed = sign(world)
    fund(world, signed)
    with monkeypatch.context() as patch:
        patch.setattr(released, "count", lambda *_arguments, **_named: None)
        release(world, signed)
    newest = max(db.read(lambda session: session.exec(select(LedgerTransfer.id)).all()))
    assert db.read(released.miscounted) == [newest]
    db.write(_count, newest)


def _count(session: Session, transfer_id: int) -> None:
    transfer = session.get_one(LedgerTransfer, transfer_id)
    released.count(session, transaction_id=transfer.transaction_id)


def test_the_migration_fills_what_the_ledger_knows(own_database, at):
    """What services wrote is dropped with the table; the migration must find the same again."""
    scripts = ScriptDirectory.from_config(schema._config())
    migration = scripts.get_revision("2026_11_28_2145").module
    world = db.write(add_world)
    at(JANUARY)
    signed = sign(world, **FEES)
    fund(world, signed)
    release(world, signed, "40.00")
    before = year_of(world.alice), year_of(world.fatuma)
    with db.engine.begin() as connection:
        connection.execute(text("DROP TABLE ledger_release"))
        with Operations.context(MigrationContext.configure(connection)):
            migration.upgrade()
        guards.install(connection)
    assert (year_of(world.alice), year_of(world.fatuma)) == before != ({}, {})
    assert db.read(verify.faults) == []
