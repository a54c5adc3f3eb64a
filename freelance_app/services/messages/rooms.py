"""Rooms: who may know of which, and the list of conversations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, exists, label
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from freelance_app import clock, db, routes
from freelance_app.errors import NotFoundError
from freelance_app.models import (
    Membership,
    Message,
    Party,
    PartyKind,
    Room,
    RoomKind,
    RoomMember,
    RoomRead,
)
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import doors
from freelance_app.services.instance.views import PersonView, person_view
from freelance_app.text import _, day_text, short_day_text, time_text

PAGE = 30
OPENING = 120


@dataclass(frozen=True, slots=True)
class RoomSummary:
    """A conversation in a list; `unread` is text, empty for none."""

    id: str
    href: str
    title: str
    other: PersonView
    last: str
    at: str
    unread: str = ""


@dataclass(frozen=True, slots=True)
class RoomsPage:
    """A part of the list, the newest first; `before` asks for the next part, empty for none."""

    rooms: list[RoomSummary] = field(default_factory=list[RoomSummary])
    before: str = ""


class FoundRoom(NamedTuple):
    """A room that the actor may see."""

    id: int
    public_id: str
    kind: RoomKind
    title: str
    href: str
    last_message_id: int | None


# Built once: to build them for each message costs more than to run them.
_MINE = sql_select(
    col(Room.id),
    col(Room.public_id),
    col(Room.kind),
    col(Room.title),
    col(Room.href),
    col(Room.last_message_id),
).where(
    col(Room.public_id) == bindparam("room"),
    exists().where(
        col(RoomMember.room_id) == Room.id, col(RoomMember.party_id) == bindparam("party")
    ),
)
_HOLD_MINE = _MINE.with_for_update(of=Room)
_HOLD = sql_select(col(Room.id)).where(col(Room.id) == bindparam("room")).with_for_update()
_PEOPLE = (
    sql_select(col(Membership.person_id))
    .join(RoomMember, col(RoomMember.party_id) == Membership.party_id)
    .where(col(RoomMember.room_id) == bindparam("room"))
    .distinct()
)
_LIST = (
    sql_select(
        label("room_id", col(Room.id)),
        label("room", col(Room.public_id)),
        label("title", col(Room.title)),
        label("message", col(Message.public_id)),
        label("body", col(Message.body)),
        label("author_id", col(Message.author_id)),
        label("created_at", col(Message.created_at)),
    )
    .select_from(RoomMember)
    .join(Room, col(Room.id) == RoomMember.room_id)
    .join(Message, col(Message.id) == Room.last_message_id)
    .where(col(RoomMember.party_id) == bindparam("party"))
    .order_by(col(Room.last_message_id).desc())
    .limit(bindparam("most"))
)
_EDGE = sql_select(col(Message.id)).where(col(Message.public_id) == bindparam("edge"))
_LIST_BEFORE = _LIST.where(col(Room.last_message_id) < _EDGE.scalar_subquery())
_OTHERS = (
    sql_select(
        label("room_id", col(RoomMember.room_id)),
        label("party_id", col(Party.id)),
        label("name", col(Party.name)),
        label("kind", col(Party.kind)),
    )
    .join(Party, col(Party.id) == RoomMember.party_id)
    .where(
        col(RoomMember.room_id).in_(bindparam("rooms", expanding=True)),
        col(RoomMember.party_id) != bindparam("party"),
    )
    .order_by(col(Party.id))
)
_seen = func.coalesce(RoomRead.last_message_id, 0)
_read_by_me = (col(RoomRead.room_id) == Room.id) & (col(RoomRead.person_id) == bindparam("person"))
_UNREAD = (
    sql_select(label("room_id", col(Message.room_id)), label("unread", func.count()))
    .select_from(RoomMember)
    .join(Room, col(Room.id) == RoomMember.room_id)
    .outerjoin(RoomRead, _read_by_me)
    .join(Message, (col(Message.room_id) == Room.id) & (col(Message.id) > _seen))
    .where(
        col(RoomMember.party_id) == bindparam("party"),
        col(Room.last_message_id) > _seen,
        col(Message.author_id) != bindparam("person"),
    )
    .group_by(col(Message.room_id))
)


def open_room(
    session: Session,
    *,
    kind: RoomKind,
    subject_id: str,
    title: str,
    href: str,
    party_ids: Iterable[int],
) -> Room:
    """Return the room of a subject, made now or before, with these parties among its members.

    Args:
        session: a write unit of work.
        kind: what it is about.
        subject_id: public id of the proposal or contract.
        title: what the list calls it.
        href: path of the subject's page.
        party_ids: row ids; the caller has checked that each may see the subject.
    """
    room = _of_subject(session, select(Room), kind, subject_id)
    if room is None:
        room = Room(kind=kind, subject_id=subject_id, title="", href=href, created_at=clock.now())
        session.add(room)
    room.title, room.href = title[:120], href
    session.flush()
    for party_id in party_ids:
        session.merge(RoomMember(room_id=room.id, party_id=party_id))
    session.flush()
    return room


def visible_to(actor: Actor) -> SelectOfScalar[Room]:
    """Return the query of the rooms in which the acting party is a member."""
    mine = select(RoomMember.room_id).where(RoomMember.party_id == actor.party_id)
    return select(Room).where(col(Room.id).in_(mine))


def get(session: Session, *, actor: Actor, room_id: str, is_held: bool = False) -> FoundRoom:
    """Return a room, for services of this wing only.

    Args:
        session: a unit of work, one that writes when the room is held.
        actor: who asks.
        room_id: public id.
        is_held: others who write here wait; ids then grow in the order of the commits.

    Raises:
        NotFoundError: no such room for this actor.
    """
    query = _HOLD_MINE if is_held else _MINE
    found = db.ask(session, query, room=room_id, party=actor.party_id).first()
    if found is None:
        raise NotFoundError(_("There is no such conversation."))
    return FoundRoom(*found)


def hold(session: Session, *, room_id: int) -> None:
    """Let others who write in this room wait until this unit of work has ended."""
    db.ask(session, _HOLD, room=room_id)


def find(session: Session, *, actor: Actor, kind: RoomKind, subject_id: str) -> str:
    """Return the public id of the room of a subject.

    Raises:
        NotFoundError: no such room for this actor.
    """
    room = _of_subject(session, visible_to(actor), kind, subject_id)
    if room is None:
        raise NotFoundError(_("There is no such conversation."))
    return room.public_id


def _of_subject(
    session: Session, query: SelectOfScalar[Room], kind: RoomKind, subject_id: str
) -> Room | None:
    return session.exec(query.where(Room.kind == kind, Room.subject_id == subject_id)).first()


def members(session: Session, *, room_id: int) -> list[int]:
    """Return the row ids of all people who may read a room, to tell them something."""
    return list(db.ask(session, _PEOPLE, room=room_id).scalars())


def list_for(session: Session, *, actor: Actor, before: str = "") -> RoomsPage:
    """Return the actor's conversations that have a message, the newest first."""
    asked = {"party": actor.party_id, "most": PAGE + 1, **({"edge": before} if before else {})}
    rows = db.ask(session, _LIST_BEFORE if before else _LIST, **asked).all()
    shown = rows[:PAGE]
    others = other_sides(session, actor=actor, room_ids=[row.room_id for row in shown])
    unread = unread_by_room(session, actor=actor)
    return RoomsPage(
        rooms=[
            _summary(row, actor, others[row.room_id], unread.get(row.room_id, 0)) for row in shown
        ],
        before=shown[-1].message if len(rows) > PAGE else "",
    )


def _summary(row: Any, actor: Actor, other: PersonView, unread: int) -> RoomSummary:
    words = opening(row.body)
    mine = row.author_id == actor.person_id
    return RoomSummary(
        id=row.room,
        href=routes.room(row.room),
        title=row.title,
        other=other,
        last=_("You: {words}").format(words=words) if mine else words,
        at=_brief(row.created_at),
        unread=str(unread) if unread else "",
    )


def _brief(at: datetime) -> str:
    return time_text(at) if day_text(at) == day_text(clock.now()) else short_day_text(at)


def opening(body: str) -> str:
    """Return the first words of a message on one line."""
    words = " ".join(body.split())
    return words if len(words) <= OPENING else f"{words[:OPENING].rstrip()}…"


def other_sides(
    session: Session, *, actor: Actor, room_ids: Sequence[int]
) -> dict[int, PersonView]:
    """Return by room who else is in it; several parties are named together."""
    parties: dict[int, list[Any]] = {room_id: [] for room_id in room_ids}
    for row in db.ask(session, _OTHERS, rooms=room_ids, party=actor.party_id):
        parties[row.room_id].append(row)
    return {room_id: _side(found) for room_id, found in parties.items()}


def _side(parties: Sequence[Any]) -> PersonView:
    if not parties:
        return PersonView()
    name = ", ".join(party.name for party in parties)
    is_company = parties[0].kind is PartyKind.COMPANY
    return person_view(name, row_id=parties[0].party_id, is_company=is_company)


def unread_by_room(session: Session, *, actor: Actor) -> dict[int, int]:
    """Return by room how much others wrote since the actor last looked; read rooms are left out."""
    rows = db.ask(session, _UNREAD, party=actor.party_id, person=actor.person_id)
    return {row.room_id: row.unread for row in rows}


@doors.register(routes.MESSAGES)
def open_page(session: Session, actor: Actor, parts: Sequence[str]) -> None:
    """Open the pages of a conversation.

    Raises:
        NotFoundError: there is none for this actor.
    """
    get(session, actor=actor, room_id="".join(parts[:1]))
