"""Whether what happened to money happened whole or not at all."""

from sqlmodel import Session, col, func, select

from freelance_app.models import (
    LedgerTransaction,
    Milestone,
    MilestoneStatus,
    Payout,
    PayoutStatus,
)
from freelance_app.services.money import ledger, verify
from tests.services.contracts.signed import CURRENCY

PAID = {MilestoneStatus.RELEASED}
EMPTY = {MilestoneStatus.DRAFT}


def half_done(session: Session, contract_ids: list[int]) -> list[str]:
    """Return in words what the tables and the ledger tell differently; nothing is what we want."""
    milestones = session.exec(select(Milestone).where(col(Milestone.contract_id).in_(contract_ids)))
    told = [words for row in milestones for words in _of_milestone(session, row)]
    payouts = session.exec(select(Payout).where(Payout.currency == CURRENCY))
    return [
        *verify.faults(session),
        *told,
        *(w for row in payouts for w in _of_payout(session, row)),
    ]


def _of_milestone(session: Session, row: Milestone) -> list[str]:
    rest = 0 if row.status in EMPTY else row.amount_minor - row.released_minor
    held = ledger.balance(session, ledger.held_for(row.id), CURRENCY).minor
    pattern = f"milestone:{row.id}:release:%"
    posted = session.exec(
        select(func.count())
        .select_from(LedgerTransaction)
        .where(col(LedgerTransaction.key).like(pattern))
    ).one()
    found = []
    if held != rest:
        found.append(f"milestone {row.id} is {row.status} and {held} are held, not {rest}")
    if posted != row.releases:
        found.append(f"milestone {row.id} was released {row.releases} times, posted {posted} times")
    if row.status in PAID and row.released_minor != row.amount_minor:
        found.append(f"milestone {row.id} is released but not paid whole")
    return found


def _of_payout(session: Session, row: Payout) -> list[str]:
    expected = row.amount_minor if row.status is PayoutStatus.REQUESTED else 0
    moving = ledger.balance(session, ledger.transit_of(row.id), CURRENCY).minor
    if moving == expected:
        return []
    return [f"payout {row.id} is {row.status} and {moving} are on the way, not {expected}"]
