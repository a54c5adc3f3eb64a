"""Contracts."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime, enum_type, new_public_id


class ContractStatus(StrEnum):
    """Life of a contract: active until every milestone is released, or it was ended before."""

    ACTIVE = "active"
    COMPLETED = "completed"
    ENDED = "ended"


FIRST_NUMBER = 1001


class Contract(Table, table=True):
    """Signed terms between a client's party and a freelancer's, in one currency.

    Its number follows from its row id, so that two contracts signed at once cannot have one number.
    """

    __table_args__ = (
        CheckConstraint("client_party_id <> freelancer_party_id", name="two_sides"),
        Index("ix_contract_client_party_id_id", "client_party_id", "id"),
        Index("ix_contract_client_party_id_status_id", "client_party_id", "status", "id"),
        Index("ix_contract_freelancer_party_id_id", "freelancer_party_id", "id"),
        Index("ix_contract_freelancer_party_id_status_id", "freelancer_party_id", "status", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=new_public_id, unique=True, max_length=20)
    offer_id: int = Field(unique=True, description="the offer that was accepted")
    client_party_id: int = Field(foreign_key="party.id")
    freelancer_party_id: int = Field(foreign_key="party.id")
    title: str = Field(max_length=120)
    scope: str = Field(max_length=20_000, description="Markdown, as signed")
    currency: str = Field(max_length=3)
    hours_a_week: int
    rate_minor: int = Field(sa_type=BigInteger, description="an hour; 0: none agreed")
    starts_on: date
    ends_on: date
    policies: str = Field(description="JSON snapshot, frozen")
    terms: str = Field(description="the rendered terms, as signed")
    terms_hash: str = Field(max_length=64, description="sha256 of `terms`, hex")
    offered_by_id: int = Field(foreign_key="person.id")
    offered_at: datetime = Field(sa_type=UtcDateTime)
    accepted_by_id: int = Field(foreign_key="person.id")
    accepted_at: datetime = Field(sa_type=UtcDateTime)
    status: ContractStatus = Field(default=ContractStatus.ACTIVE, sa_type=enum_type(ContractStatus))
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def number(self) -> str:
        """What people call the contract, from C-1001 on."""
        return f"C-{FIRST_NUMBER - 1 + self.id}"
