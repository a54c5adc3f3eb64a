"""The unit of work, and the look-up that waits for nobody."""

import asyncio

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import update

from freelance_app import db, engines
from freelance_app.models import Person
from freelance_app.services.accounts import actors, sessions


def name_of(token: str) -> str | None:
    actor = actors.actor_of(asyncio.run(db.look_up(actors.STATEMENT, actors.values(token))))
    return actor.name if actor else None


def test_a_read_may_change_nothing(world):
    with pytest.raises(DBAPIError), db.unit_of_work() as session:
        session.exec(update(Person).values(name="Mallory"))


def test_a_look_up_sees_what_was_committed_a_moment_ago(world):
    token = db.write(sessions.open_for, person_id=world.alice.person_id)
    assert name_of(token) == world.alice.name
    db.write(sessions.end, token=token)
    assert name_of(token) is None


def test_a_look_up_answers_while_somebody_writes(world):
    token = db.write(sessions.open_for, person_id=world.alice.person_id)
    with db.unit_of_work(write=True) as session:
        session.exec(update(Person).values(name="Mallory"))
        assert name_of(token) == world.alice.name
        session.rollback()


def test_a_look_up_may_change_nothing_and_leaves_no_transaction_open(sqlite):
    asyncio.run(db.look_up(actors.STATEMENT, actors.values("nothing")))
    driver = engines.loop_connection_of(db.engine).connection.driver_connection
    assert not driver.in_transaction
    with pytest.raises(Exception, match="readonly"):
        driver.execute("DELETE FROM person")
