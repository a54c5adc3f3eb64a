"""Deposits as their party and the finance staff see them."""

from dataclasses import dataclass, field

from freelance_app import routes
from freelance_app.integrations.payments import registry
from freelance_app.integrations.payments.port import BankAccount, Instructions, Intent
from freelance_app.models import Deposit, DepositStatus, Party
from freelance_app.money import Money, MoneyView
from freelance_app.security.actor import Actor
from freelance_app.services.instance.instances import InstanceView
from freelance_app.services.instance.views import PersonView, person_view
from freelance_app.text import _, day_text, moment_text

PENDING, SETTLED = DepositStatus.PENDING, DepositStatus.SETTLED


@dataclass(frozen=True, slots=True)
class PayInto:
    """Where the money is to be sent and what to write on the transfer; empty lines are not told.

    Attributes:
        amount: the bare figures, as a bank's form takes them.
    """

    amount: str = ""
    holder: str = ""
    account: str = ""
    bank_code: str = ""
    bank_name: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class DepositView:
    """A deposit for the people of its party.

    Attributes:
        about: what it is for, such as "Milestone 2, Data model".
        next_step: one sentence: who must act now.
    """

    id: str = ""
    reference: str = ""
    href: str = ""
    amount: MoneyView = field(default_factory=MoneyView)
    received: MoneyView = field(default_factory=MoneyView)
    status: str = ""
    about: str = ""
    created_at: str = ""
    settled_at: str = ""
    next_step: str = ""
    pay_into: PayInto = field(default_factory=PayInto)
    can_cancel: bool = False


@dataclass(frozen=True, slots=True)
class DepositsView:
    """A page of deposits, the newest first; the keys lead to the pages beside it."""

    rows: list[DepositView] = field(default_factory=list[DepositView])
    older: str = ""
    newer: str = ""


@dataclass(frozen=True, slots=True)
class DepositToConfirm:
    """A deposit for the finance staff.

    Attributes:
        expected: the bare amount, to be corrected to what really came.
        effect: one sentence: what its receipt does, or did.
    """

    id: str
    reference: str
    party: PersonView
    amount: MoneyView
    expected: str
    about: str
    created_at: str
    status: str
    effect: str
    can_confirm: bool


@dataclass(frozen=True, slots=True)
class DepositsToConfirm:
    """A page of deposits that were announced, the oldest first."""

    rows: list[DepositToConfirm] = field(default_factory=list[DepositToConfirm])
    older: str = ""
    newer: str = ""


def for_party(row: Deposit, *, actor: Actor, bank: InstanceView) -> DepositView:
    """Return a deposit that the caller found among those of the actor's party, and the bank."""
    is_pending = row.status is PENDING
    return DepositView(
        id=row.public_id,
        reference=row.reference,
        href=routes.deposit(row.public_id),
        amount=MoneyView.of(Money(row.amount_minor, row.currency)),
        received=MoneyView.of(Money(row.received_minor, row.currency)),
        status=_badge(row, actor),
        about=row.about,
        created_at=day_text(row.created_at),
        settled_at=moment_text(row.settled_at) if row.settled_at else "",
        next_step=_next_step(row, actor),
        pay_into=_pay_into(row, bank) if is_pending else PayInto(),
        can_cancel=is_pending and actor.is_owner,
    )


def _badge(row: Deposit, actor: Actor) -> str:
    if row.status is PENDING:
        return "waits_for_you" if actor.is_owner else "waits_for_other"
    return "arrived" if row.status is SETTLED else "cancelled"


def _next_step(row: Deposit, actor: Actor) -> str:
    match row.status:
        case DepositStatus.PENDING if actor.is_owner:
            return _(
                "Write the reference on the transfer. Finance confirms it when it has arrived."
            )
        case DepositStatus.PENDING:
            return _("An owner of your company sends it, then finance confirms it.")
        case DepositStatus.SETTLED if row.received_minor != row.amount_minor:
            return _another_amount(row)
        case DepositStatus.SETTLED:
            arrived = _("Arrived {day}. The money is in your wallet or held.")
            return arrived.format(day=day_text(row.settled_at or row.created_at))
        case DepositStatus.CANCELLED:
            return _("Given up. Money that arrives all the same goes into your wallet.")


def _another_amount(row: Deposit) -> str:
    received = Money(row.received_minor, row.currency)
    rest = received - Money(row.amount_minor, row.currency)
    if rest.minor < 0:
        sentence = _("{received} arrived, less than announced. It went into your wallet.")
        return sentence.format(received=received.format())
    sentence = _("{received} arrived. {rest} is more than announced and went into your wallet.")
    return sentence.format(received=received.format(), rest=rest.format())


def _pay_into(row: Deposit, bank: InstanceView) -> PayInto:
    """Return the bank's instructions; no network is asked, since people move this money."""
    account = BankAccount(bank.bank_holder, bank.bank_account, bank.bank_code, bank.bank_name)
    amount = Money(row.amount_minor, row.currency)
    intent = Intent("deposit", row.id, amount, row.reference, account)
    provider = registry.provider(row.provider)
    if not provider.capabilities.is_by_hand:
        return PayInto()
    asked = provider.start_deposit(intent)  # house: provider  (by hand: nothing is sent)
    if not isinstance(asked, Instructions):
        return PayInto()
    into = asked.account
    lines = (into.holder, into.account, into.bank_code, into.bank_name, asked.reference)
    return PayInto(amount.as_typed(), *lines)


def for_finance(row: Deposit, party: Party) -> DepositToConfirm:
    """Return a deposit for staff who look at the bank's statement."""
    amount = Money(row.amount_minor, row.currency)
    return DepositToConfirm(
        id=row.public_id,
        reference=row.reference,
        party=person_view(party.name, row_id=party.id, is_company=party.kind == "company"),
        amount=MoneyView.of(amount),
        expected=amount.as_typed(),
        about=row.about,
        created_at=day_text(row.created_at),
        status=_desk_badge(row),
        effect=_effect(row),
        can_confirm=row.status is not SETTLED,
    )


def _desk_badge(row: Deposit) -> str:
    badges = {PENDING: "waits_for_you", SETTLED: "arrived"}
    return badges.get(row.status, "cancelled")


def _effect(row: Deposit) -> str:
    match row.status:
        case DepositStatus.PENDING:
            return _("The full amount funds what the deposit is for; less stays in the wallet.")
        case DepositStatus.SETTLED:
            received = Money(row.received_minor, row.currency).format()
            day = day_text(row.settled_at) if row.settled_at else ""
            return _("{received} was confirmed on {day}.").format(received=received, day=day)
        case DepositStatus.CANCELLED:
            return _("The client gave it up: the money goes into the wallet and funds nothing.")


def already(row: Deposit) -> str:
    """Return why a deposit cannot be changed any more."""
    if row.status is SETTLED:
        return _("This deposit has already arrived.")
    return _("This deposit was cancelled.")
