"""Outgoing mails: the outbox."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime, enum_type, new_public_id


class MailStatus(StrEnum):
    """Life of a mail.

    `kept` stays in the outbox because no server is set; `unknown` may have arrived, since the
    server's answer was lost, and is not sent again by itself.
    """

    DUE = "due"
    SENT = "sent"
    KEPT = "kept"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Mail(Table, table=True):
    """One mail to one address."""

    __table_args__ = (Index("ix_mail_status_due_at", "status", "due_at"),)

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    address: str = Field(max_length=254)
    subject: str = Field(max_length=200)
    body: str
    link: str = Field(default="", max_length=500, description="what the mail asks to open")
    status: MailStatus = Field(default=MailStatus.DUE, sa_type=enum_type(MailStatus))
    created_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime, description="a claim moves it on as a lease")
    tries: int = 0
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    fault: str = Field(default="", max_length=200, description="why the last try failed")
