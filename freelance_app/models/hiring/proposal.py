"""Proposals: sealed answers to a job post."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime, enum_type, new_public_id


class ProposalStatus(StrEnum):
    """Life of a proposal; the last three are ends."""

    SUBMITTED = "submitted"
    SHORTLISTED = "shortlisted"
    HIRED = "hired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


ACTIVE = text("status NOT IN ('declined', 'withdrawn')")
UNREAD = text("status = 'submitted' AND viewed_at IS NULL")


class Proposal(Table, table=True):
    """What a freelancer would do for a post, for how much, in what time."""

    __table_args__ = (
        CheckConstraint("bid_minor > 0", name="bid_positive"),
        CheckConstraint("duration_days BETWEEN 1 AND 1000", name="duration_days"),
        Index(
            "uq_proposal_active",
            "job_id",
            "party_id",
            unique=True,
            sqlite_where=ACTIVE,
            postgresql_where=ACTIVE,
        ),
        Index(
            "ix_proposal_unread",
            "client_party_id",
            "job_id",
            sqlite_where=UNREAD,
            postgresql_where=UNREAD,
        ),
    )

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    job_id: int = Field(foreign_key="job_post.id", index=True)
    client_party_id: int = Field(foreign_key="party.id", description="whose post it answers")
    party_id: int = Field(foreign_key="party.id", index=True)
    author_id: int = Field(foreign_key="person.id")
    cover_letter: str = Field(max_length=10_000, description="Markdown, as typed")
    bid_minor: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3, description="the post's")
    duration_days: int
    status: ProposalStatus = Field(
        default=ProposalStatus.SUBMITTED, sa_type=enum_type(ProposalStatus)
    )
    decline_reason: str = Field(default="", max_length=500)
    created_at: datetime = Field(sa_type=UtcDateTime)
    viewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
