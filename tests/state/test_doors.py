"""A page of another party of the person's: it offers the way, and to strangers nothing."""

import asyncio

from freelance_app import clock, db, routes
from freelance_app.models import MemberRole, Membership
from freelance_app.state.contracts.contract import ContractState
from tests.services.contracts.signed import sign
from tests.state.events import cookie_of, name_of, open_tab


def _join(session, person, company) -> None:
    row = Membership(
        party_id=company.party_id,
        person_id=person.person_id,
        role=MemberRole.VIEWER,
        created_at=clock.now(),
    )
    session.add(row)


async def opened(actor, path: str) -> str:
    async with open_tab(cookie_of(actor), path) as tab:
        return await tab.act(name_of(ContractState.enter))


def test_a_page_of_another_own_party_names_it(sqlite_world):
    charlie, alice = sqlite_world.charlie, sqlite_world.alice
    path = routes.contract(sign(sqlite_world).contract_id)
    before = asyncio.run(opened(charlie, path))
    assert "missing" in before
    assert alice.party_name not in before
    db.write(_join, charlie, alice)
    after = asyncio.run(opened(charlie, path))
    assert "missing" in after
    assert alice.party_name in after
    assert "Field app" not in after
