"""Notices: what a person is told inside the app."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime, new_public_id


class Notice(Table, table=True):
    """One thing that happened, for one person, in that person's language when it happened."""

    __table_args__ = (Index("ix_notice_person_id_id", "person_id", "id"),)

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    person_id: int = Field(foreign_key="person.id")
    kind: str = Field(max_length=64, description="name in services/instance/notices.py")
    title: str = Field(max_length=200)
    detail: str = Field(default="", max_length=300)
    href: str = Field(max_length=200)
    actor_name: str = Field(default="", max_length=100)
    created_at: datetime = Field(sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
