"""What the ledger holds for a party's milestones, and what is on its way to a bank account."""

from typing import Any

from sqlalchemy import String, bindparam, label, literal, or_
from sqlalchemy import select as sql_select
from sqlmodel import Session, cast, col, func, select

from freelance_app import db
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


def _held(side: Any, whole: Any, mine: Any) -> Any:
    """Return the sums of what is held for one side, built once: the first page asks them."""
    owner = literal("milestone:", String) + cast(Milestone.id, String)
    currency, status = col(LedgerAccount.currency), col(Milestone.status)
    return (
        sql_select(
            label("currency", currency), label("status", status), label("minor", func.sum(mine))
        )
        .select_from(Milestone)
        .join(Contract, col(Contract.id) == Milestone.contract_id)
        .join(LedgerAccount, col(LedgerAccount.owner) == owner)
        .where(
            col(side) == bindparam("party_id"),
            or_(*[col(Contract.status) == each for each in RUNNING]),
            col(LedgerAccount.kind) == AccountKind.ESCROW,
            whole > 0,
        )
        .group_by(currency, status)
    )


_WHOLE = col(LedgerAccount.balance_minor)
_UNPAID = col(Milestone.amount_minor) - col(Milestone.released_minor)
_HELD = {
    True: _held(Contract.client_party_id, _WHOLE, _WHOLE),
    False: _held(Contract.freelancer_party_id, _WHOLE, _UNPAID),
}


def by_kind(session: Session, *, actor: Actor) -> dict[tuple[str, MoneyKind], int]:
    """Return what is held for the milestones of the actor's party, by currency and what it awaits.

    A client reads all that left the wallet; the client's own fee in it is not the freelancer's.
    """
    found: dict[tuple[str, MoneyKind], int] = {}
    for row in db.ask(session, _HELD[actor.is_company], party_id=actor.party_id):
        kind: MoneyKind = "review" if row.status is MilestoneStatus.SUBMITTED else "funded"
        found[row.currency, kind] = found.get((row.currency, kind), 0) + int(row.minor)
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
