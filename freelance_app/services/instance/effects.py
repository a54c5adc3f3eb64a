"""The one way upwards: a lower wing stores an effect's name, the upper wing registers it.

A deadline or a deposit names an effect (`milestone.auto_release`, `milestones.fund`); the function
runs in the unit of work of whoever calls it.
"""

from collections.abc import Callable
from typing import Protocol

from sqlmodel import Session


class Effect(Protocol):
    """What happens to a subject; must bear being called again for the same subject."""

    def __call__(self, session: Session, *, subject_id: int) -> None:
        """Act on the row of that id inside the caller's write unit of work."""
        ...


_effects: dict[str, Effect] = {}


def register(name: str) -> Callable[[Effect], Effect]:
    """Register a function under a name that rows will hold for years.

    Raises:
        ValueError: the name is taken (a bug).
    """

    def keep(effect: Effect) -> Effect:
        if name in _effects:
            raise ValueError(f"effect {name} is registered twice")
        _effects[name] = effect
        return effect

    return keep


def run(session: Session, name: str, *, subject_id: int) -> None:
    """Run an effect now, in the caller's write unit of work.

    Raises:
        LookupError: no wing registered that name (a bug).
    """
    if name not in _effects:
        raise LookupError(f"no effect is registered as {name}")
    _effects[name](session, subject_id=subject_id)


def names() -> list[str]:
    """Return every registered name."""
    return sorted(_effects)
