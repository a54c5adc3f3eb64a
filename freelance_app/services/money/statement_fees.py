"""What of a movement was a fee, read from the ledger and the rates that signed terms froze.

A release posts one leg for the fees of both sides, so each side's own follows from the rates.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from freelance_app.models import Contract, LedgerTransaction, LedgerTransfer
from freelance_app.services.instance import policies
from freelance_app.services.money import fees

Movement = tuple[LedgerTransaction, LedgerTransfer]


@dataclass(frozen=True, slots=True)
class Parted:
    """A movement of held money, both without a sign.

    Attributes:
        gross_minor: the part of the milestone that was funded or released.
        fee_minor: the fee of the side that reads.
    """

    gross_minor: int
    fee_minor: int


def parted(session: Session, movements: Sequence[Movement]) -> dict[int, Parted]:
    """Return what was funded or released, and its fee, by the row id of the transfer."""
    rates = _client_rates(session, [transaction for transaction, _transfer in movements])
    held = [transfer.debit_id for transaction, transfer in movements if _pays(transaction)]
    left = _left(session, held)
    found: dict[int, Parted] = {}
    for transaction, transfer in movements:
        rate = rates.get(transaction.contract_id or 0, 0)
        if transaction.kind == "fund":
            gross = fees.without_client_fee_minor(rate, moved_minor=transfer.amount_minor)
            found[transfer.id] = Parted(gross, transfer.amount_minor - gross)
        elif _pays(transaction):
            gross = _released_minor(left, transfer, rate)
            found[transfer.id] = Parted(gross, gross - transfer.amount_minor)
    return found


def _pays(transaction: LedgerTransaction) -> bool:
    return transaction.kind == "release" and transaction.contract_id is not None


def _client_rates(session: Session, transactions: Iterable[LedgerTransaction]) -> dict[int, int]:
    ids = {each.contract_id for each in transactions if each.contract_id is not None}
    rows = session.exec(select(Contract.id, Contract.policies).where(col(Contract.id).in_(ids)))
    return {row_id: policies.frozen(signed)["client_fee_basis_points"] for row_id, signed in rows}


def _left(session: Session, held: Sequence[int]) -> list[LedgerTransfer]:
    """Return all that was ever released from the held money of these accounts."""
    rows = session.exec(
        select(LedgerTransfer)
        .join(LedgerTransaction, col(LedgerTransaction.id) == LedgerTransfer.transaction_id)
        .where(col(LedgerTransfer.debit_id).in_(held), LedgerTransaction.kind == "release")
    )
    return list(rows)


def _released_minor(left: list[LedgerTransfer], transfer: LedgerTransfer, rate: int) -> int:
    """Return what a release paid with every fee of the freelancer, without the client's."""
    same = [each for each in left if each.debit_id == transfer.debit_id]
    before = sum(
        each.amount_minor for each in same if each.transaction_id < transfer.transaction_id
    )
    until = sum(
        each.amount_minor for each in same if each.transaction_id <= transfer.transaction_id
    )
    return fees.without_client_fee_minor(rate, moved_minor=until) - fees.without_client_fee_minor(
        rate, moved_minor=before
    )
