"""What the frame of every page shows of a person: name of the instance, parties, counts.

Each wing registers its counts; a count starts from what the actor may see.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from sqlalchemy import Select, label, literal, select
from sqlmodel import Session, col, func

from freelance_app.models import Instance, Notice
from freelance_app.security.actor import Actor
from freelance_app.services.instance import needs, numbers
from freelance_app.services.instance.numbers import PERSON_ID, Number
from freelance_app.services.instance.views import person_view

DEFAULT_BRAND = "Harbour"
MOST = 99
Name = Literal["messages", "proposals", "offers"]
Counter = Callable[[Session, Actor], int]
PartyReader = Callable[[Session, Actor], Sequence["PartyChoice"]]


@dataclass(frozen=True, slots=True)
class PartyChoice:
    """A party that the person may act for."""

    id: str
    name: str
    is_company: bool = False
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class ShellView:
    """The frame; counts are text, empty for none."""

    brand: str = DEFAULT_BRAND
    initials: str = ""
    tint: str = "bronze"
    needs: str = ""
    notices: str = ""
    messages: str = ""
    proposals: str = ""
    offers: str = ""
    parties: list[PartyChoice] = field(default_factory=list[PartyChoice])


_counters: dict[str, Counter] = {}
_numbers: dict[str, Number] = {}
_parties: list[PartyReader] = []


def register(name: Name) -> Callable[[Counter], Counter]:
    """Register a wing's counter that asks by itself (a decorator)."""

    def keep(counter: Counter) -> Counter:
        _counters[name] = counter
        return counter

    return keep


def register_number(name: Name) -> Callable[[Number], Number]:
    """Register a wing's count that the frame asks together with the others (a decorator)."""

    def keep(number: Number) -> Number:
        _numbers[name] = number
        return number

    return keep


def register_parties(reader: PartyReader) -> PartyReader:
    """Register what lists the parties of a person (a decorator; the accounts wing)."""
    _parties.append(reader)
    return reader


def shell(session: Session, *, actor: Actor) -> ShellView:
    """Return the frame of a page for the actor."""
    query = _frame(numbers.role_of(actor), tuple(_numbers.items()), needs.numbers())
    counted = dict(numbers.ask(session, query, actor))
    who = person_view(actor.party_name or actor.name, row_id=actor.party_id or actor.person_id)
    return ShellView(
        brand=counted.pop("brand") or DEFAULT_BRAND,
        initials=who.initials,
        tint=who.tint,
        **{name: _text(count) for name, count in counted.items()},
        **{name: _text(counter(session, actor)) for name, counter in _counters.items()},
        parties=[choice for reader in _parties for choice in reader(session, actor)],
    )


@cache
def _frame(
    role: Actor, named: tuple[tuple[str, Number], ...], waiting: tuple[Number, ...]
) -> Select[Any]:
    """Return the one SELECT of all that is counted for a role, built once."""
    brand = select(col(Instance.name)).where(col(Instance.id) == 1).scalar_subquery()
    unread = select(func.count()).where(
        col(Notice.person_id) == PERSON_ID, col(Notice.read_at).is_(None)
    )
    counts = [label(name, found) for name, number in named if (found := number(role)) is not None]
    return select(
        label("brand", brand),
        label("needs", sum(numbers.of(role, waiting), start=literal(0))),
        label("notices", unread.scalar_subquery()),
        *counts,
    )


def count(session: Session, *, actor: Actor, name: Name) -> str:
    """Return one of the counts of the frame."""
    if name in _counters:
        return _text(_counters[name](session, actor))
    return _text(numbers.total(session, (_numbers[name],), actor))


def _text(count: int) -> str:
    return "" if not count else f"{MOST}+" if count > MOST else str(count)
