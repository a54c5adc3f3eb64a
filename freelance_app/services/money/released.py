"""What was paid out of held money, counted for both sides while the ledger posts it.

The rows repeat the ledger, so they are only written with a posting and never changed, and
`verify-ledger` compares them with what was posted.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from itertools import zip_longest
from typing import Any

from sqlalchemy import bindparam, case, insert, true
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func

from freelance_app import db
from freelance_app.models import (
    AccountKind,
    Contract,
    LedgerAccount,
    LedgerRelease,
    LedgerTransaction,
    LedgerTransfer,
)
from freelance_app.security.actor import Actor

HELD = AccountKind.ESCROW
PAID = (AccountKind.EARNINGS, AccountKind.REVENUE)

_COLUMNS = (
    *("transfer_id", "client_party_id", "freelancer_party_id"),
    *("currency", "amount_minor", "released_at"),
)


def is_paid(giver: AccountKind, taker: AccountKind) -> bool:
    """Whether a transfer between accounts of these kinds pays out of held money."""
    return giver is HELD and taker in PAID


def count(session: Session, *, transaction_id: int) -> None:
    """Write the rows of a transaction that was posted in this unit of work."""
    db.change(session, _COUNT, id=transaction_id)


def miscounted(session: Session) -> list[int]:
    """Return the row ids of transfers whose row is missing, wrong or invented."""
    rows = sa_select(*[col(getattr(LedgerRelease, name)) for name in _COLUMNS])
    both = _POSTED.union_all(rows).subquery()
    alone = sa_select(both.c[0]).group_by(*both.c).having(func.count() != 2)
    return sorted(set(db.ask(session, alone).scalars()))


def by_month(
    session: Session, *, actor: Actor, currency: str, starts: Sequence[datetime]
) -> list[int]:
    """Return what the actor's party spent or earned in each month, by the months' starts.

    What a client spent has the fees of both sides in it, what a freelancer earned has none.
    """
    side = "client_party_id" if actor.is_company else "freelancer_party_id"
    moments = {f"at_{number}": start for number, start in enumerate(starts)}
    asked = {"party_id": actor.party_id, "currency": currency, **moments}
    row = db.ask(session, _sums(side, len(starts)), **asked).one()
    return [int(minor) for minor in row]


@cache
def _sums(side: str, count: int) -> Any:
    """Return a SELECT with a sum for each month, built once, each a range of the side's index."""
    at, amount = col(LedgerRelease.released_at), func.sum(LedgerRelease.amount_minor)
    own = sa_select(func.coalesce(amount, 0)).where(
        getattr(LedgerRelease, side) == bindparam("party_id"),
        col(LedgerRelease.currency) == bindparam("currency"),
    )
    from_on = [at >= bindparam(f"at_{number}") for number in range(count)]
    before = [at < bindparam(f"at_{number}") for number in range(1, count)]
    bounds = zip_longest(from_on, before, fillvalue=true())
    return sa_select(*[own.where(first, last).scalar_subquery() for first, last in bounds])


def _posted() -> Any:
    """Return what the rows have to be, from the ledger and the contracts alone."""
    giver, taker = aliased(LedgerAccount), aliased(LedgerAccount)
    earner = case((col(taker.kind) == AccountKind.EARNINGS, col(Contract.freelancer_party_id)))
    return (
        sa_select(
            *(col(LedgerTransfer.id), col(Contract.client_party_id), earner),
            *(col(LedgerTransfer.currency), col(LedgerTransfer.amount_minor)),
            col(LedgerTransaction.effective_at),
        )
        .select_from(LedgerTransaction)
        .join(LedgerTransfer, col(LedgerTransfer.transaction_id) == LedgerTransaction.id)
        .join(Contract, col(Contract.id) == LedgerTransaction.contract_id)
        .join(giver, col(giver.id) == LedgerTransfer.debit_id)
        .join(taker, col(taker.id) == LedgerTransfer.credit_id)
        .where(col(giver.kind) == HELD, col(taker.kind).in_(PAID))
    )


_POSTED = _posted()
_OWN = col(LedgerTransaction.id) == bindparam("id")
_COUNT = insert(LedgerRelease).from_select(_COLUMNS, _POSTED.where(_OWN))
