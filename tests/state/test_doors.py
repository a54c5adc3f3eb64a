"""A page of another party of the person's: it offers the way, and to strangers nothing."""

import asyncio

from sqlmodel import select

from freelance_app import clock, db, routes
from freelance_app.models import MemberRole, Membership
from freelance_app.state.contracts.contract import ContractState
from freelance_app.state.contracts.funding import FundingState
from tests.services.contracts.signed import sign
from tests.state.events import cookie_of, name_of, open_tab


def _join(session, person, company, role=MemberRole.VIEWER) -> None:
    held = {"party_id": company.party_id, "person_id": person.person_id}
    row = session.exec(select(Membership).filter_by(**held)).first()
    row = row or Membership(**held, role=role, created_at=clock.now())
    row.role = role
    session.add(row)


async def opened(actor, path: str, enter: str = name_of(ContractState.enter)) -> str:
    async with open_tab(cookie_of(actor), path) as tab:
        return await tab.act(enter)


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


def test_a_page_of_the_other_side_says_whose_it_is_and_leads_back(sqlite_world):
    signed = sign(sqlite_world)
    path = routes.contract_fund(signed.contract_id)
    enter = name_of(FundingState.enter)
    told = asyncio.run(opened(sqlite_world.fatuma, path, enter))
    assert "'phase_rx_state_': 'refused'" in told
    assert "Only the client can do this." in told
    assert f"'back_rx_state_': '{routes.contract(signed.contract_id)}'" in told
    stranger = asyncio.run(opened(sqlite_world.charlie, path, enter))
    assert "'phase_rx_state_': 'missing'" in stranger
    assert "Only the client" not in stranger


def test_a_page_of_the_other_side_opens_as_the_party_that_may(sqlite_world):
    fatuma, alice = sqlite_world.fatuma, sqlite_world.alice
    path = routes.contract_fund(sign(sqlite_world).contract_id)
    enter = name_of(FundingState.enter)
    db.write(_join, fatuma, alice)
    assert alice.party_name not in asyncio.run(opened(fatuma, path, enter))
    db.write(_join, fatuma, alice, role=MemberRole.OWNER)
    assert alice.party_name in asyncio.run(opened(fatuma, path, enter))
