"""Rows of upper wings, for tests of what the instance tells about them."""

import secrets
from datetime import date

from freelance_app import clock
from freelance_app.models import Contract, Milestone, MilestoneStatus


def add_contract(
    session, world, *, due_on=date(2026, 12, 1), status=MilestoneStatus.FUNDED
) -> tuple[int, int]:
    """Add a signed contract with one milestone of 2,600.00; return their row ids."""
    number = secrets.randbelow(10**9)
    contract = Contract(
        number=number,
        offer_id=number,
        client_party_id=world.alice.party_id,
        freelancer_party_id=world.fatuma.party_id,
        title="Field app",
        scope="All of it",
        currency="EUR",
        hours_a_week=20,
        rate_minor=0,
        starts_on=date(2026, 11, 1),
        ends_on=date(2026, 12, 31),
        policies="{}",
        terms="terms",
        terms_hash="0" * 64,
        offered_by_id=world.alice.person_id,
        offered_at=clock.now(),
        accepted_by_id=world.fatuma.person_id,
        accepted_at=clock.now(),
    )
    session.add(contract)
    session.flush()
    milestone = Milestone(
        contract_id=contract.id,
        number=3,
        title="Screens",
        amount_minor=2_600_00,
        due_on=due_on,
        status=status,
    )
    session.add(milestone)
    session.flush()
    return contract.id, milestone.id
