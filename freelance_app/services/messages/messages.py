"""Messages: writing, reading further, and how far each person has read."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import Session, col, select, update

from freelance_app import clock
from freelance_app.errors import InvalidError
from freelance_app.markup import SafeHtml, render
from freelance_app.models import Message, Party, Person, Room, RoomRead
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import access
from freelance_app.services.instance import audit, counts, deadlines, effects, events, notices
from freelance_app.services.instance.views import person_view
from freelance_app.services.messages import rooms
from freelance_app.text import _, day_text, time_text

PAGE = 30
MOST_SHOWN = 300
LONGEST = 10_000
NONCE_LENGTH = 64
# Whoever has the room open reads at once; only what stays unread becomes a notice and a mail.
GRACE = timedelta(minutes=1)
TELL = "messages.tell"
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message for one reader; `day` stands above the first of a day and is empty otherwise."""

    id: str
    author: str
    party: str
    initials: str
    tint: str
    is_mine: bool
    body: SafeHtml
    at: str
    iso: str
    date: str
    day: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """Messages in order of time, and whether there are older ones."""

    rows: Sequence[tuple[Message, Person, Party]]
    has_older: bool


def send(session: Session, *, actor: Actor, room_id: str, body: str, nonce: str = "") -> str:
    """Write a message and return its public id.

    A message that a tab sends again, since the answer was lost, has the same nonce and is not
    written twice.

    Raises:
        NotFoundError: no such room for this actor.
        NotPermittedError: the actor only looks.
        InvalidError: nothing was written, or too much.
    """
    room = rooms.get(session, actor=actor, room_id=room_id)
    access.require_owner(actor)
    words = _checked(body)
    key = _key(nonce or secrets.token_hex(), room, words)
    _lock(session, room)
    sent = select(Message.public_id).where(
        Message.author_id == actor.person_id, Message.nonce == key
    )
    if written := session.exec(sent).first():
        return written
    message = _write(session, actor, room, words, key)
    _let_know(session, room, message)
    audit.record(session, actor=actor, action="message.sent", subject=f"message:{message.id}")
    return message.public_id


def _lock(session: Session, room: Room) -> None:
    """Wait for others who write here: ids then grow in the order of the commits."""
    session.exec(select(Room.id).where(Room.id == room.id).with_for_update()).one()


def _checked(body: str) -> str:
    words = CONTROLS.sub("", body.replace("\r\n", "\n")).strip()
    if not words:
        raise InvalidError(_("Write a message first."), field="body")
    if len(words) > LONGEST:
        sentence = _("Write at most {most} characters; these are {count}.")
        raise InvalidError(sentence.format(most=LONGEST, count=len(words)), field="body")
    return words


def _key(nonce: str, room: Room, words: str) -> str:
    """Return what is the same only for the same words, sent again to the same room."""
    told = "\n".join((nonce[:NONCE_LENGTH], room.public_id, words))
    return hashlib.sha256(told.encode(errors="replace")).hexdigest()


def _write(session: Session, actor: Actor, room: Room, words: str, key: str) -> Message:
    message = Message(
        room_id=room.id,
        author_id=actor.person_id,
        party_id=actor.party_id,
        body=words,
        nonce=key,
        created_at=clock.now(),
    )
    session.add(message)
    session.flush()
    room.last_message_id = message.id
    session.flush()
    _read_up_to(session, actor.person_id, room, message.id)
    return message


def _let_know(session: Session, room: Room, message: Message) -> None:
    people = rooms.members(session, room_id=room.id)
    topics = [events.person_topic(person_id) for person_id in people]
    events.announce(session, events.room_topic(room.public_id), *topics)
    if deadlines.running(session, effect=TELL, subject_id=room.id) is None:
        due_at = message.created_at + GRACE
        deadlines.set_deadline(session, effect=TELL, subject_id=room.id, due_at=due_at)


@effects.register(TELL)
def tell(session: Session, *, subject_id: int) -> None:
    """Tell those who have not read a room, once until they read it."""
    room = session.get_one(Room, subject_id)
    _lock(session, room)
    for person_id in rooms.members(session, room_id=room.id):
        read = _read_of(session, room, person_id)
        first = _first_unread(session, room, person_id, read.last_message_id)
        if first and read.told_message_id <= read.last_message_id:
            _tell(session, room, person_id, first)
            read.told_message_id = first.id


def _read_of(session: Session, room: Room, person_id: int) -> RoomRead:
    """Return how far a person has read; the caller holds the room's lock."""
    return session.get(RoomRead, (room.id, person_id)) or session.merge(
        RoomRead(room_id=room.id, person_id=person_id)
    )


def _first_unread(session: Session, room: Room, person_id: int, seen: int) -> Message | None:
    unread = select(Message).where(
        Message.room_id == room.id, Message.author_id != person_id, col(Message.id) > seen
    )
    return session.exec(unread.order_by(col(Message.id)).limit(1)).first()


def _tell(session: Session, room: Room, person_id: int, message: Message) -> None:
    author = session.get_one(Person, message.author_id)
    words = {"title": room.title, "opening": rooms.opening(message.body)}
    subject = notices.Subject(href=room.href, words=words, actor_name=author.name)
    notices.notify(session, person_id=person_id, kind="message.received", subject=subject)


def mark_read(session: Session, *, actor: Actor, room_id: str, message_id: str) -> bool:
    """Note how far the actor has read, never backwards; return whether that is news.

    Raises:
        NotFoundError: no such room for this actor.
    """
    room = rooms.get(session, actor=actor, room_id=room_id)
    row_id = session.exec(
        select(Message.id).where(Message.room_id == room.id, Message.public_id == message_id)
    ).first()
    is_news = row_id is not None and _read_up_to(session, actor.person_id, room, row_id)
    if is_news:
        topics = events.room_topic(room.public_id), events.person_topic(actor.person_id)
        events.announce(session, *topics)
    return is_news


def _read_up_to(session: Session, person_id: int, room: Room, message_id: int) -> bool:
    if session.get(RoomRead, (room.id, person_id)) is None:
        _lock(session, room)
        _read_of(session, room, person_id)
        session.flush()
    moved = session.exec(
        update(RoomRead)
        .where(
            col(RoomRead.room_id) == room.id,
            col(RoomRead.person_id) == person_id,
            col(RoomRead.last_message_id) < message_id,
        )
        .values(last_message_id=message_id)
    )
    return moved.rowcount == 1


@counts.register("messages")
def unread_count(session: Session, actor: Actor) -> int:
    """Return how many messages wait for the actor, in all rooms of the acting party."""
    return sum(rooms.unread_by_room(session, actor=actor).values())


def window(session: Session, *, room: Room, since: str = "", before: str = "") -> Window:
    """Return the newest messages of a room that `rooms.get` gave.

    Args:
        session: a unit of work.
        room: the row.
        since: public id of the first message on the page: all from it on, at most MOST_SHOWN.
        before: public id of the first message on the page: those before it.
    """
    query = (
        select(Message, Person, Party)
        .join(Person, col(Person.id) == Message.author_id)
        .join(Party, col(Party.id) == Message.party_id)
        .where(Message.room_id == room.id)
    )
    if since:
        query = query.where(col(Message.id) >= _row_id(since))
    if before:
        query = query.where(col(Message.id) < _row_id(before))
    most = MOST_SHOWN if since else PAGE
    newest = list(session.exec(query.order_by(col(Message.id).desc()).limit(most + 1)))
    rows = newest[:most][::-1]
    return Window(rows, has_older=len(newest) > most or _has_before(session, room, rows))


def _row_id(message_id: str):
    return select(Message.id).where(Message.public_id == message_id).scalar_subquery()


def _has_before(
    session: Session, room: Room, rows: Sequence[tuple[Message, Person, Party]]
) -> bool:
    if not rows:
        return False
    older = select(Message.id).where(Message.room_id == room.id, col(Message.id) < rows[0][0].id)
    return session.exec(older.limit(1)).first() is not None


def views(rows: Sequence[tuple[Message, Person, Party]], *, actor: Actor) -> list[MessageView]:
    """Return messages as the actor sees them, with the days above them."""
    return with_days([_view(*row, actor) for row in rows])


def _view(message: Message, author: Person, party: Party, actor: Actor) -> MessageView:
    who = person_view(author.name, row_id=author.id)
    is_mine = author.id == actor.person_id
    is_colleague = party.id == actor.party_id or party.name == author.name
    return MessageView(
        id=message.public_id,
        author=_("You") if is_mine else author.name,
        party="" if is_mine or is_colleague else party.name,
        initials=who.initials,
        tint=who.tint,
        is_mine=is_mine,
        body=render(message.body),
        at=time_text(message.created_at),
        iso=message.created_at.isoformat(),
        date=day_text(message.created_at),
    )


def with_days(rows: Sequence[MessageView]) -> list[MessageView]:
    """Return the messages with the day above the first of each day."""
    dates = ["", *(row.date for row in rows)]
    return [
        replace(row, day="" if row.date == dates[index] else _day(row.date))
        for index, row in enumerate(rows)
    ]


def _day(date: str) -> str:
    today = clock.now()
    names = {day_text(today): _("Today"), day_text(today - timedelta(days=1)): _("Yesterday")}
    return names.get(date, date)
