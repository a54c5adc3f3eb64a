"""Deposits: money that a client brings in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime, enum_type, new_public_id


class DepositStatus(StrEnum):
    """Life of a deposit: pending until money is seen, or given up."""

    PENDING = "pending"
    SETTLED = "settled"
    CANCELLED = "cancelled"


class Deposit(Table, table=True):
    """What a client says it will pay in; its reference finds it on a bank statement."""

    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        CheckConstraint("received_minor >= 0", name="received_not_negative"),
    )

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    reference: str = Field(unique=True, max_length=16, description="DEP-XXXXXX")
    party_id: int = Field(foreign_key="party.id", index=True)
    author_id: int = Field(foreign_key="person.id")
    amount_minor: int = Field(sa_type=BigInteger)
    received_minor: int = Field(default=0, sa_type=BigInteger, description="what really came")
    currency: str = Field(max_length=3)
    provider: str = Field(max_length=32)
    about: str = Field(default="", max_length=200, description="what it is for, in plain words")
    status: DepositStatus = Field(
        default=DepositStatus.PENDING, sa_type=enum_type(DepositStatus), index=True
    )
    created_at: datetime = Field(sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_by_id: int | None = Field(default=None, foreign_key="person.id")


class DepositPurpose(Table, table=True):
    """What a deposit is for: an effect that runs on a subject when the money is here."""

    deposit_id: int = Field(foreign_key="deposit.id", primary_key=True)
    effect: str = Field(primary_key=True, max_length=64, description="such as milestones.fund")
    subject_id: int = Field(primary_key=True, description="row id, such as a milestone's")
