"""Deadlines: every timed thing is a row that both sides can see."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime, enum_type, new_public_id


class DeadlineStatus(StrEnum):
    """Life of a deadline; `failed` is one whose effect raised a bug too often."""

    DUE = "due"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Deadline(Table, table=True):
    """What happens by itself to a subject at a moment."""

    __table_args__ = (
        Index(
            "uq_deadline_running",
            "effect",
            "subject_id",
            unique=True,
            sqlite_where=text("status = 'due'"),
            postgresql_where=text("status = 'due'"),
        ),
        Index("ix_deadline_status_due_at", "status", "due_at"),
    )

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    effect: str = Field(max_length=64, description="name in services/instance/effects.py")
    subject_id: int = Field(description="row id of what the effect acts on")
    contract_id: int | None = Field(default=None, index=True, description="whose sides see it")
    starts_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    status: DeadlineStatus = Field(default=DeadlineStatus.DUE, sa_type=enum_type(DeadlineStatus))
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tries: int = 0
