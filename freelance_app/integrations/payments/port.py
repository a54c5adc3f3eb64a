"""What the marketplace asks of any payment provider.

A provider that talks to a network is called by the worker, never inside a unit of work: the
intent is committed first and its key makes every further try the same payment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, Protocol

from freelance_app.money import Money


class ProviderStatus(StrEnum):
    """What a provider says of a payment; a timeout is unknown, never failed."""

    PENDING = "pending"
    SETTLED = "settled"
    FAILED = "failed"
    RETURNED = "returned"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ProviderState:
    """A provider's answer; `reference` is its own id of the payment."""

    status: ProviderStatus
    reference: str = ""


@dataclass(frozen=True, slots=True)
class BankAccount:
    """Where money goes: the instance's account for a deposit, the receiver's for a payout."""

    holder: str
    account: str
    bank_code: str = ""
    bank_name: str = ""


@dataclass(frozen=True, slots=True)
class Intent:
    """A payment that was written down and committed before any provider hears of it.

    Attributes:
        id: row id of the deposit, payout or refund.
        reference: what a person writes on a bank transfer.
    """

    kind: Literal["deposit", "payout", "refund"]
    id: int
    amount: Money
    reference: str
    account: BankAccount

    @property
    def key(self) -> str:
        """The idempotency key: the same at every try, so that the provider pays once."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Redirect:
    """The payer goes to the provider's page."""

    url: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """The payer confirms on a telephone."""

    phone: str


@dataclass(frozen=True, slots=True)
class Instructions:
    """The payer sends the money from a bank, with this reference."""

    account: BankAccount
    amount: Money
    reference: str


@dataclass(frozen=True, slots=True)
class InboxEvent:
    """What a webhook said, stored before anybody acts on it: only "fetch this object"."""

    provider: str
    event_id: str
    subject: str


@dataclass(frozen=True, slots=True)
class ProviderTransaction:
    """One line of the provider's own account, for the reconciliation."""

    reference: str
    amount: Money
    booked_on: date


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a provider can do; None and 0 mean no limit.

    Attributes:
        is_by_hand: people move the money; nothing is sent over a network.
        step_minor: amounts are multiples of it (M-Pesa knows whole shillings only).
        max_hold_days: how long it lets money stay.
        holds_funds: whether the money lies with the provider or in the operator's own account.
    """

    is_by_hand: bool = False
    currencies: frozenset[str] | None = None
    countries: frozenset[str] | None = None
    smallest_minor: int = 1
    largest_minor: int = 0
    step_minor: int = 1
    max_hold_days: int = 0
    holds_funds: bool = False


class Provider(Protocol):
    """Brings money in and out."""

    @property
    def name(self) -> str:
        """The name that rows and the clearing account hold for years."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""
        ...

    def start_deposit(self, intent: Intent) -> Redirect | Prompt | Instructions:
        """Start a deposit; the same intent again is the same payment."""
        ...

    def fetch(self, intent: Intent) -> ProviderState:
        """Ask how a payment stands: the truth, whatever was said before."""
        ...

    def refund(self, intent: Intent) -> ProviderState:
        """Give a deposit's money back."""
        ...

    def payout(self, intent: Intent) -> ProviderState:
        """Send earnings to their account."""
        ...

    def verify(self, headers: Mapping[str, str], raw: bytes, path_token: str) -> InboxEvent:
        """Prove that a webhook came from the provider; no network.

        Raises:
            NotFoundError: it did not, or this provider sends none.
        """
        ...

    def transactions(self, since: datetime) -> Sequence[ProviderTransaction]:
        """Return what happened on the provider's account."""
        ...
