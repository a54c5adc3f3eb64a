"""The ledger's seals: the chain that `verify-ledger` follows."""

from sqlmodel import Session

from freelance_app.models import LedgerSeal, LedgerSealed, LedgerTransaction
from freelance_app.services.instance import chain


def _digest(row: LedgerTransaction) -> str:
    return row.hash


LEDGER = chain.Chain(
    "ledger", LedgerTransaction, LedgerSeal, LedgerSealed, "transaction_id", _digest, 727_002
)


def seal_due(session: Session) -> int:
    """Seal transactions that are not sealed; return how many (call again until it is 0)."""
    return chain.seal_due(session, LEDGER)
