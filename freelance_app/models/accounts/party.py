"""Parties: who signs and owns money."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime, enum_type, new_public_id


class PartyKind(StrEnum):
    """A company hires, a freelancer (one person) or an agency works."""

    COMPANY = "company"
    FREELANCER = "freelancer"
    AGENCY = "agency"


class MemberRole(StrEnum):
    """What a member may do for a party: an owner everything, a viewer only look."""

    OWNER = "owner"
    VIEWER = "viewer"


class Party(Table, table=True):
    """One side of contracts, with its wallet or earnings."""

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    kind: PartyKind = Field(sa_type=enum_type(PartyKind))
    name: str = Field(max_length=100)
    created_at: datetime = Field(sa_type=UtcDateTime)


class Membership(Table, table=True):
    """A person who may act for a party."""

    __table_args__ = (UniqueConstraint("party_id", "person_id"),)

    id: int = Field(default=None, primary_key=True)
    party_id: int = Field(foreign_key="party.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    role: MemberRole = Field(sa_type=enum_type(MemberRole))
    created_at: datetime = Field(sa_type=UtcDateTime)
