"""Messages: writing, reading further, and how far each person has read."""

import hashlib
import re
import secrets
from datetime import timedelta

from sqlalchemy import bindparam, insert
from sqlalchemy import select as sql_select
from sqlalchemy import update as sql_update
from sqlmodel import Session, col, select

from freelance_app import clock, db
from freelance_app.errors import InvalidError
from freelance_app.models import Message, Person, Room, RoomRead
from freelance_app.models.base import new_public_id
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import access
from freelance_app.services.instance import audit, counts, deadlines, effects, events, notices
from freelance_app.services.messages import rooms
from freelance_app.services.messages.rooms import FoundRoom
from freelance_app.text import _

LONGEST = 10_000
NONCE_LENGTH = 64
# Whoever has the room open reads at once; only what stays unread becomes a notice and a mail.
GRACE = timedelta(minutes=1)
TELL = "messages.tell"
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

# Built once: to build them for each message costs more than to run them.
_SENT = sql_select(col(Message.public_id)).where(
    col(Message.author_id) == bindparam("author"), col(Message.nonce) == bindparam("nonce")
)
_INSERT = insert(Message).returning(col(Message.id))
_SET_LAST = (
    sql_update(Room)
    .where(col(Room.id) == bindparam("room"))
    .values(last_message_id=bindparam("message"))
)
_ROW_ID = sql_select(col(Message.id)).where(
    col(Message.room_id) == bindparam("room"), col(Message.public_id) == bindparam("message")
)
_MOVE = (
    sql_update(RoomRead)
    .where(
        col(RoomRead.room_id) == bindparam("room"),
        col(RoomRead.person_id) == bindparam("person"),
        col(RoomRead.last_message_id) < bindparam("message"),
    )
    .values(last_message_id=bindparam("message"))
)


def send(session: Session, *, actor: Actor, room_id: str, body: str, nonce: str = "") -> str:
    """Write a message and return its public id.

    A message that a tab sends again, since the answer was lost, has the same nonce and is not
    written twice.

    Raises:
        NotFoundError: no such room for this actor.
        NotPermittedError: the actor only looks.
        InvalidError: nothing was written, or too much.
    """
    room = rooms.get(session, actor=actor, room_id=room_id, is_held=True)
    access.require_owner(actor)
    words = _checked(body)
    key = _key(nonce or secrets.token_hex(), room, words)
    if written := db.ask(session, _SENT, author=actor.person_id, nonce=key).scalar():
        return written
    public_id, row_id = _write(session, actor, room, words, key)
    _let_know(session, room)
    audit.record(session, actor=actor, action="message.sent", subject=f"message:{row_id}")
    return public_id


def _checked(body: str) -> str:
    words = CONTROLS.sub("", body.replace("\r\n", "\n")).strip()
    if not words:
        raise InvalidError(_("Write a message first."), field="body")
    if len(words) > LONGEST:
        sentence = _("Write at most {most} characters; these are {count}.")
        raise InvalidError(sentence.format(most=LONGEST, count=len(words)), field="body")
    return words


def _key(nonce: str, room: FoundRoom, words: str) -> str:
    """Return what is the same only for the same words, sent again to the same room."""
    told = "\n".join((nonce[:NONCE_LENGTH], room.public_id, words))
    return hashlib.sha256(told.encode(errors="replace")).hexdigest()


def _write(
    session: Session, actor: Actor, room: FoundRoom, words: str, key: str
) -> tuple[str, int]:
    """Write a message in a room that is held, and return its public id and its row id."""
    public_id = new_public_id()
    message = {
        "public_id": public_id,
        "room_id": room.id,
        "author_id": actor.person_id,
        "party_id": actor.party_id,
        "body": words,
        "nonce": key,
        "created_at": clock.now(),
    }
    row_id = db.ask(session, _INSERT, **message).scalar_one()
    db.change(session, _SET_LAST, room=room.id, message=row_id)
    _read_up_to(session, actor.person_id, room.id, row_id)
    return public_id, row_id


def _let_know(session: Session, room: FoundRoom) -> None:
    people = rooms.members(session, room_id=room.id)
    topics = [events.inbox_topic(person_id) for person_id in people]
    events.announce(session, events.room_topic(room.public_id), *topics)
    if not deadlines.is_running(session, effect=TELL, subject_id=room.id):
        due_at = clock.now() + GRACE
        deadlines.set_deadline(session, effect=TELL, subject_id=room.id, due_at=due_at)


@effects.register(TELL)
def tell(session: Session, *, subject_id: int) -> None:
    """Tell those who have not read a room, once until they read it."""
    room = session.get_one(Room, subject_id)
    rooms.hold(session, room_id=subject_id)
    for person_id in rooms.members(session, room_id=room.id):
        read = _read_of(session, room.id, person_id)
        first = _first_unread(session, room, person_id, read.last_message_id)
        if first and read.told_message_id <= read.last_message_id:
            _tell(session, room, person_id, first)
            read.told_message_id = first.id


def _read_of(session: Session, room_id: int, person_id: int) -> RoomRead:
    """Return how far a person has read; the caller holds the room."""
    return session.get(RoomRead, (room_id, person_id)) or session.merge(
        RoomRead(room_id=room_id, person_id=person_id)
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
    row_id = db.ask(session, _ROW_ID, room=room.id, message=message_id).scalar()
    is_news = row_id is not None and _read_up_to(session, actor.person_id, room.id, row_id)
    if is_news:
        topics = events.room_topic(room.public_id), events.inbox_topic(actor.person_id)
        events.announce(session, *topics)
    return is_news


def _read_up_to(session: Session, person_id: int, room_id: int, message_id: int) -> bool:
    """Move the mark forwards; False when it is there or further already."""
    how_far = {"room": room_id, "person": person_id, "message": message_id}
    if db.change(session, _MOVE, **how_far):
        return True
    if session.get(RoomRead, (room_id, person_id)) is not None:
        return False
    rooms.hold(session, room_id=room_id)
    _read_of(session, room_id, person_id)
    session.flush()
    return bool(db.change(session, _MOVE, **how_far))


@counts.register("messages")
def unread_count(session: Session, actor: Actor) -> int:
    """Return how many messages wait for the actor, in all rooms of the acting party."""
    return sum(rooms.unread_by_room(session, actor=actor).values())
