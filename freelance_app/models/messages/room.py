"""Rooms: one model for every conversation, whatever it is about."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime, enum_type, new_public_id


class RoomKind(StrEnum):
    """What a room is about."""

    PROPOSAL = "proposal"
    CONTRACT = "contract"


class Room(Table, table=True):
    """A conversation about one subject."""

    __table_args__ = (UniqueConstraint("kind", "subject_id"),)

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    kind: RoomKind = Field(sa_type=enum_type(RoomKind))
    subject_id: str = Field(max_length=20, description="public id of the proposal or contract")
    title: str = Field(max_length=120)
    href: str = Field(max_length=200, description="the page of the subject")
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_message_id: int | None = Field(default=None, index=True, description="none: empty room")


class RoomMember(Table, table=True):
    """A party whose people may read a room; its owners may write."""

    room_id: int = Field(foreign_key="room.id", primary_key=True)
    party_id: int = Field(foreign_key="party.id", primary_key=True, index=True)


class Message(Table, table=True):
    """One message. Its id orders the room: who writes holds the room's row."""

    __table_args__ = (
        UniqueConstraint("author_id", "nonce"),
        Index("ix_message_room_id_id", "room_id", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    room_id: int = Field(foreign_key="room.id")
    author_id: int = Field(foreign_key="person.id")
    party_id: int = Field(foreign_key="party.id", description="for whom the author spoke")
    body: str = Field(max_length=10_000, description="Markdown, as typed")
    nonce: str = Field(max_length=64, description="the same for a message that is sent again")
    created_at: datetime = Field(sa_type=UtcDateTime)


class RoomRead(Table, table=True):
    """How far a person has read a room, and up to which message a notice went out."""

    room_id: int = Field(foreign_key="room.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    last_message_id: int = 0
    told_message_id: int = 0
