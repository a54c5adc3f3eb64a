"""The lines of the ledger as the sides of a contract see them."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from freelance_app.models import LedgerAccount, LedgerTransaction, LedgerTransfer
from freelance_app.money import Money, MoneyView
from freelance_app.text import day_text

PAGE = 50


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A transfer as a page shows it; its two accounts by their kind."""

    id: int
    posted_on: str
    kind: str
    debit: str
    credit: str
    amount: MoneyView


def list_for_contract(
    session: Session, *, contract_id: int, before_id: int | None = None, limit: int = PAGE
) -> list[LedgerLine]:
    """Return the lines of a contract, newest first; the caller has checked who asks.

    Args:
        session: a read is enough.
        contract_id: its row id.
        before_id: the last line that was shown, to go on after it.
        limit: how many at most.
    """
    giver, taker = aliased(LedgerAccount), aliased(LedgerAccount)
    is_wanted: list[ColumnElement[bool]] = [col(LedgerTransaction.contract_id) == contract_id]
    if before_id is not None:
        is_wanted.append(col(LedgerTransfer.id) < before_id)
    rows = session.exec(
        select(LedgerTransaction, LedgerTransfer, giver.kind, taker.kind)
        .join(LedgerTransfer, col(LedgerTransfer.transaction_id) == LedgerTransaction.id)
        .join(giver, col(giver.id) == LedgerTransfer.debit_id)
        .join(taker, col(taker.id) == LedgerTransfer.credit_id)
        .where(*is_wanted)
        .order_by(col(LedgerTransfer.id).desc())
        .limit(limit)
    )
    return [
        LedgerLine(
            id=transfer.id,
            posted_on=day_text(transaction.effective_at),
            kind=transaction.kind,
            debit=str(debit),
            credit=str(credit),
            amount=MoneyView.of(Money(transfer.amount_minor, transfer.currency)),
        )
        for transaction, transfer, debit, credit in rows
    ]
