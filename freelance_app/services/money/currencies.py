"""Which currencies people may choose for money that they bring in or take out."""

from sqlmodel import Session

from freelance_app.errors import InvalidError
from freelance_app.integrations.payments.port import Capabilities
from freelance_app.money import Money
from freelance_app.services.instance import instances
from freelance_app.text import _


def choices(session: Session) -> list[str]:
    """Return the currencies to choose from, the instance's own first."""
    own = instances.get(session).currency
    return [own, *(each for each in instances.CURRENCIES if each != own)]


def parse(amount: str, currency: str, *, capabilities: Capabilities) -> Money:
    """Read a typed amount that a provider can move.

    Raises:
        InvalidError: no amount, an unknown currency, or outside what the provider takes.
    """
    if currency not in instances.CURRENCIES:
        raise InvalidError(_("Choose a currency of the list."), field="currency")
    known = capabilities.currencies
    if known is not None and currency not in known:
        raise InvalidError(_("This way to pay does not know that currency."), field="currency")
    money = Money.parse(amount, currency)
    _require_size(money, capabilities)
    return money


def _require_size(money: Money, capabilities: Capabilities) -> None:
    smallest = Money(capabilities.smallest_minor, money.currency)
    largest = Money(capabilities.largest_minor or money.minor, money.currency)
    if not smallest <= money <= largest:
        sentence = _("Write an amount from {smallest} to {largest}.")
        told = sentence.format(smallest=smallest.format(), largest=largest.format())
        raise InvalidError(told, field="amount")
    if money.minor % capabilities.step_minor:
        step = Money(capabilities.step_minor, money.currency).format()
        sentence = _("Write a multiple of {step}.")
        raise InvalidError(sentence.format(step=step), field="amount")
