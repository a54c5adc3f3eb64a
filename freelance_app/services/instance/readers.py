"""Whom to tell, and how: asked as columns, since telling needs no person as an object."""

from typing import NamedTuple

from sqlalchemy import bindparam, label, select
from sqlmodel import Session, col

from freelance_app import db
from freelance_app.models import Person


class Reader(NamedTuple):
    """A person who is told something, in that person's language and zone."""

    person_id: int
    email: str
    language: str
    time_zone: str


# The columns of a Reader, for queries of other wings too.
COLUMNS = (
    label("person_id", col(Person.id)),
    col(Person.email),
    col(Person.language),
    col(Person.time_zone),
)
_READER = select(*COLUMNS).where(col(Person.id) == bindparam("person_id"))


def get(session: Session, person_id: int) -> Reader:
    """Return how to tell a person."""
    return Reader(*db.ask(session, _READER, person_id=person_id).one())
