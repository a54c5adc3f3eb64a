"""Files that people uploaded; the bytes lie in the store, never in the database."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime, new_public_id


class StoredFile(Table, table=True):
    """One upload. Until something links to it, only its uploader may read it."""

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    uploader_id: int = Field(foreign_key="person.id", index=True)
    party_id: int | None = Field(default=None, foreign_key="party.id")
    name: str = Field(max_length=200, description="as the person named it, cleaned")
    content_type: str = Field(max_length=100, description="by its content")
    size_bytes: int = Field(sa_type=BigInteger)
    sha256: str = Field(max_length=64)
    store_key: str = Field(unique=True, max_length=64)
    created_at: datetime = Field(sa_type=UtcDateTime)
    linked_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, index=True, description="none: removed after a day"
    )
