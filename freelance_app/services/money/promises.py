"""Policies of payouts: they belong to no one contract, but the terms of each state them."""

from sqlmodel import Session, col, select

from freelance_app.models import Contract
from freelance_app.services.instance import policies


def value(session: Session, party_id: int, key: str) -> int:
    """Return a policy of a freelancer's payouts: today's, or the smallest that was signed.

    Terms hold what was signed for ever, so a later and stricter policy is for those whose contracts
    were all signed under it.
    """
    signed = session.exec(
        select(Contract.policies).where(col(Contract.freelancer_party_id) == party_id).distinct()
    )
    return min([policies.value(session, key), *(policies.frozen(each)[key] for each in signed)])
