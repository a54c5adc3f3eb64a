"""Posting to the ledger and its balances; the triggers of models/guards.py keep it true.

There is no hash chain inside a posting, which would make each wait for the last one's commit:
the worker seals what was posted (services/money/seals.py).
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, case
from sqlalchemy import select as sql_select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col, func, or_, select

from freelance_app import clock, db
from freelance_app.errors import ConflictError, InsufficientFundsError
from freelance_app.models import AccountKind, LedgerAccount, LedgerTransaction, LedgerTransfer
from freelance_app.models.money.ledger import NOT_NEGATIVE
from freelance_app.money import Money
from freelance_app.services.money import ledger_hash, released
from freelance_app.services.money.ledger_hash import Moved, Said
from freelance_app.text import _

BANK, PLATFORM = "bank", "platform"


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """Whose money for what; the currency comes from the amount.

    Attributes:
        owner: such as party:3, milestone:7, payout:2 or a provider's name.
    """

    kind: AccountKind
    owner: str


@dataclass(frozen=True, slots=True)
class Leg:
    """One movement: the debited account gives, the credited one receives."""

    debit: Account
    credit: Account
    amount: Money


@dataclass(frozen=True, slots=True)
class Cause:
    """Why money moves.

    Attributes:
        key: unique for ever, such as milestone:7:release:1.
        kind: what happened: deposit, fund, release.
        actor_id: who did it; None is the worker.
        reason: one sentence for the audit.
        contract_id: the contract whose parties see the lines.
    """

    key: str
    kind: str
    actor_id: int | None = None
    reason: str = ""
    contract_id: int | None = None


_Open = tuple[Account, str]


def wallet_of(party_id: int) -> Account:
    """Return the account of a client's money that is bound to nothing."""
    return Account(AccountKind.WALLET, f"party:{party_id}")


def earnings_of(party_id: int) -> Account:
    """Return the account of what a freelancer may be paid out."""
    return Account(AccountKind.EARNINGS, f"party:{party_id}")


def held_for(milestone_id: int) -> Account:
    """Return the account of the money that is held for a milestone."""
    return Account(AccountKind.ESCROW, f"milestone:{milestone_id}")


def transit_of(payout_id: int) -> Account:
    """Return the account of a payout that was asked for and not sent yet."""
    return Account(AccountKind.TRANSIT, f"payout:{payout_id}")


def clearing_of(provider: str) -> Account:
    """Return the account of what came in and went out through a provider."""
    return Account(AccountKind.CLEARING, provider)


def revenue() -> Account:
    """Return the account of the platform's own fees."""
    return Account(AccountKind.REVENUE, PLATFORM)


def post(session: Session, *, cause: Cause, legs: Iterable[Leg]) -> None:
    """Write one transaction of transfers; legs of zero are left out.

    Needs a write unit of work. The accounts are locked, in the order of their ids, until its end.

    Raises:
        ConflictError: the cause's key was posted before.
        InsufficientFundsError: a wallet, escrow or earnings account would go below zero.
        ValueError: there is nothing to move (a bug).
    """
    moving = [leg for leg in legs if leg.amount.minor]
    if not moving:
        raise ValueError(f"nothing to post for {cause.key}")
    ids = _lock(session, moving)
    transfers = [
        Moved(
            leg=number,
            debit_id=ids[leg.debit, leg.amount.currency],
            credit_id=ids[leg.credit, leg.amount.currency],
            currency=leg.amount.currency,
            amount_minor=leg.amount.minor,
        )
        for number, leg in enumerate(moving, start=1)
    ]
    transaction_id = _write_transaction(session, cause, transfers)
    rows = [{"transaction_id": transaction_id, **moved._asdict()} for moved in transfers]
    try:
        db.insert(session, LedgerTransfer, *rows)
    except IntegrityError as error:
        if NOT_NEGATIVE in str(error.orig):
            raise InsufficientFundsError(_shortage(moving[0].debit)) from error
        raise
    if any(released.is_paid(leg.debit.kind, leg.credit.kind) for leg in moving):
        released.count(session, transaction_id=transaction_id)


def _lock(session: Session, legs: list[Leg]) -> dict[_Open, int]:
    """Return the row ids of every account of the legs, opened where new and locked in id order.

    SQLite's write unit of work is alone already. On PostgreSQL one order for all postings keeps
    opposite ones from killing each other; an account that is opened is locked by that, later than
    those that were there.
    """
    wanted = {(account, leg.amount.currency) for leg in legs for account in (leg.debit, leg.credit)}
    found = _find(session, wanted)
    for account, currency in sorted(wanted - set(found)):
        _open(session, account, currency)
    return found if len(found) == len(wanted) else _find(session, wanted)


def _find(session: Session, wanted: set[_Open]) -> dict[_Open, int]:
    """Lock those that are guarded; the others are shared by all postings and only looked up."""
    if not db.locks_rows(session):
        return _ask(session, wanted, lock=False)
    guarded = {each for each in wanted if each[0].kind.is_guarded}
    return _ask(session, guarded, lock=True) | _ask(session, wanted - guarded, lock=False)


def _ask(session: Session, wanted: set[_Open], *, lock: bool) -> dict[_Open, int]:
    if not wanted:
        return {}
    values: dict[str, str] = {}
    for number, (account, currency) in enumerate(wanted):
        values |= {
            f"kind_{number}": account.kind,
            f"owner_{number}": account.owner,
            f"currency_{number}": currency,
        }
    rows = db.ask(session, _query(len(wanted), lock=lock), **values)
    return {
        (Account(AccountKind(kind), owner), currency): row_id
        for row_id, kind, owner, currency in rows
    }


@cache
def _query(accounts: int, *, lock: bool) -> Select[int, str, str, str]:
    """Return the query of so many accounts; a list of any length costs twice."""
    wanted = [
        and_(
            col(LedgerAccount.kind) == bindparam(f"kind_{number}"),
            col(LedgerAccount.owner) == bindparam(f"owner_{number}"),
            col(LedgerAccount.currency) == bindparam(f"currency_{number}"),
        )
        for number in range(accounts)
    ]
    found = select(
        LedgerAccount.id, LedgerAccount.kind, LedgerAccount.owner, LedgerAccount.currency
    ).where(or_(*wanted))
    return found.order_by(col(LedgerAccount.id)).with_for_update() if lock else found


def _open(session: Session, account: Account, currency: str) -> None:
    """Add an account at balance zero; nothing happens when another posting was first."""
    row = {
        "kind": account.kind,
        "owner": account.owner,
        "currency": currency,
        "guarded": account.kind.is_guarded,
        "balance_minor": 0,
    }
    opening = _insert(_dialect(session), LedgerAccount).on_conflict_do_nothing()
    db.change(session, opening.inline(), **row)


def _write_transaction(session: Session, cause: Cause, transfers: list[Moved]) -> int:
    """Insert the row of a key that nobody posted yet, and return its id.

    Raises:
        ConflictError: the key was posted before, or by a racer a moment ago.
    """
    said, now = Said(*astuple(cause)), clock.now()
    request_hash = ledger_hash.of_request(said, transfers)
    row = {
        **said._asdict(),
        "request_hash": request_hash,
        "effective_at": now,
        "created_at": now,
        "hash": ledger_hash.of_row(request_hash, now, now),
    }
    transaction_id = db.ask(session, _claim(_dialect(session)), **row).scalar()
    if transaction_id is None:
        raise ConflictError(_("This payment was already made."))
    return transaction_id


@cache
def _claim(dialect: str) -> Any:
    """Return the INSERT that takes a key which nobody posted yet."""
    into = _insert(dialect, LedgerTransaction)
    claimed = into.on_conflict_do_nothing(index_elements=["key"])
    return claimed.returning(col(LedgerTransaction.id))


def _insert(dialect: str, table: type[SQLModel]) -> Any:
    """Return the database's own INSERT, the one that knows ON CONFLICT."""
    return {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect](table)


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


def _shortage(account: Account) -> str:
    match account.kind:
        case AccountKind.WALLET:
            return _("The wallet holds less than this needs. Add money first.")
        case AccountKind.ESCROW:
            return _("Less than this is held.")
        case AccountKind.EARNINGS:
            return _("Your earnings hold less than this.")
        case _:
            return _("There is not enough money for this.")


def balance(session: Session, account: Account, currency: str) -> Money:
    """Return credits less debits: stored where the account is guarded, else summed."""
    found = [each for each in balances(session, account) if each.currency == currency]
    return found[0] if found else Money(0, currency)


_BALANCES = (
    sql_select(col(LedgerAccount.id), col(LedgerAccount.currency), col(LedgerAccount.balance_minor))
    .where(
        col(LedgerAccount.kind) == bindparam("kind"), col(LedgerAccount.owner) == bindparam("owner")
    )
    .order_by(col(LedgerAccount.currency))
)


def balances(session: Session, account: Account) -> list[Money]:
    """Return the balance in each currency that the account was ever used with, by currency."""
    rows = db.ask(session, _BALANCES, kind=account.kind, owner=account.owner)
    is_stored = account.kind.is_guarded
    return [
        Money(stored if is_stored else _sum_minor(session, row_id), currency)
        for row_id, currency, stored in rows.all()
    ]


def _sum_minor(session: Session, account_id: int) -> int:
    debit_id, credit_id = col(LedgerTransfer.debit_id), col(LedgerTransfer.credit_id)
    amount = col(LedgerTransfer.amount_minor)
    signed = func.sum(case((credit_id == account_id, amount), else_=-amount))
    touching = or_(debit_id == account_id, credit_id == account_id)
    return int(session.exec(select(func.coalesce(signed, 0)).where(touching)).one())
