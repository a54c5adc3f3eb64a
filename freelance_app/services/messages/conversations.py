"""One conversation as a page shows it to one person."""

from dataclasses import dataclass, field, replace

from sqlmodel import Session, col, func, select

from freelance_app.models import Membership, Room, RoomKind, RoomMember, RoomRead
from freelance_app.security.actor import Actor
from freelance_app.services.instance.views import PersonView
from freelance_app.services.messages import messages, rooms
from freelance_app.services.messages.messages import MessageView


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


def get_view(session: Session, *, actor: Actor, room_id: str, since: str = "") -> ConversationView:
    """Return a room with its newest messages, or with all from `since` on.

    Raises:
        NotFoundError: no such room for this actor.
    """
    room = rooms.get(session, actor=actor, room_id=room_id)
    shown = messages.window(session, room=room, since=since)
    return ConversationView(
        id=room.public_id,
        kind=room.kind.value,
        title=room.title,
        href=room.href,
        other=rooms.other_sides(session, actor=actor, room_ids=[room.id])[room.id],
        messages=messages.views(shown.rows, actor=actor),
        has_older=shown.has_older,
        is_seen=_is_seen(session, actor, room, shown),
        can_write=actor.is_owner,
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
    shown = messages.window(session, room=room, before=before)
    return messages.views(shown.rows, actor=actor), shown.has_older


def _is_seen(session: Session, actor: Actor, room: Room, shown: messages.Window) -> bool:
    if not shown.rows or shown.rows[-1][0].author_id != actor.person_id:
        return False
    others = (
        select(Membership.person_id)
        .join(RoomMember, col(RoomMember.party_id) == Membership.party_id)
        .where(RoomMember.room_id == room.id, RoomMember.party_id != actor.party_id)
    )
    furthest = select(func.max(RoomRead.last_message_id)).where(
        RoomRead.room_id == room.id,
        col(RoomRead.person_id).in_(others),
        RoomRead.person_id != actor.person_id,
    )
    return (session.exec(furthest).one() or 0) >= shown.rows[-1][0].id
