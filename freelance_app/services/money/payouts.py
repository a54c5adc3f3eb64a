"""Money that leaves to those who earned it: asked for, sent by hand, failed or come back."""

from dataclasses import dataclass

from sqlmodel import Session, col, select, update

from freelance_app import clock, routes
from freelance_app.errors import ConflictError, InvalidError, NotFoundError
from freelance_app.integrations.payments import registry
from freelance_app.markup import one_line
from freelance_app.models import Payout, PayoutMethod, PayoutStatus
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import access, parties
from freelance_app.services.instance import audit
from freelance_app.services.money import (
    bank_accounts,
    currencies,
    ledger,
    payout_lists,
    payout_methods,
    payout_views,
    promises,
    tellings,
)
from freelance_app.services.money.ledger import Account, Cause, Leg
from freelance_app.text import _

REQUESTED, PAID = PayoutStatus.REQUESTED, PayoutStatus.PAID
FAILED, RETURNED = PayoutStatus.FAILED, PayoutStatus.RETURNED
REASON_LENGTH = 200


@dataclass(frozen=True, slots=True)
class _Step:
    """A decision about a payout: from which status to which, and which money moves."""

    source: PayoutStatus
    target: PayoutStatus
    debit: Account
    credit: Account
    reason: str = ""


def request(
    session: Session,
    *,
    actor: Actor,
    method_id: str,
    amount: str,
    currency: str,
    seen: str | None = None,
) -> str:
    """Ask for earnings to be sent to a bank account, and return the payout's public id.

    The money leaves the earnings at once, so that it cannot be asked for twice.

    Args:
        session: a write unit of work.
        actor: an owner of the freelancing party.
        method_id: the bank account's public id.
        amount: as typed.
        currency: ISO 4217.
        seen: the newest payout that the actor saw, so that a second press asks for nothing; empty
            when there was none, None does not ask.

    Raises:
        NotPermittedError: the actor is no owner of a freelancing party.
        NotFoundError: the party has no such account.
        InvalidError: the account still waits, or the amount cannot be used or is not there.
        ConflictError: another payout was asked for meanwhile.
    """
    access.require_freelancer(actor)
    parties.lock(session, actor.party_id)
    _require_seen(session, actor, seen)
    method = payout_methods.usable(session, actor=actor, method_id=method_id)
    provider = registry.provider(method.provider)
    money = currencies.parse(amount, currency, capabilities=provider.capabilities)
    _require_available(session, actor, money)
    payout = Payout(
        party_id=actor.party_id,
        method_id=method.id,
        author_id=actor.person_id,
        amount_minor=money.minor,
        currency=money.currency,
        provider=provider.name,
        created_at=clock.now(),
    )
    session.add(payout)
    session.flush()
    legs = [Leg(ledger.earnings_of(actor.party_id), ledger.transit_of(payout.id), money)]
    reason = payout_views.number_of(payout.id)
    cause = Cause(f"payout:{payout.id}:request", "payout_requested", actor.person_id, reason)
    ledger.post(session, cause=cause, legs=legs)
    _note(session, actor, payout, "payout.requested")
    tellings.tell_finance(
        session,
        "payout.requested",
        actor=actor,
        href=routes.ADMIN_FINANCE,
        words=lambda: {"amount": money.format()},
    )
    tellings.wake_party(session, actor.party_id)
    return payout.public_id


def _require_seen(session: Session, actor: Actor, seen: str | None) -> None:
    if seen not in {None, payout_lists.newest_of(session, actor=actor)}:
        sentence = _("Another payout was asked for meanwhile. Ask again if you want this one too.")
        raise ConflictError(sentence)


def _require_available(session: Session, actor: Actor, money: Money) -> None:
    """Refuse what the ledger would refuse too, beside the field.

    Raises:
        InvalidError: more than there is, or less than the instance sends.
    """
    there = ledger.balance(session, ledger.earnings_of(actor.party_id), money.currency)
    if money > there:
        sentence = _("You can ask for at most {amount}.").format(amount=there.format())
        raise InvalidError(sentence, field="amount")
    least = promises.value(session, actor.party_id, "payout_minimum_minor")
    smallest = Money(least, money.currency)
    if money < smallest:
        sentence = _("The smallest payout is {amount}.").format(amount=smallest.format())
        raise InvalidError(sentence, field="amount")


def mark_paid(session: Session, *, actor: Actor, payout_id: str) -> None:
    """Say that a payout was sent from the bank.

    Raises:
        NotFoundError: the actor is no finance staff, or there is no such payout.
        ConflictError: it was decided before.
    """
    row = _get(session, actor, payout_id)
    transit, clearing = ledger.transit_of(row.id), ledger.clearing_of(row.provider)
    _decide(session, actor, row, _Step(REQUESTED, PAID, transit, clearing))


def mark_failed(session: Session, *, actor: Actor, payout_id: str, reason: str) -> None:
    """Say that a payout cannot be sent; the money goes back to the earnings.

    Raises:
        NotFoundError: the actor is no finance staff, or there is no such payout.
        InvalidError: there is no reason, or a long one.
        ConflictError: it was decided before.
    """
    row = _get(session, actor, payout_id)
    transit, earnings = ledger.transit_of(row.id), ledger.earnings_of(row.party_id)
    _decide(session, actor, row, _Step(REQUESTED, FAILED, transit, earnings, _clean(reason)))


def mark_returned(session: Session, *, actor: Actor, payout_id: str, reason: str) -> None:
    """Say that a payout that was sent came back; the money goes back to the earnings.

    Raises:
        NotFoundError: the actor is no finance staff, or there is no such payout.
        InvalidError: there is no reason, or a long one.
        ConflictError: it was not sent, or was decided before.
    """
    row = _get(session, actor, payout_id)
    clearing, earnings = ledger.clearing_of(row.provider), ledger.earnings_of(row.party_id)
    _decide(session, actor, row, _Step(PAID, RETURNED, clearing, earnings, _clean(reason)))


def _get(session: Session, actor: Actor, payout_id: str) -> Payout:
    access.require_staff(actor, *tellings.FINANCE_ROLES)
    row = session.exec(select(Payout).where(Payout.public_id == payout_id)).first()
    if row is None:
        raise NotFoundError(_("There is no such payout."))
    return row


def _clean(reason: str) -> str:
    tidy = one_line(reason)
    if not tidy:
        raise InvalidError(_("Write why, so that the freelancer can mend it."), field="reason")
    if len(tidy) > REASON_LENGTH:
        sentence = _("Write at most {most} characters.").format(most=REASON_LENGTH)
        raise InvalidError(sentence, field="reason")
    return tidy


def _decide(session: Session, actor: Actor, row: Payout, step: _Step) -> None:
    """Move the status in one guarded UPDATE, so that of two racers one wins, and post the money.

    Raises:
        ConflictError: the payout is not (or no longer) in the step's source.
    """
    won = session.exec(
        update(Payout)
        .where(col(Payout.id) == row.id, col(Payout.status) == step.source)
        .values(
            status=step.target,
            note=step.reason,
            decided_at=clock.now(),
            decided_by_id=actor.person_id,
        )
    ).rowcount
    session.refresh(row)
    if won != 1:
        raise ConflictError(payout_views.already(row))
    word = step.target.value
    cause = Cause(f"payout:{row.id}:{word}", f"payout_{word}", actor.person_id, step.reason)
    amount = Money(row.amount_minor, row.currency)
    ledger.post(session, cause=cause, legs=[Leg(step.debit, step.credit, amount)])
    _note(session, actor, row, f"payout.{word}")
    _tell(session, row, f"payout.{word}")


def _note(session: Session, actor: Actor, row: Payout, action: str) -> None:
    amount = Money(row.amount_minor, row.currency)
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=f"payout:{row.id}",
        words=f"{amount.as_typed()} {amount.currency}",
    )


def _tell(session: Session, row: Payout, kind: str) -> None:
    method = session.get_one(PayoutMethod, row.method_id)
    amount = Money(row.amount_minor, row.currency)
    tellings.tell_owners(
        session,
        row.party_id,
        kind,
        href=routes.EARNINGS,
        words=lambda: {
            "amount": amount.format(),
            "account": bank_accounts.short(method.account, method.bank_name),
            "reason": row.note,
        },
    )
    tellings.wake_finance(session)
