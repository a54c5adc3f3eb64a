"""Milestones of a fixed-price contract, and the work handed in for them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime, enum_type, new_public_id


class MilestoneStatus(StrEnum):
    """Life of a milestone: draft -> funded -> submitted (<-> changes requested) -> released."""

    DRAFT = "draft"
    FUNDED = "funded"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    RELEASED = "released"


class Milestone(Table, table=True):
    """A piece of work with its own held money."""

    __table_args__ = (
        UniqueConstraint("contract_id", "number"),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        CheckConstraint(
            "released_minor >= 0 AND released_minor <= amount_minor", name="released_within"
        ),
    )

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    contract_id: int = Field(foreign_key="contract.id")
    number: int
    title: str = Field(max_length=120)
    amount_minor: int = Field(sa_type=BigInteger)
    released_minor: int = Field(default=0, sa_type=BigInteger, description="paid so far, gross")
    releases: int = Field(default=0, description="how many payments were made")
    due_on: date
    status: MilestoneStatus = Field(
        default=MilestoneStatus.DRAFT, sa_type=enum_type(MilestoneStatus)
    )
    funded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    released_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SubmissionStatus(StrEnum):
    """What the client answered to work handed in."""

    OPEN = "open"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"


class Submission(Table, table=True):
    """Work handed in for a milestone."""

    __table_args__ = (UniqueConstraint("milestone_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    milestone_id: int = Field(foreign_key="milestone.id")
    number: int
    author_id: int = Field(foreign_key="person.id")
    note: str = Field(max_length=5_000, description="Markdown, as typed")
    status: SubmissionStatus = Field(
        default=SubmissionStatus.OPEN, sa_type=enum_type(SubmissionStatus)
    )
    answer: str = Field(default="", max_length=5_000, description="which changes are asked for")
    created_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SubmissionFile(Table, table=True):
    """A deliverable: a stored file of a submission."""

    submission_id: int = Field(foreign_key="submission.id", primary_key=True)
    file_id: int = Field(foreign_key="stored_file.id", primary_key=True, index=True)
    version: int = Field(description="1 for the first file of this name in the contract")
