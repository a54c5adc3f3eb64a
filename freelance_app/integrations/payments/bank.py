"""The bank transfer: no account with anybody, nothing over a network.

People send the money and people look at the bank's statement; a finance administrator says what
they saw. So every answer of this provider is "pending": the truth comes by hand.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from freelance_app.errors import NotFoundError
from freelance_app.integrations.payments.port import (
    Capabilities,
    InboxEvent,
    Instructions,
    Intent,
    ProviderState,
    ProviderStatus,
    ProviderTransaction,
)
from freelance_app.text import _

NAME = "bank"
BY_HAND = ProviderState(ProviderStatus.PENDING)


class BankTransfer:
    """Deposits by reference, payouts by the operator's own bank."""

    name = NAME
    capabilities = Capabilities(is_by_hand=True)

    def start_deposit(self, intent: Intent) -> Instructions:
        """Say where to send the money and what to write on the transfer."""
        return Instructions(intent.account, intent.amount, intent.reference)

    def fetch(self, intent: Intent) -> ProviderState:
        """Answer pending: a person looks at the statement."""
        return ProviderState(ProviderStatus.PENDING, intent.reference)

    def refund(self, intent: Intent) -> ProviderState:
        """Answer pending: a person sends the money back."""
        return ProviderState(ProviderStatus.PENDING, intent.reference)

    def payout(self, intent: Intent) -> ProviderState:
        """Answer pending: a person sends the money."""
        return ProviderState(ProviderStatus.PENDING, intent.reference)

    def verify(  # the port gives the parameters
        self,
        headers: Mapping[str, str],  # noqa: ARG002
        raw: bytes,  # noqa: ARG002
        path_token: str,  # noqa: ARG002
    ) -> InboxEvent:
        """Refuse: a bank sends no webhooks.

        Raises:
            NotFoundError: always.
        """
        raise NotFoundError(_("There is nothing here."))

    def transactions(self, since: datetime) -> Sequence[ProviderTransaction]:  # noqa: ARG002
        """Return none: a statement is read by people until one is imported."""
        return []
