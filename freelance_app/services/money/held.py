"""What the ledger holds for a party's milestones, and what is on its way to a bank account."""

from sqlalchemy import ColumnElement, String, literal
from sqlmodel import Session, cast, col, func, select

from freelance_app.models import (
    AccountKind,
    Contract,
    ContractStatus,
    LedgerAccount,
    Milestone,
    MilestoneStatus,
    Payout,
)
from freelance_app.security.actor import Actor
from freelance_app.services.instance.views import MoneyKind

RUNNING = set(ContractStatus) - {ContractStatus.COMPLETED}


def is_party(actor: Actor) -> ColumnElement[bool]:
    """Whether the actor's party stands on its side of the contract."""
    side = Contract.client_party_id if actor.is_company else Contract.freelancer_party_id
    return col(side) == actor.party_id


def by_kind(session: Session, *, actor: Actor) -> dict[tuple[str, MoneyKind], int]:
    """Return what is held for the milestones of the actor's party, by currency and what it awaits.

    A client reads all that left the wallet; the client's own fee in it is not the freelancer's.
    """
    owner = literal("milestone:", String) + cast(Milestone.id, String)
    whole = LedgerAccount.balance_minor
    mine = whole if actor.is_company else Milestone.amount_minor - Milestone.released_minor
    rows = session.exec(
        select(LedgerAccount.currency, Milestone.status, func.sum(mine))
        .select_from(Milestone)
        .join(Contract, col(Contract.id) == Milestone.contract_id)
        .join(LedgerAccount, col(LedgerAccount.owner) == owner)
        .where(
            is_party(actor),
            col(Contract.status).in_(RUNNING),
            LedgerAccount.kind == AccountKind.ESCROW,
            whole > 0,
        )
        .group_by(col(LedgerAccount.currency), col(Milestone.status))
    )
    found: dict[tuple[str, MoneyKind], int] = {}
    for currency, status, minor in rows:
        kind: MoneyKind = "review" if status == MilestoneStatus.SUBMITTED else "funded"
        found[currency, kind] = found.get((currency, kind), 0) + int(minor)
    return found


def on_its_way(session: Session, *, actor: Actor) -> dict[str, int]:
    """Return what the actor's party asked to be paid out and was not sent yet, by currency."""
    owner = literal("payout:", String) + cast(Payout.id, String)
    rows = session.exec(
        select(LedgerAccount.currency, func.sum(LedgerAccount.balance_minor))
        .select_from(Payout)
        .join(LedgerAccount, col(LedgerAccount.owner) == owner)
        .where(
            Payout.party_id == actor.party_id,
            LedgerAccount.kind == AccountKind.TRANSIT,
            LedgerAccount.balance_minor > 0,
        )
        .group_by(col(LedgerAccount.currency))
    )
    return {currency: int(minor) for currency, minor in rows}
