"""The audit: who did what, append-only by triggers, sealed into a chain like the ledger."""

from datetime import datetime

from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime


class AuditEntry(Table, table=True):
    """One act; ids and words, never personal text."""

    id: int = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    action: str = Field(max_length=64, index=True, description="such as milestone.released")
    actor_id: int | None = Field(default=None, description="person; null is the worker")
    party_id: int | None = Field(default=None, description="for whom the person acted")
    subject: str = Field(max_length=64, description="such as milestone:7")
    contract_id: int | None = Field(default=None, index=True, description="whose sides see it")
    words: str = Field(default="", max_length=200, description="figures and states, no names")


class AuditSeal(Table, table=True):
    """A link of the chain over the entries."""

    id: int = Field(default=None, primary_key=True)
    previous_hash: str = Field(unique=True, max_length=64)
    hash: str = Field(unique=True, max_length=64)
    count: int
    sealed_at: datetime = Field(sa_type=UtcDateTime)


class AuditSealed(Table, table=True):
    """Which seal an entry belongs to."""

    entry_id: int = Field(foreign_key="audit_entry.id", primary_key=True)
    seal_id: int = Field(foreign_key="audit_seal.id", index=True)
