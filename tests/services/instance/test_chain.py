"""Sealing costs what is unsealed, however many rows a chain has, and passes none by."""

from itertools import chain as joined

import pytest
from sqlalchemy import Connection, event, insert, text
from sqlmodel import col, select

from freelance_app import clock, db
from freelance_app.models import AuditEntry, AuditSeal, AuditSealed
from freelance_app.services.instance import chain
from freelance_app.services.instance.chain import AUDIT
from freelance_app.worker import sweeps

MANY = 20_000
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}
WHOLE_TABLE = {"sqlite": "SCAN ", "postgresql": "Seq Scan on "}


@pytest.fixture
def many(own_database):
    """Entries under one seal, as after years, and the next three that are not sealed."""
    with db.engine.begin() as connection:
        seal = {"id": 1, "previous_hash": chain.GENESIS, "hash": "1" * 64, "count": MANY}
        connection.execute(insert(AuditSeal), [seal | {"sealed_at": clock.now()}])
        add(connection, *range(1, MANY + 4))
        cover(connection, *range(1, MANY + 1))
        connection.execute(text("ANALYZE"))
        if own_database == "postgresql":  # rows with ids of ours went past its sequence
            connection.execute(text("SELECT setval('audit_seal_id_seq', 1)"))
    return own_database


def add(connection: Connection, *ids: int) -> None:
    entry = {"at": clock.now(), "action": "test.done", "subject": "x", "words": ""}
    connection.execute(insert(AuditEntry), [{"id": each, **entry} for each in ids])


def cover(connection: Connection, *ids: int) -> None:
    connection.execute(insert(AuditSealed), [{"entry_id": each, "seal_id": 1} for each in ids])


def plans(name: str, **how) -> str:
    """Return how the database goes through the tables for one sealing that seals nothing."""
    db.write(chain.seal_due, AUDIT)
    said = []

    def note(_connection, _cursor, statement, values, _context, _many):
        said.append((statement, values))

    with db.unit_of_work(write=True) as session:
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            chain.seal_due(session, AUDIT, **how)
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        searches = [each for each in said if "audit_sealed" in each[0]]
        explained = [
            session.connection().exec_driver_sql(f"{EXPLAIN[name]} {statement}", values)
            for statement, values in searches
        ]
        return "\n".join(str(row[-1]) for row in joined.from_iterable(explained))


def test_a_sealing_reads_no_table_from_end_to_end(many):
    found = plans(many)
    assert "audit_entry" in found
    assert WHOLE_TABLE[many] not in found


def steps(**how) -> int:
    """Return how many thousand steps SQLite makes for one sealing that seals nothing."""
    count = [0]

    def step() -> None:
        count[0] += 1

    with db.unit_of_work(write=True) as session:
        raw = session.connection().connection.driver_connection
        raw.set_progress_handler(step, 1_000)
        assert chain.seal_due(session, AUDIT, **how) == 0
        raw.set_progress_handler(None, 0)
    return count[0]


def test_its_cost_is_a_small_part_of_a_look_at_everything(many):
    db.write(chain.seal_due, AUDIT)
    if many == "sqlite":
        assert steps() * 5 < steps(is_thorough=True)
    else:
        assert WHOLE_TABLE[many] in plans(many, is_thorough=True)


def unsealed() -> list[int]:
    sealed = select(AuditSealed.entry_id)
    with db.unit_of_work() as session:
        return list(session.exec(select(AuditEntry.id).where(~col(AuditEntry.id).in_(sealed))))


def test_it_seals_what_is_new(many):
    assert db.write(chain.seal_due, AUDIT) == 3
    assert unsealed() == []
    assert db.write(chain.seal_due, AUDIT) == 0


def add_late(entry_id: int) -> None:
    """Commit an entry whose place in the order was passed already."""
    with db.engine.begin() as connection:
        add(connection, entry_id)


def test_an_entry_that_commits_after_later_ones_were_sealed_is_sealed(many):
    with db.engine.begin() as connection:
        add(connection, MANY + 10)
    sweeps.seal()
    add_late(MANY + 5)
    sweeps.seal()
    assert unsealed() == []


def test_one_that_commits_much_later_is_sealed_by_the_hourly_search(many):
    far = MANY + 10 + chain.ROWS_LOOKED_AT_AGAIN
    with db.engine.begin() as connection:
        add(connection, far)
    sweeps.seal()
    add_late(MANY + 5)
    sweeps.seal()
    assert unsealed() == [MANY + 5]
    sweeps.seal_stragglers()
    assert unsealed() == []
