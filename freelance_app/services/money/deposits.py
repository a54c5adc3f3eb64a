"""Money that a client brings in: announced, seen on the bank's statement, used for its purposes."""

from collections.abc import Sequence
from functools import partial

from sqlmodel import Session, col, func, select, update

from freelance_app import clock, routes
from freelance_app.errors import ConflictError, InvalidError, NotFoundError
from freelance_app.integrations.payments import registry
from freelance_app.models import Deposit, DepositStatus, Party
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import access
from freelance_app.services.instance import audit, instances, keyset
from freelance_app.services.money import (
    currencies,
    deposit_purposes,
    deposit_views,
    ledger,
    references,
    tellings,
)
from freelance_app.services.money.deposit_purposes import Outcome, Purpose
from freelance_app.services.money.deposit_views import (
    DepositsToConfirm,
    DepositsView,
    DepositToConfirm,
    DepositView,
)
from freelance_app.services.money.ledger import Cause, Leg
from freelance_app.text import _

PENDING, SETTLED = DepositStatus.PENDING, DepositStatus.SETTLED
CANCELLED = DepositStatus.CANCELLED
ROWS = 20
MOST_OPEN = 20


def request(
    session: Session,
    *,
    actor: Actor,
    amount: str,
    currency: str,
    purposes: Sequence[Purpose] = (),
    about: str = "",
) -> str:
    """Announce money and return the deposit's public id.

    The same purposes with the same amount, still on their way, are the same deposit.

    Args:
        session: a write unit of work.
        actor: an owner of the client's company.
        amount: as typed.
        currency: ISO 4217.
        purposes: what happens when it arrives; the calling wing has checked that the actor may.
        about: what it is for, in plain words.

    Raises:
        NotPermittedError: the actor is no owner of a company.
        InvalidError: the amount or currency cannot be used.
        ConflictError: there is no bank account yet, or too many deposits are on their way.
    """
    access.require_company(actor)
    provider = registry.provider()
    money = currencies.parse(amount, currency, capabilities=provider.capabilities)
    same = deposit_purposes.on_its_way(
        session, party_id=actor.party_id, money=money, purposes=purposes
    )
    if same:
        return same
    _require_room(session, actor)
    deposit = Deposit(
        reference=_new_reference(session),
        party_id=actor.party_id,
        author_id=actor.person_id,
        amount_minor=money.minor,
        currency=money.currency,
        provider=provider.name,
        about=about[:200],
        created_at=clock.now(),
    )
    session.add(deposit)
    session.flush()
    deposit_purposes.add(session, deposit.id, purposes)
    _announce(session, actor, deposit)
    return deposit.public_id


def _require_room(session: Session, actor: Actor) -> None:
    if not instances.get(session).bank_account:
        raise ConflictError(_("There is no bank account for deposits yet. Ask the administrator."))
    is_own = (Deposit.party_id == actor.party_id, Deposit.status == PENDING)
    if session.exec(select(func.count()).select_from(Deposit).where(*is_own)).one() >= MOST_OPEN:
        raise ConflictError(_("Many deposits are on their way. Send or cancel one of them first."))


def _new_reference(session: Session) -> str:
    while True:
        reference = references.new()
        if session.exec(select(Deposit.id).where(Deposit.reference == reference)).first() is None:
            return reference


def _announce(session: Session, actor: Actor, deposit: Deposit) -> None:
    amount = Money(deposit.amount_minor, deposit.currency)
    audit.record(
        session,
        actor=actor,
        action="deposit.announced",
        subject=f"deposit:{deposit.id}",
        words=f"{amount.as_typed()} {amount.currency}",
    )
    tellings.tell_finance(
        session,
        "deposit.announced",
        actor=actor,
        href=routes.ADMIN_FINANCE,
        words=lambda: {"amount": amount.format(), "reference": deposit.reference},
    )
    tellings.wake_party(session, deposit.party_id)


def get_view(session: Session, *, actor: Actor, deposit_id: str) -> DepositView:
    """Return a deposit of the actor's party, with the account to pay into while it is pending.

    Raises:
        NotFoundError: the party has no such deposit.
    """
    row = _get(session, actor, deposit_id)
    return deposit_views.for_party(row, actor=actor, bank=instances.get(session))


def _get(session: Session, actor: Actor, deposit_id: str) -> Deposit:
    row = session.exec(
        select(Deposit).where(
            Deposit.public_id == deposit_id,
            Deposit.party_id == actor.party_id,
        )
    ).first()
    if row is None or not actor.is_company:
        raise NotFoundError(_("There is no such deposit."))
    return row


def list_for(session: Session, *, actor: Actor, place: keyset.Place = keyset.FIRST) -> DepositsView:
    """Return a page of the deposits of the actor's party, the newest first.

    Raises:
        NotFoundError: the actor acts for no company.
    """
    if not actor.is_company:
        raise NotFoundError(_("There is nothing here."))
    own = select(Deposit).where(Deposit.party_id == actor.party_id)
    page = keyset.read(session, own, Deposit, place=place, most=ROWS)
    bank = instances.get(session)
    rows = [deposit_views.for_party(row, actor=actor, bank=bank) for row in page.rows]
    return DepositsView(rows, page.older, page.newer)


def cancel(session: Session, *, actor: Actor, deposit_id: str) -> None:
    """Give up a deposit; money that comes all the same can still be confirmed into the wallet.

    Raises:
        NotFoundError: the party has no such deposit.
        NotPermittedError: the actor is no owner of the company.
        ConflictError: it is not pending (any more).
    """
    row = _get(session, actor, deposit_id)
    access.require_company(actor)
    won = session.exec(
        update(Deposit)
        .where(col(Deposit.id) == row.id, col(Deposit.status) == PENDING)
        .values(status=CANCELLED)
    ).rowcount
    session.refresh(row)
    if won != 1:
        raise ConflictError(deposit_views.already(row))
    subject = f"deposit:{row.id}"
    audit.record(session, actor=actor, action="deposit.cancelled", subject=subject)
    tellings.wake_party(session, row.party_id)
    tellings.wake_finance(session)


def list_pending(
    session: Session, *, actor: Actor, place: keyset.Place = keyset.FIRST
) -> DepositsToConfirm:
    """Return a page of the deposits that wait for money, the oldest first.

    Raises:
        NotFoundError: the actor is no finance staff.
    """
    access.require_staff(actor, *tellings.FINANCE_ROLES)
    pending = select(Deposit).where(Deposit.status == PENDING)
    page = keyset.read(session, pending, Deposit, place=place, most=ROWS, order=keyset.OLDEST)
    parties = keyset.by_id(session, Party, [row.party_id for row in page.rows])
    rows = [deposit_views.for_finance(row, parties[row.party_id]) for row in page.rows]
    return DepositsToConfirm(rows, page.older, page.newer)


def find(session: Session, *, actor: Actor, reference: str) -> DepositToConfirm:
    """Return the deposit of a reference from a bank statement, whatever became of it.

    Money may come for one that was given up: it can be confirmed like a pending one.

    Raises:
        NotFoundError: the actor is no finance staff.
        InvalidError: the reference has a typing mistake, or no deposit has it.
    """
    access.require_staff(actor, *tellings.FINANCE_ROLES)
    wanted = references.clean(reference)
    row = session.exec(select(Deposit).where(Deposit.reference == wanted)).first()
    if row is None:
        raise InvalidError(_("No deposit has this reference."), field="reference")
    return deposit_views.for_finance(row, session.get_one(Party, row.party_id))


def confirm(session: Session, *, actor: Actor, deposit_id: str, received: str) -> None:
    """Post what arrived into the wallet, and run what it is for in the same unit of work.

    Less than announced stays in the wallet, and so does what comes above it. A purpose that is
    refused (its milestone was funded meanwhile) leaves its money there too, and so does a deposit
    that was given up; the notice says which.

    Args:
        session: a write unit of work.
        actor: finance staff.
        deposit_id: its public id.
        received: as typed: what the statement says.

    Raises:
        NotFoundError: the actor is no finance staff, or there is no such deposit.
        InvalidError: `received` is no amount.
        ConflictError: it was confirmed before.
    """
    access.require_staff(actor, *tellings.FINANCE_ROLES)
    row = session.exec(select(Deposit).where(Deposit.public_id == deposit_id)).first()
    if row is None:
        raise NotFoundError(_("There is no such deposit."))
    came = Money.parse(received, row.currency, field="received")
    was_pending = row.status is PENDING
    _settle(session, actor, row, came)
    legs = [Leg(ledger.clearing_of(row.provider), ledger.wallet_of(row.party_id), came)]
    cause = Cause(f"deposit:{row.id}:settle", "deposit", actor.person_id, row.reference)
    ledger.post(session, cause=cause, legs=legs)
    become_of = deposit_purposes.use if was_pending else deposit_purposes.leave
    outcome = become_of(session, row, came)
    _tell(session, actor, row, came, outcome)


def _settle(session: Session, actor: Actor, row: Deposit, came: Money) -> None:
    """Move the status in one guarded UPDATE, so that of two racers one wins.

    Raises:
        ConflictError: another was first.
    """
    won = session.exec(
        update(Deposit)
        .where(
            col(Deposit.id) == row.id,
            col(Deposit.status) == row.status,
            col(Deposit.status) != SETTLED,
        )
        .values(
            status=SETTLED,
            received_minor=came.minor,
            settled_at=clock.now(),
            settled_by_id=actor.person_id,
        )
    ).rowcount
    session.refresh(row)
    if won != 1:
        raise ConflictError(deposit_views.already(row))


def _tell(session: Session, actor: Actor, row: Deposit, came: Money, outcome: Outcome) -> None:
    audit.record(
        session,
        actor=actor,
        action="deposit.settled",
        subject=f"deposit:{row.id}",
        words=f"{came.as_typed()} {came.currency}, done {outcome.done}, refused {outcome.refused}",
    )
    tellings.tell_owners(
        session,
        row.party_id,
        "deposit.settled",
        href=routes.deposit(row.public_id),
        words=partial(_words, row, came, outcome),
    )
    tellings.wake_finance(session)


def _words(row: Deposit, came: Money, outcome: Outcome) -> dict[str, str]:
    told = {"amount": came.format(), "reference": row.reference}
    return {**told, "outcome": deposit_purposes.words(row, outcome)}
