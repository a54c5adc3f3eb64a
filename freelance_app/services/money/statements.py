"""Every movement of one account, as its owner reads it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import case
from sqlmodel import Session, col, or_, select

from freelance_app.models import LedgerAccount, LedgerTransaction, LedgerTransfer
from freelance_app.money import Money
from freelance_app.services.instance import keyset
from freelance_app.services.instance.keyset import FIRST, Place
from freelance_app.services.money import statement_fees
from freelance_app.services.money.ledger import Account
from freelance_app.services.money.statement_fees import Movement, Parted
from freelance_app.text import _, day_text

ROWS = 20


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement; the amounts have their signs.

    Attributes:
        gross: what was funded or released, without fees; empty for other movements.
        fee: what the reader's side paid for it; empty where there was none.
        amount: what moved, fees and all.
    """

    id: int
    day: str
    what: str
    reason: str
    gross: str
    fee: str
    amount: str
    is_in: bool


@dataclass(frozen=True, slots=True)
class StatementView:
    """A page of movements, the newest first; the keys lead to the pages beside it."""

    lines: list[StatementLine] = field(default_factory=list[StatementLine])
    older: str = ""
    newer: str = ""
    has_fees: bool = False


def get(session: Session, account: Account, *, place: Place = FIRST) -> StatementView:
    """Return a page of an account's movements; the caller has checked who asks.

    A page's key is the hash of a transaction, which says nothing to those who do not see it.
    """
    own = session.exec(
        select(LedgerAccount.id).where(
            LedgerAccount.kind == account.kind, LedgerAccount.owner == account.owner
        )
    ).all()
    is_own = or_(col(LedgerTransfer.credit_id).in_(own), col(LedgerTransfer.debit_id).in_(own))
    moved = select(LedgerTransfer.transaction_id).where(is_own)
    query = select(LedgerTransaction).where(col(LedgerTransaction.id).in_(moved))
    page = keyset.read(session, query, LedgerTransaction, place=place, most=ROWS, name="hash")
    lines = _lines(session, page.rows, own)
    return StatementView(lines, page.older, page.newer, any(each.fee for each in lines))


def _lines(
    session: Session, transactions: list[LedgerTransaction], own: Sequence[int]
) -> list[StatementLine]:
    known = {each.id: each for each in transactions}
    came = case((col(LedgerTransfer.credit_id).in_(own), 1), else_=0)
    rows = session.exec(
        select(LedgerTransfer, came)
        .where(
            col(LedgerTransfer.transaction_id).in_(known),
            or_(col(LedgerTransfer.credit_id).in_(own), col(LedgerTransfer.debit_id).in_(own)),
        )
        .order_by(col(LedgerTransfer.transaction_id).desc(), col(LedgerTransfer.leg).desc())
    ).all()
    movements = [(known[transfer.transaction_id], transfer) for transfer, _came in rows]
    parted = statement_fees.parted(session, movements)
    return [
        _line(movement, parted.get(movement[1].id), is_in=bool(came))
        for movement, (_transfer, came) in zip(movements, rows, strict=True)
    ]


def _line(movement: Movement, parted: Parted | None, *, is_in: bool) -> StatementLine:
    transaction, transfer = movement
    sign = 1 if is_in else -1

    def signed(minor: int) -> str:
        return Money(minor, transfer.currency).format()

    return StatementLine(
        id=transfer.id,
        day=day_text(transaction.effective_at),
        what=_words(transaction.kind),
        reason=transaction.reason,
        gross=signed(sign * parted.gross_minor) if parted else "",
        fee=signed(-parted.fee_minor) if parted and parted.fee_minor else "",
        amount=signed(sign * transfer.amount_minor),
        is_in=is_in,
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
