"""Triggers that keep ledger and audit true whoever writes; installed after each migration.

A batch change by Alembic on SQLite drops triggers without a word, so they are no part of a
single revision: env.py installs them anew and the start refuses a database that lacks one.
"""

from sqlalchemy import Connection, text

APPEND_ONLY = (
    *("ledger_transaction", "ledger_transfer", "ledger_release", "ledger_seal", "ledger_sealed"),
    *("audit_entry", "audit_seal", "audit_sealed"),
)
INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
}
FIXED = ("kind", "owner", "currency", "guarded")

APPLY = """
    UPDATE ledger_account SET balance_minor = balance_minor - NEW.amount_minor
     WHERE id = NEW.debit_id AND guarded;
    UPDATE ledger_account SET balance_minor = balance_minor + NEW.amount_minor
     WHERE id = NEW.credit_id AND guarded;"""

POSTGRESQL_FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION '% refuses %', TG_TABLE_NAME, TG_OP; END $$""",
    f"""CREATE OR REPLACE FUNCTION ledger_apply() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN {APPLY} RETURN NULL; END $$""",
)


def _sqlite() -> dict[str, str]:
    """Return each trigger's name and what follows CREATE TRIGGER name."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'this table refuses it'); END"
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in FIXED)
    filled = "NEW.balance_minor <> 0"
    triggers = {
        f"{table}_no_{verb.lower()}": f"BEFORE {verb} ON {table} {refuse}"
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    }
    account = "ledger_account"
    return triggers | {
        "ledger_transfer_apply": f"AFTER INSERT ON ledger_transfer BEGIN {APPLY} END",
        f"{account}_starts_empty": f"BEFORE INSERT ON {account} WHEN {filled} {refuse}",
        f"{account}_fixed": f"BEFORE UPDATE ON {account} WHEN {changed} {refuse}",
        f"{account}_no_delete": f"BEFORE DELETE ON {account} {refuse}",
    }


def _postgresql() -> dict[str, str]:
    """Return the same; here a balance also moves by the transfers' trigger alone."""
    row = "FOR EACH ROW {} EXECUTE FUNCTION ledger_refuse()"
    statement = "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in FIXED)
    by_hand = f"WHEN ({changed} OR pg_trigger_depth() = 0)"
    triggers = {
        f"{table}_append_only": f"BEFORE UPDATE OR DELETE ON {table} {row.format('')}"
        for table in APPEND_ONLY
    } | {
        f"{table}_no_truncate": f"BEFORE TRUNCATE ON {table} {statement}"
        for table in (*APPEND_ONLY, "ledger_account")
    }
    account = "ledger_account"
    empty = row.format("WHEN (NEW.balance_minor <> 0)")
    return triggers | {
        "ledger_transfer_apply": (
            "AFTER INSERT ON ledger_transfer FOR EACH ROW EXECUTE FUNCTION ledger_apply()"
        ),
        f"{account}_starts_empty": f"BEFORE INSERT ON {account} {empty}",
        f"{account}_fixed": f"BEFORE UPDATE ON {account} {row.format(by_hand)}",
        f"{account}_no_delete": f"BEFORE DELETE ON {account} {row.format('')}",
    }


def install(connection: Connection) -> None:
    """Create every guard anew inside the caller's transaction."""
    if connection.dialect.name == "sqlite":
        for name, body in _sqlite().items():
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
            connection.execute(text(f"CREATE TRIGGER {name} {body}"))
        return
    for function in POSTGRESQL_FUNCTIONS:
        connection.execute(text(function))
    for name, body in _postgresql().items():
        connection.execute(text(f"CREATE OR REPLACE TRIGGER {name} {body}"))


def missing(connection: Connection) -> list[str]:
    """Return the names of the guards that the database lacks or has switched off."""
    name = connection.dialect.name
    wanted = _sqlite() if name == "sqlite" else _postgresql()
    return sorted(set(wanted) - set(connection.scalars(text(INSTALLED[name]))))
