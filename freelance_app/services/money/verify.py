"""The proof that the books are sound: `python -m freelance_app verify-ledger`."""

from collections import defaultdict

from sqlalchemy import text
from sqlmodel import Session, col, select

from freelance_app.models import AccountKind, LedgerAccount, LedgerTransaction, LedgerTransfer
from freelance_app.services.instance import chain
from freelance_app.services.money import ledger_hash, released
from freelance_app.services.money.ledger_hash import Moved, Said
from freelance_app.services.money.seals import LEDGER

# Each finds rows that must not exist, by id; the sentence says what is wrong with them.
SEARCHES = {
    "account {}: the stored balance is not the sum of its transfers": """
        SELECT a.id FROM ledger_account a WHERE a.balance_minor <> CASE WHEN a.guarded THEN
            COALESCE((SELECT SUM(amount_minor) FROM ledger_transfer WHERE credit_id = a.id), 0)
          - COALESCE((SELECT SUM(amount_minor) FROM ledger_transfer WHERE debit_id = a.id), 0)
          ELSE 0 END""",
    "account {}: it is overdrawn": """
        SELECT id FROM ledger_account WHERE guarded AND balance_minor < 0""",
    "transfer {}: an account of it is missing or of another currency": """
        SELECT t.id FROM ledger_transfer t
          LEFT JOIN ledger_account d ON d.id = t.debit_id AND d.currency = t.currency
          LEFT JOIN ledger_account c ON c.id = t.credit_id AND c.currency = t.currency
         WHERE d.id IS NULL OR c.id IS NULL OR t.debit_id = t.credit_id OR t.amount_minor <= 0""",
    "transfer {}: its transaction is missing": """
        SELECT t.id FROM ledger_transfer t
          LEFT JOIN ledger_transaction x ON x.id = t.transaction_id WHERE x.id IS NULL""",
    "transaction {}: it moves nothing, or a leg is missing": """
        SELECT x.id FROM ledger_transaction x
          LEFT JOIN ledger_transfer t ON t.transaction_id = x.id
         GROUP BY x.id HAVING COUNT(t.id) = 0 OR COUNT(t.id) <> MAX(t.leg)""",
    "seal of transaction {}: the transaction is missing": """
        SELECT s.transaction_id FROM ledger_sealed s
          LEFT JOIN ledger_transaction x ON x.id = s.transaction_id WHERE x.id IS NULL""",
}


def faults(session: Session) -> list[str]:
    """Return what is wrong with the books, in sentences; an empty list proves them.

    Transactions that are not sealed yet are proven by their own hash.
    """
    return drift(session) + _unguarded(session) + _changed(session) + chain.faults(session, LEDGER)


def drift(session: Session) -> list[str]:
    """Return where stored balances and rows do not fit together: the part that is quick to ask."""
    found = [
        sentence.format(row_id)
        for sentence, search in SEARCHES.items()
        for row_id in session.scalars(text(search))
    ]
    return found + [
        f"transfer {row_id}: what its sides are told that it paid is not what it paid"
        for row_id in released.miscounted(session)
    ]


def _unguarded(session: Session) -> list[str]:
    """Return the accounts whose guard is not the one of their kind."""
    rows = session.exec(select(LedgerAccount.id, LedgerAccount.kind, LedgerAccount.guarded))
    return [
        f"account {row_id}: its guard is not that of a {kind} account"
        for row_id, kind, guarded in rows
        if guarded != AccountKind(kind).is_guarded
    ]


def _changed(session: Session) -> list[str]:
    """Return the transactions whose row or transfers are not what was posted."""
    transfers = _transfers(session)
    return [
        f"transaction {row.id}: its content was changed"
        for row in session.exec(select(LedgerTransaction).order_by(col(LedgerTransaction.id)))
        if row.request_hash != ledger_hash.of_request(_said(row), transfers[row.id])
        or row.hash != ledger_hash.of_row(row.request_hash, row.effective_at, row.created_at)
    ]


def _said(row: LedgerTransaction) -> Said:
    return Said(row.key, row.kind, row.actor_id, row.reason, row.contract_id)


def _transfers(session: Session) -> defaultdict[int, list[Moved]]:
    found: defaultdict[int, list[Moved]] = defaultdict(list)
    for row in session.exec(select(LedgerTransfer).order_by(col(LedgerTransfer.leg))):
        moved = Moved(row.leg, row.debit_id, row.credit_id, row.currency, row.amount_minor)
        found[row.transaction_id].append(moved)
    return found
