"""Which provider a row names; a provider's SDK loads only when one is asked for."""

from freelance_app.integrations.payments.bank import NAME as BANK
from freelance_app.integrations.payments.bank import BankTransfer
from freelance_app.integrations.payments.port import Provider

DEFAULT = BANK
_providers: dict[str, Provider] = {BANK: BankTransfer()}


def provider(name: str = DEFAULT) -> Provider:
    """Return the provider of a name.

    Raises:
        LookupError: there is none (a bug: rows hold only names that were registered).
    """
    if name not in _providers:
        raise LookupError(f"no payment provider is called {name}")
    return _providers[name]
