"""The money machine finds nothing in our services, and each planted bug, on both databases."""

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlmodel import col, update

from freelance_app import clock
from freelance_app.models import Payout, PayoutStatus
from freelance_app.services.money import deposits, fees, ledger, payouts
from freelance_app.services.money.ledger import Leg
from tests.services.money.machine import MoneyMachine

IS_FULL = os.environ.get("HARBOUR_PROOF") == "full"
SHORT = {"max_examples": 8, "stateful_step_count": 25}
FULL = {"max_examples": 200, "stateful_step_count": 60}


def run(**size: int) -> None:
    few = settings(
        **size,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # a failure is told as it was found, without shrinking it
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(MoneyMachine, settings=few)


@pytest.mark.prove
@pytest.mark.timeout(3600)
def test_the_books_behave_like_a_dictionary(own_database):
    run(**(FULL if IS_FULL else SHORT))


def round_the_fee_at_each_release(monkeypatch):
    def fee(basis_points, *, before_minor, now_minor):
        return round(basis_points * now_minor / fees.ALL)

    monkeypatch.setattr(fees, "fee_minor", fee)


def return_before_it_was_sent(monkeypatch):
    def mark_returned(session, *, actor, payout_id, reason):
        row = payouts._get(session, actor, payout_id)
        transit, earnings = ledger.transit_of(row.id), ledger.earnings_of(row.party_id)
        step = payouts._Step(
            PayoutStatus.REQUESTED, PayoutStatus.RETURNED, transit, earnings, reason
        )
        payouts._decide(session, actor, row, step)

    monkeypatch.setattr(payouts, "mark_returned", mark_returned)


def ignore_money_that_came_back(monkeypatch):
    def mark_returned(session, *, actor, payout_id, reason):
        row = payouts._get(session, actor, payout_id)
        won = session.exec(
            update(Payout)
            .where(col(Payout.id) == row.id, col(Payout.status) == PayoutStatus.PAID)
            .values(status=PayoutStatus.RETURNED, decided_at=clock.now())
        ).rowcount
        if won != 1:
            raise payouts.ConflictError("no")

    monkeypatch.setattr(payouts, "mark_returned", mark_returned)


def charge_the_fee_to_the_other_side(monkeypatch):
    right = fees.release_legs

    def legs(hold, amount, *, before_minor):
        paid, fee = right(hold, amount, before_minor=before_minor)
        return [Leg(paid.debit, fee.credit, paid.amount), Leg(fee.debit, paid.credit, fee.amount)]

    monkeypatch.setattr(fees, "release_legs", legs)


def take_the_fee_from_the_client(monkeypatch):
    right = fees.release_legs

    def legs(hold, amount, *, before_minor):
        paid, fee = right(hold, amount, before_minor=before_minor)
        wallet = ledger.wallet_of(hold.client_party_id)
        return [Leg(paid.debit, paid.credit, amount), Leg(wallet, fee.credit, fee.amount)]

    monkeypatch.setattr(fees, "release_legs", legs)


def post_the_same_deposit_again(monkeypatch):
    monkeypatch.setattr(deposits, "_settle", lambda *_arguments: None)
    right = ledger.post

    def post(session, *, cause, legs):
        key = f"{cause.key}:{clock.now().timestamp()}"
        right(session, cause=ledger.Cause(key, cause.kind, cause.actor_id), legs=legs)

    monkeypatch.setattr(ledger, "post", post)


def give_every_release_the_same_key(monkeypatch):
    right = ledger.post

    def post(session, *, cause, legs):
        key = cause.key.rsplit(":", 1)[0] if ":release:" in cause.key else cause.key
        right(session, cause=replace(cause, key=key), legs=legs)

    monkeypatch.setattr(ledger, "post", post)


BUGS = [
    round_the_fee_at_each_release,
    return_before_it_was_sent,
    ignore_money_that_came_back,
    charge_the_fee_to_the_other_side,
    take_the_fee_from_the_client,
    post_the_same_deposit_again,
    give_every_release_the_same_key,
]


@pytest.mark.prove
@pytest.mark.timeout(60)
@pytest.mark.parametrize("plant", BUGS, ids=lambda plant: plant.__name__)
def test_a_planted_bug_is_found(plant, own_database, monkeypatch):
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        run(max_examples=120, stateful_step_count=25)
