"""Offers: terms that one side asks the other to sign."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime, enum_type, new_public_id


class OfferStatus(StrEnum):
    """Life of an offer: sent, then one of the ends."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


OPEN = text("status = 'sent'")


class Offer(Table, table=True):
    """A company's terms for one proposal."""

    __table_args__ = (
        Index(
            "uq_offer_open",
            "proposal_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        CheckConstraint("hours_a_week BETWEEN 1 AND 60", name="hours_a_week"),
        CheckConstraint("rate_minor >= 0", name="rate_not_negative"),
    )

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    proposal_id: int = Field(foreign_key="proposal.id", index=True)
    client_party_id: int = Field(foreign_key="party.id", index=True)
    freelancer_party_id: int = Field(foreign_key="party.id", index=True)
    author_id: int = Field(foreign_key="person.id")
    title: str = Field(max_length=120)
    scope: str = Field(max_length=20_000, description="Markdown, as typed")
    currency: str = Field(max_length=3)
    hours_a_week: int
    rate_minor: int = Field(sa_type=BigInteger, description="an hour; 0: none agreed")
    starts_on: date
    ends_on: date = Field(description="the deadline of the whole work")
    policies: str = Field(description="JSON snapshot of every policy")
    terms: str = Field(description="the rendered terms, as both sides sign them")
    terms_hash: str = Field(max_length=64, description="sha256 of `terms`, hex")
    status: OfferStatus = Field(default=OfferStatus.SENT, sa_type=enum_type(OfferStatus))
    decline_reason: str = Field(default="", max_length=500)
    sent_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OfferMilestone(Table, table=True):
    """One milestone of the terms."""

    __table_args__ = (
        UniqueConstraint("offer_id", "number"),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
    )

    id: int = Field(default=None, primary_key=True)
    offer_id: int = Field(foreign_key="offer.id")
    number: int
    title: str = Field(max_length=120)
    amount_minor: int = Field(sa_type=BigInteger)
    due_on: date
