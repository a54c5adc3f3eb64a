"""Through which of a person's parties a page opens: links in notices and mails name no party.

Each wing registers what opens its pages; only parties of the person's own are ever tried, so that
a stranger learns nothing.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from freelance_app.errors import DomainError
from freelance_app.models import MemberRole, Membership, Party
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import sessions
from freelance_app.services.instance import notices

Opener = Callable[[Session, Actor, Sequence[str]], object]

_openers: dict[str, Opener] = {}


@dataclass(frozen=True, slots=True)
class Door:
    """Another party of the person that a page belongs to; empty when there is none."""

    party_id: str = ""
    name: str = ""


NO_DOOR = Door()


@dataclass(frozen=True, slots=True)
class Opened:
    """A notice that was opened: where it leads, and the party that is now acted for, if changed."""

    href: str
    door: Door


def register(root: str) -> Callable[[Opener], Opener]:
    """Register what opens the pages under a path (a decorator); it raises when it may not.

    The opener is given the parts of the path behind the root.
    """

    def keep(opener: Opener) -> Opener:
        _openers[root] = opener
        return opener

    return keep


def find(session: Session, *, actor: Actor, path: str) -> Door:
    """Return the other party of the actor's to which a page belongs."""
    for party, role in _others(session, actor):
        other = replace(
            actor,
            party_id=party.id,
            party_kind=party.kind.value,
            party_name=party.name,
            is_owner=role == MemberRole.OWNER,
        )
        if _opens(session, other, path):
            return Door(party.public_id, party.name)
    return NO_DOOR


def open_notice(session: Session, *, actor: Actor, notice_id: str, session_token: str) -> Opened:
    """Mark a notice as read, and let this session act for the party that it belongs to.

    Raises:
        NotFoundError: the actor has no such notice.
    """
    href = notices.mark_read(session, actor=actor, notice_id=notice_id)
    path = href.partition("?")[0]
    door = NO_DOOR if _opens(session, actor, path) else find(session, actor=actor, path=path)
    if door.party_id:
        sessions.act_for(session, actor=actor, token=session_token, party_id=door.party_id)
    return Opened(href, door)


def _others(session: Session, actor: Actor) -> list[tuple[Party, str]]:
    return list(
        session.exec(
            select(Party, Membership.role)
            .join(Membership, col(Membership.party_id) == Party.id)
            .where(Membership.person_id == actor.person_id, Party.id != actor.party_id)
            .order_by(col(Membership.id))
        )
    )


def _opens(session: Session, actor: Actor, path: str) -> bool:
    root, *rest = path.strip("/").split("/")
    opener = _openers.get(f"/{root}")
    if opener is None:
        return False
    with suppress(DomainError):
        opener(session, actor, rest)
        return True
    return False
