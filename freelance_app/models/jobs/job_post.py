"""Job posts."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime, enum_type, new_public_id


class JobStatus(StrEnum):
    """Life of a post: draft -> open -> closed."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Engagement(StrEnum):
    """How much of a week the work takes."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"


class JobPost(Table, table=True):
    """Work that a company offers for a fixed budget."""

    __table_args__ = (
        CheckConstraint("budget_minor > 0", name="budget_positive"),
        CheckConstraint("hours_a_week BETWEEN 1 AND 60", name="hours_a_week"),
        Index("ix_job_post_status_published_at_id", "status", "published_at", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    party_id: int = Field(foreign_key="party.id", index=True)
    author_id: int = Field(foreign_key="person.id")
    category_id: int = Field(foreign_key="category.id", index=True)
    title: str = Field(max_length=120)
    description: str = Field(max_length=20_000, description="Markdown, as typed")
    engagement: Engagement = Field(sa_type=enum_type(Engagement))
    hours_a_week: int
    budget_minor: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    status: JobStatus = Field(default=JobStatus.DRAFT, sa_type=enum_type(JobStatus))
    created_at: datetime = Field(sa_type=UtcDateTime)
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class JobSkill(Table, table=True):
    """A skill that a post asks for."""

    job_id: int = Field(foreign_key="job_post.id", primary_key=True)
    skill_id: int = Field(foreign_key="skill.id", primary_key=True, index=True)
