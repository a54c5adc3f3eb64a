"""What the frame of every page shows of a person: name of the instance, parties, counts.

Each wing registers its counter; a counter starts from what the actor may see.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlmodel import Session, col, func, select

from freelance_app.models import Instance, Notice
from freelance_app.security.actor import Actor
from freelance_app.services.instance import needs
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
_parties: list[PartyReader] = []


def register(name: Name) -> Callable[[Counter], Counter]:
    """Register a wing's counter (a decorator)."""

    def keep(counter: Counter) -> Counter:
        _counters[name] = counter
        return counter

    return keep


def register_parties(reader: PartyReader) -> PartyReader:
    """Register what lists the parties of a person (a decorator; the accounts wing)."""
    _parties.append(reader)
    return reader


def shell(session: Session, *, actor: Actor) -> ShellView:
    """Return the frame of a page for the actor."""
    instance = session.get(Instance, 1)
    who = person_view(actor.party_name or actor.name, row_id=actor.party_id or actor.person_id)
    return ShellView(
        brand=instance.name if instance else DEFAULT_BRAND,
        initials=who.initials,
        tint=who.tint,
        needs=_text(len(needs.list_for(session, actor=actor))),
        notices=_text(_unread(session, actor)),
        **{name: _text(counter(session, actor)) for name, counter in _counters.items()},
        parties=[choice for reader in _parties for choice in reader(session, actor)],
    )


def count(session: Session, *, actor: Actor, name: Name) -> str:
    """Return one of the counts of the frame."""
    return _text(_counters[name](session, actor))


def _unread(session: Session, actor: Actor) -> int:
    unread = select(func.count()).where(
        Notice.person_id == actor.person_id, col(Notice.read_at).is_(None)
    )
    return session.exec(unread).one()


def _text(count: int) -> str:
    return "" if not count else f"{MOST}+" if count > MOST else str(count)
