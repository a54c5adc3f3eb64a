"""What the terms promise about payouts holds, whatever the policy became since."""

import pytest
from sqlmodel import Session, select

from freelance_app import db
from freelance_app.models import PayoutMethod
from freelance_app.security.actor import Actor
from freelance_app.services.instance import policies
from freelance_app.services.money import payout_methods
from tests.services.contracts.signed import sign
from tests.services.money.books import METHOD

KEY = "payout_wait_days"


@pytest.fixture
def policy():
    """Set the policy; the test's end sets it back."""
    yield lambda days: db.write(policies.change, key=KEY, new=days)
    db.write(policies.change, key=KEY, new=policies.POLICIES[KEY][0])


def wait_of_a_new_account(who: Actor) -> int:
    method_id = db.write(payout_methods.add, actor=who, form=METHOD)
    return db.read(_wait, method_id)


def _wait(session: Session, method_id: str) -> int:
    row = session.exec(select(PayoutMethod).where(PayoutMethod.public_id == method_id)).one()
    return (row.usable_at - row.created_at).days


def test_a_stricter_policy_is_for_nobody_who_signed_a_milder_one(world, policy):
    sign(world)
    policy(30)
    assert wait_of_a_new_account(world.fatuma) == 3
    assert wait_of_a_new_account(world.charlie) == 30


def test_a_milder_policy_is_for_everybody(world, policy):
    sign(world)
    policy(1)
    assert wait_of_a_new_account(world.fatuma) == 1
    assert wait_of_a_new_account(world.charlie) == 1
