"""Signed-in browsers and the single-use links that mails carry."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime, enum_type, new_public_id


class TokenPurpose(StrEnum):
    """What a single-use link does."""

    CONFIRM_EMAIL = "confirm_email"
    FIRST_START = "first_start"


class SignInSession(Table, table=True):
    """One signed-in browser; the token itself is only in its cookie."""

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    token_hash: str = Field(unique=True, max_length=64, description="sha256, hex")
    person_id: int = Field(foreign_key="person.id", index=True)
    party_id: int | None = Field(
        default=None, foreign_key="party.id", description="acts for; null: staff only"
    )
    device: str = Field(default="", max_length=100, description="browser and system, in words")
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_used_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class SingleUseToken(Table, table=True):
    """A link that works once; only a hash of it is kept."""

    id: int = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64, description="sha256, hex")
    purpose: TokenPurpose = Field(sa_type=enum_type(TokenPurpose))
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
