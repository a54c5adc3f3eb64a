"""Signed-in browsers: opening, listing, ending, and acting as the person behind one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import bindparam
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, delete, select, update

from freelance_app import clock, db
from freelance_app.errors import NotFoundError, NotSignedInError
from freelance_app.models import Membership, Party, Person, SignInSession, StaffMember
from freelance_app.security import tokens
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import actors
from freelance_app.services.accounts.actors import find_actor
from freelance_app.services.instance import audit
from freelance_app.settings import settings
from freelance_app.text import _, moment_text, speaking

T = TypeVar("T")
TOUCH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SessionView:
    """A signed-in browser, as its person sees it."""

    id: str
    device: str
    opened_at: str
    last_used_at: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class Browser:
    """The browser that signs in.

    Attributes:
        device: browser and system in words.
        old_token: of the session that it has; a new one takes its place.
    """

    device: str = ""
    old_token: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session: its token for the cookie, and the person's language."""

    token: str
    language: str


def sign_in(session: Session, *, person_id: int, browser: Browser) -> Opened:
    """Open a session with a new token, always, and end the one that this browser had."""
    end(session, token=browser.old_token)
    token = open_for(session, person_id=person_id, device=browser.device)
    person = session.get_one(Person, person_id)
    actor = Actor(person_id, person.name)
    audit.record(session, actor=actor, action="session.opened", subject=f"person:{person_id}")
    return Opened(token, person.language)


def open_for(session: Session, *, person_id: int, device: str = "") -> str:
    """Open a session for the person's first party and return its token.

    The token is stored nowhere but in the cookie. Staff are signed out sooner than others.
    """
    token, now = tokens.new(), clock.now()
    membership = session.exec(
        select(Membership.party_id)
        .where(Membership.person_id == person_id)
        .order_by(col(Membership.id))
    ).first()
    session.add(
        SignInSession(
            token_hash=tokens.digest(token),
            person_id=person_id,
            party_id=membership,
            device=device[:100],
            created_at=now,
            last_used_at=now,
            expires_at=now + _lifetime(session, person_id),
        )
    )
    session.flush()
    return token


def _lifetime(session: Session, person_id: int) -> timedelta:
    roles = session.exec(select(StaffMember.role).where(StaffMember.person_id == person_id)).first()
    return timedelta(seconds=settings.staff_session_seconds if roles else settings.session_seconds)


def as_actor(session: Session, service: Callable[..., T], /, *, token: str, **arguments: Any) -> T:
    """Call a service as the person of a session, found in the same unit of work.

    Everything the service says is in the person's language and zone.

    Raises:
        NotSignedInError: the token opens no living session.
    """
    actor = find_actor(session, token=token)
    if actor is None:
        raise NotSignedInError(_("Please sign in."))
    with speaking(actor.language, actor.zone):
        return service(session, actor=actor, **arguments)


def as_guest(
    session: Session, service: Callable[..., T], /, *, language: str, **arguments: Any
) -> T:
    """Call a service for somebody who is not signed in; what it says is in this language."""
    with speaking(language):
        return service(session, **arguments)


IDLE = sql_select(col(SignInSession.id)).where(
    col(SignInSession.token_hash) == bindparam("token_hash"),
    col(SignInSession.expires_at) > bindparam("now"),
    col(SignInSession.last_used_at) < bindparam("since"),
)


def idle_values(token: str) -> dict[str, Any]:
    """Return what `IDLE` asks for: a living session whose last use is five minutes old."""
    return {**actors.values(token), "since": clock.now() - TOUCH}


def touch(session: Session, *, token: str) -> None:
    """Note that a session is in use and let it live on, at most every five minutes."""
    found = db.ask(session, IDLE, **idle_values(token)).first()
    if found:
        row, now = session.get_one(SignInSession, found.id), clock.now()
        row.last_used_at = now
        row.expires_at = now + _lifetime(session, row.person_id)


def end(session: Session, *, token: str) -> None:
    """End a session; an unknown token ends nothing."""
    session.exec(delete(SignInSession).where(col(SignInSession.token_hash) == tokens.digest(token)))


LIVING = (
    sql_select(
        col(SignInSession.public_id),
        col(SignInSession.device),
        col(SignInSession.created_at),
        col(SignInSession.last_used_at),
        col(SignInSession.token_hash),
    )
    .where(
        col(SignInSession.person_id) == bindparam("person_id"),
        col(SignInSession.expires_at) > bindparam("now"),
    )
    .order_by(col(SignInSession.last_used_at).desc())
)


def list_for(session: Session, *, actor: Actor, this_token: str) -> list[SessionView]:
    """Return the actor's living sessions, the one in use last first."""
    rows = db.ask(session, LIVING, person_id=actor.person_id, now=clock.now())
    this = tokens.digest(this_token)
    return [
        SessionView(
            id=row.public_id,
            device=row.device or _("Unknown device"),
            opened_at=moment_text(row.created_at),
            last_used_at=moment_text(row.last_used_at),
            is_this=row.token_hash == this,
        )
        for row in rows
    ]


def revoke(session: Session, *, actor: Actor, session_id: str) -> None:
    """End one of the actor's own sessions; it is refused at its next event.

    Raises:
        NotFoundError: the actor has no such session.
    """
    ended = session.exec(
        delete(SignInSession).where(
            col(SignInSession.public_id) == session_id,
            col(SignInSession.person_id) == actor.person_id,
        )
    ).rowcount
    if ended != 1:
        raise NotFoundError(_("There is no such session."))
    subject = f"person:{actor.person_id}"
    audit.record(session, actor=actor, action="session.revoked", subject=subject)


def revoke_others(session: Session, *, actor: Actor, this_token: str) -> int:
    """End all of the actor's sessions but this one; return how many ended."""
    ended = session.exec(
        delete(SignInSession).where(
            col(SignInSession.person_id) == actor.person_id,
            col(SignInSession.token_hash) != tokens.digest(this_token),
        )
    ).rowcount
    subject = f"person:{actor.person_id}"
    audit.record(session, actor=actor, action="sessions.revoked", subject=subject)
    return ended


def act_for(session: Session, *, actor: Actor, token: str, party_id: str) -> None:
    """Let this session act for another of the person's parties (one click, no second sign-in).

    Raises:
        NotFoundError: the person is no member of that party.
    """
    party = session.exec(
        select(Party.id)
        .join(Membership, col(Membership.party_id) == Party.id)
        .where(Party.public_id == party_id, Membership.person_id == actor.person_id)
    ).first()
    if party is None:
        raise NotFoundError(_("There is no such party."))
    session.exec(
        update(SignInSession)
        .where(col(SignInSession.token_hash) == tokens.digest(token))
        .values(party_id=party)
    )
