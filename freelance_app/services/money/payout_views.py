"""Payouts as their party and the finance staff see them."""

from dataclasses import dataclass, field

from freelance_app.models import Party, Payout, PayoutMethod, PayoutStatus
from freelance_app.money import Money, MoneyView
from freelance_app.services.instance.views import PersonView, person_view
from freelance_app.services.money import bank_accounts, countries
from freelance_app.text import _, day_text, moment_text

REQUESTED, PAID = PayoutStatus.REQUESTED, PayoutStatus.PAID
BADGES = {
    PayoutStatus.REQUESTED: "requested",
    PayoutStatus.PAID: "paid_out",
    PayoutStatus.FAILED: "payment_failed",
    PayoutStatus.RETURNED: "returned",
}


@dataclass(frozen=True, slots=True)
class PayoutView:
    """A payout for the people of its party."""

    id: str
    number: str
    amount: MoneyView
    account: str
    status: str
    created_at: str
    decided_at: str
    next_step: str
    note: str


@dataclass(frozen=True, slots=True)
class PayoutsView:
    """A page of payouts, the newest first; the keys lead to the pages beside it."""

    rows: list[PayoutView] = field(default_factory=list[PayoutView])
    older: str = ""
    newer: str = ""


@dataclass(frozen=True, slots=True)
class PayoutToSend:
    """A payout for the finance staff, with the account to send it to."""

    id: str
    number: str
    party: PersonView
    amount: MoneyView
    holder: str
    account: str
    bank: str
    country: str
    status: str
    created_at: str
    decided_at: str
    note: str
    can_pay: bool = False
    can_return: bool = False


@dataclass(frozen=True, slots=True)
class PayoutsToSend:
    """A page of payouts for the finance staff."""

    rows: list[PayoutToSend] = field(default_factory=list[PayoutToSend])
    older: str = ""
    newer: str = ""


def number_of(row_id: int) -> str:
    """Return how people name a payout."""
    return f"PO-{row_id}"


def for_party(row: Payout, method: PayoutMethod) -> PayoutView:
    """Return a payout that the caller found among those of the reader's party."""
    return PayoutView(
        id=row.public_id,
        number=number_of(row.id),
        amount=MoneyView.of(Money(row.amount_minor, row.currency)),
        account=bank_accounts.short(method.account, method.bank_name),
        status=BADGES[row.status],
        created_at=day_text(row.created_at),
        decided_at=day_text(row.decided_at) if row.decided_at else "",
        next_step=_next_step(row),
        note=row.note,
    )


def _next_step(row: Payout) -> str:
    match row.status:
        case PayoutStatus.REQUESTED:
            return _("The finance office sends it next. You are told when it is sent.")
        case PayoutStatus.PAID:
            return _("Sent. The bank takes 1 to 3 working days.")
        case PayoutStatus.FAILED:
            return _("The money is back in your earnings. Correct the account and ask again.")
        case PayoutStatus.RETURNED:
            return _("The bank gave it back: the money is in your earnings.")


def for_finance(row: Payout, method: PayoutMethod, party: Party) -> PayoutToSend:
    """Return a payout for staff who send it."""
    return PayoutToSend(
        id=row.public_id,
        number=number_of(row.id),
        party=person_view(party.name, row_id=party.id, is_company=party.kind == "company"),
        amount=MoneyView.of(Money(row.amount_minor, row.currency)),
        holder=method.holder,
        account=bank_accounts.in_groups(method.account),
        bank=" ".join(part for part in (method.bank_name, method.bank_code) if part),
        country=countries.name(method.country),
        status=BADGES[row.status],
        created_at=moment_text(row.created_at),
        decided_at=moment_text(row.decided_at) if row.decided_at else "",
        note=row.note,
        can_pay=row.status is REQUESTED,
        can_return=row.status is PAID,
    )


def already(row: Payout) -> str:
    """Return why a payout cannot be decided any more."""
    match row.status:
        case PayoutStatus.REQUESTED:
            return _("This payout was not sent yet.")
        case PayoutStatus.PAID:
            return _("This payout was already marked as sent.")
        case PayoutStatus.FAILED:
            return _("This payout was already marked as failed.")
        case PayoutStatus.RETURNED:
            return _("This payout was already marked as returned.")
