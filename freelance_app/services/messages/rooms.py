"""Rooms: who may know of which, and the list of conversations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from freelance_app import clock, routes
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


def get(session: Session, *, actor: Actor, room_id: str) -> Room:
    """Return the row, for services of this wing only.

    Raises:
        NotFoundError: no such room for this actor.
    """
    room = session.exec(visible_to(actor).where(Room.public_id == room_id)).first()
    if room is None:
        raise NotFoundError(_("There is no such conversation."))
    return room


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
    rows = (
        select(Membership.person_id)
        .join(RoomMember, col(RoomMember.party_id) == Membership.party_id)
        .where(RoomMember.room_id == room_id)
        .distinct()
    )
    return list(session.exec(rows))


def list_for(session: Session, *, actor: Actor, before: str = "") -> RoomsPage:
    """Return the actor's conversations that have a message, the newest first."""
    query = (
        select(Room, Message)
        .join(RoomMember, col(RoomMember.room_id) == Room.id)
        .join(Message, col(Message.id) == Room.last_message_id)
        .where(RoomMember.party_id == actor.party_id)
    )
    if before:
        edge = select(Message.id).where(Message.public_id == before).scalar_subquery()
        query = query.where(col(Room.last_message_id) < edge)
    rows = session.exec(query.order_by(col(Room.last_message_id).desc()).limit(PAGE + 1)).all()
    shown = rows[:PAGE]
    room_ids = [room.id for room, _message in shown]
    others = other_sides(session, actor=actor, room_ids=room_ids)
    unread = unread_by_room(session, actor=actor)
    return RoomsPage(
        rooms=[
            _summary(room, message, actor, others[room.id], unread.get(room.id, 0))
            for room, message in shown
        ],
        before=shown[-1][1].public_id if len(rows) > PAGE else "",
    )


def _summary(
    room: Room, message: Message, actor: Actor, other: PersonView, unread: int
) -> RoomSummary:
    words = opening(message.body)
    mine = message.author_id == actor.person_id
    return RoomSummary(
        id=room.public_id,
        href=routes.room(room.public_id),
        title=room.title,
        other=other,
        last=_("You: {words}").format(words=words) if mine else words,
        at=_brief(message),
        unread=str(unread) if unread else "",
    )


def _brief(message: Message) -> str:
    at = message.created_at
    return time_text(at) if day_text(at) == day_text(clock.now()) else short_day_text(at)


def opening(body: str) -> str:
    """Return the first words of a message on one line."""
    words = " ".join(body.split())
    return words if len(words) <= OPENING else f"{words[:OPENING].rstrip()}…"


def other_sides(
    session: Session, *, actor: Actor, room_ids: Sequence[int]
) -> dict[int, PersonView]:
    """Return by room who else is in it; several parties are named together."""
    rows = session.exec(
        select(RoomMember.room_id, Party)
        .join(Party, col(Party.id) == RoomMember.party_id)
        .where(col(RoomMember.room_id).in_(room_ids), RoomMember.party_id != actor.party_id)
        .order_by(col(Party.id))
    )
    parties: dict[int, list[Party]] = {room_id: [] for room_id in room_ids}
    for room_id, party in rows:
        parties[room_id].append(party)
    return {room_id: _side(found) for room_id, found in parties.items()}


def _side(parties: Sequence[Party]) -> PersonView:
    if not parties:
        return PersonView()
    name = ", ".join(party.name for party in parties)
    is_company = parties[0].kind is PartyKind.COMPANY
    return person_view(name, row_id=parties[0].id, is_company=is_company)


def unread_by_room(session: Session, *, actor: Actor) -> dict[int, int]:
    """Return by room how much others wrote since the actor last looked; read rooms are left out."""
    seen = func.coalesce(RoomRead.last_message_id, 0)
    mine = (col(RoomRead.room_id) == Room.id) & (col(RoomRead.person_id) == actor.person_id)
    rows = session.exec(
        select(Message.room_id, func.count())
        .select_from(RoomMember)
        .join(Room, col(Room.id) == RoomMember.room_id)
        .outerjoin(RoomRead, mine)
        .join(Message, (col(Message.room_id) == Room.id) & (col(Message.id) > seen))
        .where(
            RoomMember.party_id == actor.party_id,
            col(Room.last_message_id) > seen,
            Message.author_id != actor.person_id,
        )
        .group_by(col(Message.room_id))
    )
    return dict(rows.all())


@doors.register(routes.MESSAGES)
def open_page(session: Session, actor: Actor, parts: Sequence[str]) -> None:
    """Open the pages of a conversation.

    Raises:
        NotFoundError: there is none for this actor.
    """
    get(session, actor=actor, room_id="".join(parts[:1]))
