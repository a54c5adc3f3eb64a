"""One conversation as a page shows it to one person."""

from dataclasses import dataclass, field, replace

from sqlalchemy import bindparam, exists, select
from sqlmodel import Session, col

from freelance_app import db
from freelance_app.models import Membership, Message, RoomKind, RoomMember, RoomRead
from freelance_app.security.actor import Actor
from freelance_app.services.instance.views import PersonView
from freelance_app.services.messages import rooms, windows
from freelance_app.services.messages.rooms import FoundRoom
from freelance_app.services.messages.windows import MessageView


@dataclass(frozen=True, slots=True)
class ConversationView:
    """A room with the messages that are on the page; empty while it loads.

    Attributes:
        href: the page of what it is about.
        is_seen: whether the other side has read the last message, which the reader's side wrote.
        can_write: false for those who only look.
    """

    id: str = ""
    kind: str = ""
    title: str = ""
    href: str = ""
    other: PersonView = field(default_factory=PersonView)
    messages: list[MessageView] = field(default_factory=list[MessageView])
    has_older: bool = False
    is_seen: bool = False
    can_write: bool = False

    def without_messages(self) -> "ConversationView":
        """Return what changes seldom, so that a page need not be sent the messages twice."""
        return replace(self, messages=[])


@dataclass(frozen=True, slots=True)
class NewsView:
    """What came to a room since a page was read; `has_more` when still more stands behind it."""

    messages: list[MessageView]
    has_more: bool
    is_seen: bool


def get_view(session: Session, *, actor: Actor, room_id: str) -> ConversationView:
    """Return a room with its newest messages.

    Raises:
        NotFoundError: no such room for this actor.
    """
    room = rooms.get(session, actor=actor, room_id=room_id)
    shown = windows.newest(session, room_id=room.id)
    return ConversationView(
        id=room.public_id,
        kind=room.kind.value,
        title=room.title,
        href=room.href,
        other=rooms.other_sides(session, actor=actor, room_ids=[room.id])[room.id],
        messages=windows.views(shown.rows, actor=actor),
        has_older=shown.has_more,
        is_seen=_is_seen(session, actor, room),
        can_write=actor.is_owner,
    )


def get_news(session: Session, *, actor: Actor, room_id: str, last: str) -> NewsView:
    """Return what was written after the last message on a page.

    Raises:
        NotFoundError: no such room for this actor.
    """
    room = rooms.get(session, actor=actor, room_id=room_id)
    shown = windows.after(session, room_id=room.id, last=last)
    return NewsView(
        messages=windows.views(shown.rows, actor=actor),
        has_more=shown.has_more,
        is_seen=_is_seen(session, actor, room),
    )


def get_view_of(
    session: Session, *, actor: Actor, kind: RoomKind, subject_id: str
) -> ConversationView:
    """Return the room of a proposal or contract.

    Raises:
        NotFoundError: no such room for this actor.
    """
    room_id = rooms.find(session, actor=actor, kind=kind, subject_id=subject_id)
    return get_view(session, actor=actor, room_id=room_id)


def older(
    session: Session, *, actor: Actor, room_id: str, before: str
) -> tuple[list[MessageView], bool]:
    """Return the messages before one, and whether there are still older ones.

    Raises:
        NotFoundError: no such room for this actor.
    """
    room = rooms.get(session, actor=actor, room_id=room_id)
    shown = windows.newest(session, room_id=room.id, before=before)
    return windows.views(shown.rows, actor=actor), shown.has_more


# Whether the actor wrote the last message and one of another side has read it.
_SEEN = select(col(Message.id)).where(
    col(Message.id) == bindparam("last"),
    col(Message.author_id) == bindparam("person"),
    exists()
    .where(
        col(RoomRead.room_id) == Message.room_id,
        col(RoomRead.last_message_id) >= Message.id,
        col(RoomRead.person_id) != bindparam("person"),
        col(Membership.person_id) == RoomRead.person_id,
        col(RoomMember.party_id) == Membership.party_id,
        col(RoomMember.room_id) == Message.room_id,
        col(RoomMember.party_id) != bindparam("party"),
    )
    .correlate(Message),
)


def _is_seen(session: Session, actor: Actor, room: FoundRoom) -> bool:
    if room.last_message_id is None:
        return False
    asked = {"last": room.last_message_id, "person": actor.person_id, "party": actor.party_id}
    return db.ask(session, _SEEN, **asked).first() is not None
