"""A full disk, no free connection, a lock that nobody gives back: said, and nothing half done."""

from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import col, update

from freelance_app import db, engines
from freelance_app.errors import BusyError
from freelance_app.models import Milestone, schema
from freelance_app.services.contracts import releases
from tests.factories import add_world
from tests.fire.whole import half_done
from tests.services.contracts.signed import earnings, held
from tests.services.contracts.test_race import submitted

MANY = 1_000


def approve(world, signed) -> None:
    db.write(releases.approve, actor=world.alice, milestone_id=signed.milestones[0])


def assert_untouched(world, signed) -> None:
    assert (earnings(world), held(signed)) == (0, 100_00)
    assert db.read(half_done, [signed.row_id]) == []


def assert_works_again(world, signed) -> None:
    approve(world, signed)
    assert (earnings(world), held(signed)) == (100_00, 0)


@pytest.fixture
def limited(database, monkeypatch):
    """Use the same database with one connection, and with little patience."""
    monkeypatch.setattr(engines, "LOCK_SECONDS", 1)
    url, few = db.engine.url, {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.2}

    def use(**changed):
        engine = engines.make_engine(url.render_as_string(hide_password=False), **(few | changed))
        monkeypatch.setattr(db, "engine", engine)

    return use


def test_without_a_free_connection_nothing_happens(world, limited):
    signed = submitted(world)
    limited()
    with db.engine.connect(), pytest.raises(BusyError):
        approve(world, signed)
    assert_untouched(world, signed)
    assert_works_again(world, signed)


def test_a_lock_that_stays_is_not_waited_for_without_end(world, limited):
    signed = submitted(world)
    limited(pool_size=2)
    with db.unit_of_work(write=True) as session:
        mine = update(Milestone).where(col(Milestone.id) == signed.rows[0])
        session.exec(mine.values(title="Held"))
        with pytest.raises(BusyError):
            approve(world, signed)
        session.rollback()
    assert_untouched(world, signed)
    assert_works_again(world, signed)


def test_a_lock_of_another_program_is_not_waited_for_without_end(world, limited):
    signed = submitted(world)
    limited()
    program = engines.make_engine(db.engine.url.render_as_string(hide_password=False))
    with program.begin() as another:
        another.exec_driver_sql(f"UPDATE milestone SET title = 'Held' WHERE id = {signed.rows[0]}")
        with pytest.raises(BusyError):
            approve(world, signed)
        another.rollback()
    program.dispose()
    assert_untouched(world, signed)
    assert_works_again(world, signed)


def test_a_full_disk_stops_releases_and_loses_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(db, "engine", engines.make_engine(f"sqlite:///{tmp_path / 'small.db'}"))
    schema.upgrade()
    world = db.write(add_world)
    signed = submitted(world)
    fill_the_disk(tmp_path / "small.db", monkeypatch)
    paid = release_until_full(world, signed)
    assert (earnings(world), held(signed)) == (paid, 100_00 - paid)
    assert db.read(half_done, [signed.row_id]) == []
    monkeypatch.setattr(db, "engine", engines.make_engine(f"sqlite:///{tmp_path / 'small.db'}"))
    approve(world, signed)
    assert (earnings(world), held(signed)) == (100_00, 0)


def release_until_full(world, signed) -> int:
    """Release a cent at a time until the database refuses; return the cents released."""
    cent = {"actor": world.alice, "milestone_id": signed.milestones[0], "amount": "0.01"}
    for paid in range(MANY):
        try:
            db.write(releases.release, **cent)
        except BusyError:
            return paid
    raise AssertionError("the disk was never full")


def fill_the_disk(path: Path, monkeypatch) -> None:
    """Let the file grow by eight pages more."""
    engine = engines.make_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def limit(connection, _record):
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages + 8}")

    monkeypatch.setattr(db, "engine", engine)
