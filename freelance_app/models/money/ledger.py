"""The double-entry ledger: append only, kept by triggers (see models/guards.py)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime, enum_type

NOT_NEGATIVE = "not_negative"


class AccountKind(StrEnum):
    """What an account is for."""

    WALLET = "wallet"
    ESCROW = "escrow"
    EARNINGS = "earnings"
    TRANSIT = "transit"
    REFUND_TRANSIT = "refund_transit"
    SUSPENSE = "suspense"
    CLEARING = "clearing"
    REVENUE = "revenue"
    PROVIDER_FEES = "provider_fees"

    @property
    def is_guarded(self) -> bool:
        """Whether its balance is kept in the row and may never be negative.

        Accounts that every posting touches are not: a shared row is slow, so they are a SUM.
        """
        return self not in {self.CLEARING, self.REVENUE, self.PROVIDER_FEES}


class LedgerAccount(Table, table=True):
    """Money of one owner for one purpose in one currency; credits raise the balance."""

    __table_args__ = (
        UniqueConstraint("kind", "owner", "currency"),
        UniqueConstraint("id", "currency"),
        CheckConstraint("NOT guarded OR balance_minor >= 0", name=NOT_NEGATIVE),
    )

    id: int = Field(default=None, primary_key=True)
    kind: AccountKind = Field(sa_type=enum_type(AccountKind))
    owner: str = Field(max_length=64, description="such as party:3 or milestone:7")
    currency: str = Field(max_length=3)
    guarded: bool
    balance_minor: int = Field(default=0, sa_type=BigInteger, description="0 when not guarded")


class LedgerTransaction(Table, table=True):
    """One event of money."""

    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=120, description="such as milestone:7:release:1")
    kind: str = Field(max_length=32)
    actor_id: int | None = Field(default=None, foreign_key="person.id", description="null: worker")
    reason: str = Field(default="", max_length=200)
    contract_id: int | None = Field(default=None, foreign_key="contract.id", index=True)
    request_hash: str = Field(max_length=64)
    effective_at: datetime = Field(sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    hash: str = Field(unique=True, max_length=64, description="covers the row and its transfers")


class LedgerTransfer(Table, table=True):
    """One debit, one credit, one amount, one currency: unbalanced books cannot be written."""

    __table_args__ = (
        UniqueConstraint("transaction_id", "leg"),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        CheckConstraint("debit_id <> credit_id", name="two_accounts"),
        ForeignKeyConstraint(
            ["debit_id", "currency"], ["ledger_account.id", "ledger_account.currency"]
        ),
        ForeignKeyConstraint(
            ["credit_id", "currency"], ["ledger_account.id", "ledger_account.currency"]
        ),
    )

    id: int = Field(default=None, primary_key=True)
    transaction_id: int = Field(default=None, foreign_key="ledger_transaction.id")
    leg: int
    debit_id: int = Field(index=True)
    credit_id: int = Field(index=True)
    currency: str = Field(max_length=3)
    amount_minor: int = Field(sa_type=BigInteger)


class LedgerSeal(Table, table=True):
    """A link of the chain that `verify-ledger` follows."""

    id: int = Field(default=None, primary_key=True)
    previous_hash: str = Field(unique=True, max_length=64)
    hash: str = Field(unique=True, max_length=64)
    count: int
    sealed_at: datetime = Field(sa_type=UtcDateTime)


class LedgerSealed(Table, table=True):
    """Which seal a transaction belongs to."""

    transaction_id: int = Field(foreign_key="ledger_transaction.id", primary_key=True)
    seal_id: int = Field(foreign_key="ledger_seal.id", index=True)


# Wide enough that a sum by month reads nothing but the index.
_SUMMED = ("currency", "released_at", "amount_minor")


class LedgerRelease(Table, table=True):
    """A leg that paid out of what was held, with those whom it concerns; written as it is posted.

    What a party spent or earned in a time is a range of one index here. From the transfers alone
    it is a walk over every milestone of the market.
    """

    __table_args__ = (
        Index("ix_ledger_release_client_party_id", "client_party_id", *_SUMMED),
        Index("ix_ledger_release_freelancer_party_id", "freelancer_party_id", *_SUMMED),
    )

    transfer_id: int = Field(foreign_key="ledger_transfer.id", primary_key=True)
    client_party_id: int
    freelancer_party_id: int | None = Field(default=None, description="null: it was a fee")
    currency: str = Field(max_length=3)
    amount_minor: int = Field(sa_type=BigInteger)
    released_at: datetime = Field(sa_type=UtcDateTime)
