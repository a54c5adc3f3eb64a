"""Payouts: money that leaves to the people who earned it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime, enum_type, new_public_id


class PayoutStatus(StrEnum):
    """Life of a payout; paid money can still come back."""

    REQUESTED = "requested"
    PAID = "paid"
    FAILED = "failed"
    RETURNED = "returned"


class PayoutMethod(Table, table=True):
    """A bank account that a party may be paid to, once its waiting days are over."""

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    party_id: int = Field(foreign_key="party.id", index=True)
    provider: str = Field(max_length=32)
    holder: str = Field(max_length=100)
    account: str = Field(max_length=64, description="IBAN or account number")
    bank_code: str = Field(default="", max_length=32, description="BIC or bank code")
    bank_name: str = Field(default="", max_length=100)
    country: str = Field(max_length=2, description="ISO 3166")
    usable_at: datetime = Field(sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Payout(Table, table=True):
    """Earnings on their way to a bank account."""

    __table_args__ = (CheckConstraint("amount_minor > 0", name="amount_positive"),)

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    party_id: int = Field(foreign_key="party.id", index=True)
    method_id: int = Field(foreign_key="payout_method.id")
    author_id: int = Field(foreign_key="person.id")
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    provider: str = Field(max_length=32)
    status: PayoutStatus = Field(
        default=PayoutStatus.REQUESTED, sa_type=enum_type(PayoutStatus), index=True
    )
    note: str = Field(default="", max_length=200, description="why it failed or came back")
    created_at: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
