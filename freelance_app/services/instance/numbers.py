"""Numbers of rows that wait for somebody, as parts of one SELECT that is built once for a role.

A number is a scalar subquery. Which one it is may depend on the role alone; whose rows it counts is
bound as `PARTY_ID` and `PERSON_ID` when it is asked.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Integer, RowMapping, ScalarSelect, Select, bindparam, label, literal, select
from sqlmodel import Session, func

from freelance_app import db
from freelance_app.security.actor import Actor

PARTY_ID = bindparam("party_id", type_=Integer())
PERSON_ID = bindparam("person_id", type_=Integer())
Number = Callable[[Actor], ScalarSelect[Any] | None]


def role_of(actor: Actor) -> Actor:
    """Return as what somebody acts, without who it is."""
    nobody = {"person_id": 0, "name": "", "party_id": 0, "party_name": ""}
    return replace(actor, **nobody, is_confirmed=True, language="", zone="")


def at_most(query: Any, most: int) -> ScalarSelect[Any]:
    """Return how many rows a query has, and no more than a list shows."""
    listed = query.order_by(None).limit(most).subquery()
    return select(func.count()).select_from(listed).scalar_subquery()


def of(role: Actor, numbers: Iterable[Number]) -> list[ScalarSelect[Any]]:
    """Return the parts of a SELECT, without those that are none for the role."""
    return [found for number in numbers if (found := number(role)) is not None]


def ask(session: Session, query: Select[Any], actor: Actor) -> RowMapping:
    """Run a SELECT of numbers for the actor."""
    asked = {"party_id": actor.party_id, "person_id": actor.person_id}
    return db.ask(session, query, **asked).mappings().one()


def total(session: Session, numbers: tuple[Number, ...], actor: Actor) -> int:
    """Return the sum of some numbers of the actor's."""
    return ask(session, _total(role_of(actor), numbers), actor)["total"]


@cache
def _total(role: Actor, numbers: tuple[Number, ...]) -> Select[Any]:
    return select(label("total", sum(of(role, numbers), start=literal(0))))
