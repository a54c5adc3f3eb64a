"""What waits for a person: each wing registers a read, `/home` shows them together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from freelance_app.security.actor import Actor
from freelance_app.services.instance.numbers import Number
from freelance_app.services.instance.views import TodoView
from freelance_app.text import _


@dataclass(frozen=True, slots=True)
class Need:
    """Something to do, and until when; needs without a moment come last."""

    todo: TodoView
    due_at: datetime | None = None


class Reader(Protocol):
    """Return what waits for the actor, as far as one wing knows."""

    def __call__(self, session: Session, *, actor: Actor) -> Sequence[Need]:
        """Start from what the actor may see."""
        ...


_readers: list[Reader] = []
_waits: list[Reader] = []
_numbers: list[Number] = []


def register(reader: Reader) -> Reader:
    """Add a wing's reader of what waits for the actor (a decorator), its number apart."""
    _readers.append(reader)
    return reader


def register_waits(reader: Reader) -> Reader:
    """Add a wing's reader of what the actor's party waits for (a decorator)."""
    _waits.append(reader)
    return reader


def register_number(number: Number) -> Number:
    """Add how many needs a reader returns, for the frame of every page (a decorator)."""
    _numbers.append(number)
    return number


def numbers() -> tuple[Number, ...]:
    """Return what counts the needs of all wings; together they are as many as `list_for` has."""
    return tuple(_numbers)


def list_for(session: Session, *, actor: Actor) -> list[TodoView]:
    """Return all that waits for the actor, the most urgent first and marked as such."""
    ordered = _ordered(_found(session, _readers, actor))
    return [replace(todo, is_first=index == 0) for index, todo in enumerate(ordered)]


def waits_for(session: Session, *, actor: Actor) -> list[TodoView]:
    """Return what others have to do for the actor's party, without acts, the most urgent first.

    To those who only look, the owners of their own party are others.
    """
    found = _found(session, _waits, actor)
    if actor.party_id and not actor.is_owner:
        owner = replace(actor, is_owner=True, staff_roles=frozenset())
        found += [_of_owner(need) for need in _found(session, _readers, owner)]
    return _ordered(found)


def _of_owner(need: Need) -> Need:
    return replace(need, todo=replace(need.todo, who=_("An owner"), act=""))


def _found(session: Session, readers: Sequence[Reader], actor: Actor) -> list[Need]:
    return [need for reader in readers for need in reader(session, actor=actor)]


def _ordered(found: Sequence[Need]) -> list[TodoView]:
    """Return the earliest first; what has no moment comes last."""
    key: Callable[[Need], tuple[bool, float]] = lambda need: (  # noqa: E731
        need.due_at is None,
        need.due_at.timestamp() if need.due_at else 0,
    )
    return [need.todo for need in sorted(found, key=key)]
