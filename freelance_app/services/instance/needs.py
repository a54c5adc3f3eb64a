"""What waits for a person: each wing registers a read, `/home` shows them together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from freelance_app.security.actor import Actor
from freelance_app.services.instance.views import TodoView


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


def register(reader: Reader) -> Reader:
    """Add a wing's reader (a decorator)."""
    _readers.append(reader)
    return reader


def list_for(session: Session, *, actor: Actor) -> list[TodoView]:
    """Return all that waits for the actor, the most urgent first and marked as such."""
    found = [need for reader in _readers for need in reader(session, actor=actor)]
    key: Callable[[Need], tuple[bool, float]] = lambda need: (  # noqa: E731
        need.due_at is None,
        need.due_at.timestamp() if need.due_at else 0,
    )
    ordered = [need.todo for need in sorted(found, key=key)]
    return [replace(todo, is_first=index == 0) for index, todo in enumerate(ordered)]
