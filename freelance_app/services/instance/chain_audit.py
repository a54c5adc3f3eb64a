"""The audit's seals: a chain over its entries, like that of the ledger."""

from sqlmodel import Session

from freelance_app.services.instance import chain


def seal_due(session: Session) -> int:
    """Seal entries that are not sealed; return how many (call again until it is 0)."""
    return chain.seal_due(session, chain.AUDIT)


def faults(session: Session) -> list[str]:
    """Return what is wrong with the sealed entries, in sentences; an empty list proves them."""
    return chain.faults(session, chain.AUDIT)
