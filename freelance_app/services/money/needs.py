"""The money that waits for somebody: to be sent in, confirmed or paid out."""

from typing import Any

from sqlalchemy import ScalarSelect, label, select
from sqlmodel import Session, col

from freelance_app import db, routes
from freelance_app.models import Deposit, DepositStatus, Party, Payout, PayoutStatus
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.instance import needs, numbers
from freelance_app.services.instance.needs import Need
from freelance_app.services.instance.numbers import PARTY_ID
from freelance_app.services.instance.views import NO_CLOCK, TodoView
from freelance_app.services.money import payout_views, tellings
from freelance_app.text import _

MOST = 20
# Statements of columns, built once: the first page and the frame of every page ask them.
_DEPOSITS = (
    select(
        label("public_id", col(Deposit.public_id)),
        label("reference", col(Deposit.reference)),
        label("about", col(Deposit.about)),
        label("amount_minor", col(Deposit.amount_minor)),
        label("currency", col(Deposit.currency)),
        label("party", col(Party.name)),
    )
    .join(Party, col(Party.id) == Deposit.party_id)
    .where(col(Deposit.status) == DepositStatus.PENDING)
    .order_by(col(Deposit.id))
    .limit(MOST)
)
_ANNOUNCED = _DEPOSITS.where(col(Deposit.party_id) == PARTY_ID)
_TO_CONFIRM = _DEPOSITS  # who has waited longest stands first, as on the finance desk
_TO_SEND = (
    select(
        label("id", col(Payout.id)),
        label("amount_minor", col(Payout.amount_minor)),
        label("currency", col(Payout.currency)),
        label("party", col(Party.name)),
    )
    .join(Party, col(Party.id) == Payout.party_id)
    .where(col(Payout.status) == PayoutStatus.REQUESTED)
    .order_by(col(Payout.id))
    .limit(MOST)
)


def _pays(actor: Actor) -> bool:
    return actor.is_company and actor.is_owner


def _decides(actor: Actor) -> bool:
    return bool(actor.staff_roles & set(tellings.FINANCE_ROLES))


@needs.register
def list_for(session: Session, *, actor: Actor) -> list[Need]:
    """Return the money that waits for the actor: to be sent in, confirmed or paid out."""
    found: list[Need] = []
    if _pays(actor):
        found += map(_announced, db.ask(session, _ANNOUNCED, party_id=actor.party_id))
    if _decides(actor):
        found += map(_to_confirm, db.ask(session, _TO_CONFIRM))
        found += map(_to_send, db.ask(session, _TO_SEND))
    return found


@needs.register_number
def count_announced(role: Actor) -> ScalarSelect[Any] | None:
    """Return the number of what a company has to send in."""
    return numbers.at_most(_ANNOUNCED, MOST) if _pays(role) else None


@needs.register_number
def count_to_confirm(role: Actor) -> ScalarSelect[Any] | None:
    """Return the number of deposits that the finance staff has to confirm."""
    return numbers.at_most(_TO_CONFIRM, MOST) if _decides(role) else None


@needs.register_number
def count_to_send(role: Actor) -> ScalarSelect[Any] | None:
    """Return the number of payouts that the finance staff has to send."""
    return numbers.at_most(_TO_SEND, MOST) if _decides(role) else None


def _announced(row: Any) -> Need:
    return _need(
        row,
        kind="deposit",
        title=_("Send {amount} from your bank").format(amount=_amount(row)),
        about=f"{row.reference}, {row.about}" if row.about else row.reference,
        act=_("Bank details"),
        href=routes.deposit(row.public_id),
    )


def _to_confirm(row: Any) -> Need:
    return _need(
        row,
        kind="deposit",
        title=_("Confirm the deposit {reference}").format(reference=row.reference),
        about=f"{row.party}, {row.about}" if row.about else row.party,
        act=_("Confirm"),
        href=routes.ADMIN_FINANCE,
    )


def _to_send(row: Any) -> Need:
    return _need(
        row,
        kind="payout",
        title=_("Send the payout {number}").format(number=payout_views.number_of(row.id)),
        about=row.party,
        act=_("Send"),
        href=routes.ADMIN_FINANCE,
    )


def _amount(row: Any) -> str:
    return Money(row.amount_minor, row.currency).format()


def _need(row: Any, *, kind: str, title: str, about: str, act: str, href: str) -> Need:
    return Need(
        TodoView(
            kind=kind,
            title=title,
            about=about,
            status="waits_for_you",
            amount=_amount(row),
            who=_("You"),
            clock=NO_CLOCK,
            act=act,
            href=href,
        )
    )
