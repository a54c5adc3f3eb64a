"""People."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime, enum_type, new_public_id


class StaffRole(StrEnum):
    """What a person may do for the instance itself."""

    ADMINISTRATOR = "administrator"
    FINANCE = "finance"
    MODERATOR = "moderator"


class Person(Table, table=True):
    """Somebody with an account."""

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    email: str = Field(unique=True, max_length=254, description="lower case")
    handle: str = Field(unique=True, max_length=32, description="in the profile's address")
    name: str = Field(max_length=100)
    password_hash: str = Field(max_length=200)
    language: str = Field(default="en", max_length=2)
    time_zone: str = Field(default="UTC", max_length=64, description="IANA name")
    terms_version: str = Field(max_length=20, description="the terms that were consented to")
    terms_accepted_at: datetime = Field(sa_type=UtcDateTime)
    email_confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class StaffMember(Table, table=True):
    """A role that a person holds for the instance; one person may hold all three."""

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    role: StaffRole = Field(sa_type=enum_type(StaffRole), primary_key=True)
