"""The bank transfer: instructions at once, the truth by hand, no webhook."""

from datetime import UTC, datetime

import pytest

from freelance_app.errors import NotFoundError
from freelance_app.integrations.payments import registry
from freelance_app.integrations.payments.port import BankAccount, Instructions, Intent
from freelance_app.money import Money

ACCOUNT = BankAccount("Harbour Oy", "FI2112345600000785", "NDEAFIHH", "Nordea")
DEPOSIT = Intent("deposit", 7, Money(250_00, "EUR"), "DEP-7K3MQ9", ACCOUNT)


def test_a_deposit_says_where_to_send_how_much_and_what_to_write():
    asked = registry.provider().start_deposit(DEPOSIT)
    assert asked == Instructions(ACCOUNT, Money(250_00, "EUR"), "DEP-7K3MQ9")


@pytest.mark.parametrize("ask", ["fetch", "refund", "payout"])
def test_nothing_is_ever_settled_by_the_machine(ask):
    assert getattr(registry.provider(), ask)(DEPOSIT).status == "pending"


def test_the_key_of_an_intent_is_the_same_at_every_try():
    assert DEPOSIT.key == "deposit:7"


def test_a_webhook_for_the_bank_is_not_found():
    with pytest.raises(NotFoundError):
        registry.provider("bank").verify({}, b"{}", "")


def test_a_bank_has_no_transactions_that_a_machine_could_read():
    assert registry.provider().transactions(datetime(2026, 11, 1, tzinfo=UTC)) == []


def test_an_unknown_provider_is_a_bug():
    with pytest.raises(LookupError):
        registry.provider("barter")


def test_the_bank_moves_money_by_hand():
    assert registry.provider().capabilities.is_by_hand
