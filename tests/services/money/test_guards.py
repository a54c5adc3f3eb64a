"""What the database itself refuses, whoever asks, and the proof that finds what got past it."""

import pytest
from sqlalchemy import CheckConstraint, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

from alembic import command
from freelance_app import db
from freelance_app.models import guards, schema
from freelance_app.services.instance import audit, chain_audit
from freelance_app.services.money import seals, verify
from tests.services.money.test_ledger import put

COLUMNS = (
    "INSERT INTO ledger_transfer (transaction_id, leg, debit_id, credit_id, currency, amount_minor)"
)
REPLACE = COLUMNS.replace("INSERT", "INSERT OR REPLACE").replace("(", "(id, ", 1)
ANY = "(SELECT max(id) FROM ledger_transaction)"
TWO = "(SELECT max(debit_id) FROM ledger_transfer), (SELECT max(credit_id) FROM ledger_transfer)"
FORBIDDEN = {
    "change a transfer": "UPDATE ledger_transfer SET amount_minor = 1",
    "delete a transfer": "DELETE FROM ledger_transfer",
    "change a transaction": "UPDATE ledger_transaction SET reason = 'x'",
    "delete a transaction": "DELETE FROM ledger_transaction",
    "change a seal": "UPDATE ledger_seal SET count = 0",
    "delete a seal": "DELETE FROM ledger_seal",
    "unseal a transaction": "DELETE FROM ledger_sealed",
    "change an audit entry": "UPDATE audit_entry SET words = 'x'",
    "delete an audit entry": "DELETE FROM audit_entry",
    "delete an account": "DELETE FROM ledger_account",
    "turn a guard off": "UPDATE ledger_account SET guarded = NOT guarded",
    "change a currency": "UPDATE ledger_account SET currency = 'KES'",
    "make money": "INSERT INTO ledger_account (kind, owner, currency, guarded, balance_minor) "
    "VALUES ('wallet', 'x', 'USD', true, 5)",
    "negative amount": f"{COLUMNS} VALUES ({ANY}, 9, {TWO}, 'EUR', -5)",
    "other currency": f"{COLUMNS} VALUES ({ANY}, 9, {TWO}, 'KES', 5)",
    "to itself": f"{COLUMNS} VALUES ({ANY}, 9, (SELECT max(debit_id) FROM ledger_transfer), "
    "(SELECT max(debit_id) FROM ledger_transfer), 'EUR', 5)",
}
ONLY_SQLITE = {
    "replace a transfer": f"{REPLACE} SELECT id, transaction_id, leg, debit_id, credit_id, "
    "currency, 7 FROM ledger_transfer",
    "replace an account": "INSERT OR REPLACE INTO ledger_account "
    "SELECT id, kind, owner, currency, guarded, 0 FROM ledger_account",
}
ONLY_POSTGRESQL = {
    "set a balance": "UPDATE ledger_account SET balance_minor = balance_minor + 1",
    "truncate transfers": "TRUNCATE ledger_transfer",
    "truncate the audit": "TRUNCATE audit_entry CASCADE",
}


@pytest.fixture
def moved(world):
    """Rows in every guarded table."""
    put(world, 5_00)
    db.write(audit.record, actor=world.alice, action="deposit.settled", subject="deposit:1")
    db.write(seals.seal_due)
    db.write(chain_audit.seal_due)
    return world


def refused(statement: str) -> None:
    with pytest.raises(DBAPIError), db.unit_of_work(write=True) as session:
        session.connection().execute(text(statement))


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN)
def test_the_database_refuses_to(statement, moved):
    refused(statement)


@pytest.mark.parametrize("statement", ONLY_SQLITE.values(), ids=ONLY_SQLITE)
def test_sqlite_refuses_to(statement, moved, database):
    if database == "sqlite":
        refused(statement)


@pytest.mark.parametrize("statement", ONLY_POSTGRESQL.values(), ids=ONLY_POSTGRESQL)
def test_postgresql_refuses_to(statement, moved, database):
    if database == "postgresql":
        refused(statement)


def test_the_chains_are_sound(moved):
    assert db.read(verify.faults) == []
    assert db.read(chain_audit.faults) == []


def forged(session: Session, *statements: str) -> list[str]:
    """Return what the proof says after a thief with the file, whom no trigger stops."""
    connection = session.connection()
    for statement in statements:
        connection.execute(text(statement))
    return verify.faults(session)


def test_one_altered_amount_is_found(sqlite_world):
    put(sqlite_world, 5_00)
    db.write(seals.seal_due)
    with db.engine.connect() as connection:
        for trigger in ("ledger_transfer_no_update", "ledger_account_fixed"):
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        last = "(SELECT max(id) FROM ledger_transfer)"
        change = f"UPDATE ledger_transfer SET amount_minor = amount_minor + 1 WHERE id = {last}"
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            found = forged(session, change)
        connection.rollback()
    assert found
    assert db.read(verify.faults) == []


def test_one_raised_balance_is_found(sqlite_world):
    put(sqlite_world, 5_00)
    last = "(SELECT max(id) FROM ledger_account WHERE guarded)"
    change = f"UPDATE ledger_account SET balance_minor = balance_minor + 1 WHERE id = {last}"
    with db.engine.connect() as connection:
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            found = forged(session, change)
        connection.rollback()
    assert found


def test_start_refuses_a_database_without_a_guard(database):
    schema.require_ready(db.engine)
    on = {"sqlite": "", "postgresql": " ON ledger_transfer"}[database]
    with db.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER ledger_transfer_apply{on}"))
    with pytest.raises(schema.SchemaError, match=r"ledger_transfer_apply.*make migrate"):
        schema.require_ready(db.engine)
    with db.engine.begin() as connection:
        guards.install(connection)
    schema.require_ready(db.engine)


def test_migrations_match_the_models(database):
    command.check(schema._config())


def test_the_migrations_leave_every_trigger_and_every_check(database):
    """Alembic's own comparison does not look at CHECKs, and a batch change on SQLite drops them."""
    with db.engine.connect() as connection:
        assert guards.missing(connection) == []
        there = inspect(connection)
        for table in SQLModel.metadata.sorted_tables:
            wanted = {
                str(each.name) for each in table.constraints if isinstance(each, CheckConstraint)
            }
            found = {each["name"] for each in there.get_check_constraints(table.name)}
            assert wanted <= found, table.name
