"""Every movement of one account, as its owner reads it."""

from dataclasses import dataclass

from sqlalchemy import case
from sqlmodel import Session, col, or_, select

from freelance_app.models import LedgerAccount, LedgerTransaction, LedgerTransfer
from freelance_app.money import Money
from freelance_app.services.money.ledger import Account
from freelance_app.text import _, day_text


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement; `amount` has its sign."""

    id: int
    day: str
    what: str
    reason: str
    amount: str
    is_in: bool


def lines(session: Session, account: Account, *, limit: int) -> list[StatementLine]:
    """Return the newest movements of an account; the caller has checked who asks."""
    own = select(LedgerAccount.id).where(
        LedgerAccount.kind == account.kind, LedgerAccount.owner == account.owner
    )
    ids = list(session.exec(own))
    is_in = case((col(LedgerTransfer.credit_id).in_(ids), 1), else_=0)
    rows = session.exec(
        select(LedgerTransaction, LedgerTransfer, is_in)
        .join(LedgerTransfer, col(LedgerTransfer.transaction_id) == LedgerTransaction.id)
        .where(or_(col(LedgerTransfer.credit_id).in_(ids), col(LedgerTransfer.debit_id).in_(ids)))
        .order_by(col(LedgerTransfer.id).desc())
        .limit(limit)
    )
    return [_line(transaction, transfer, bool(came)) for transaction, transfer, came in rows]


def _line(transaction: LedgerTransaction, transfer: LedgerTransfer, came: bool) -> StatementLine:
    amount = Money(transfer.amount_minor if came else -transfer.amount_minor, transfer.currency)
    return StatementLine(
        id=transfer.id,
        day=day_text(transaction.effective_at),
        what=_words(transaction.kind),
        reason=transaction.reason,
        amount=amount.format(),
        is_in=came,
    )


def _words(kind: str) -> str:
    known = {
        "deposit": _("Deposit"),
        "fund": _("Held for a milestone"),
        "release": _("Released"),
        "payout_requested": _("Payout asked for"),
        "payout_failed": _("Payout failed"),
        "payout_returned": _("Payout came back"),
    }
    return known.get(kind, kind)
