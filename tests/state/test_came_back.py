"""A socket that is lost and comes back takes nothing away that is typed into the open page.

The browser keeps what is typed in its fields, so it is lost with a page that shows its skeleton.
"""

import asyncio

import pytest
from sqlmodel import col, delete

from freelance_app import db, routes
from freelance_app.models import RoomMember
from freelance_app.services.messages.conversations import ConversationView
from freelance_app.state.hiring.offer_form import OfferFormState
from freelance_app.state.messages.room import RoomState
from tests.services.hiring.sent import proposal_of, send
from tests.services.messages.test_rooms import open_room, write
from tests.state.events import cookie_of, name_of, open_tab
from tests.state.handlers import OWN, REGISTERED, prepared, short

ENTER = name_of(RoomState.enter)
# Every page with a field that no `ui.draft_form` keeps, of those that the browser takes away.
WITH_FIELDS = (
    "BillingState.enter",
    "EarningsState.enter",
    "FinanceState.enter",
    "FundingState.enter",
    "InstanceSettingsState.enter",
    "JobState.enter",
    "MilestoneState.enter",
    "OfferFormState.enter",
    "OfferState.enter",
    "ProfileState.enter",
    "ProposalState.enter",
    "RoomState.enter",
    "RoomState.enter_contract",
    "RoomState.enter_proposal",
)


def walk(story):
    return asyncio.run(story())


@pytest.fixture
def room_id(sqlite_world) -> str:
    made = open_room(sqlite_world)
    write(sqlite_world.alice, made, "one")
    return made


@pytest.mark.parametrize("name", [name for name in OWN if short(name) in WITH_FIELDS], ids=short)
def test_a_page_that_is_there_does_not_load_before_the_eyes(name, sqlite):
    _world, call = prepared(name)
    cls = REGISTERED[name].states[0]

    async def story():
        async with open_tab(cookie_of(call.by), call.path) as tab:
            await tab.act(name)
            first, said = tab.phases(cls), await tab.come_back()
            again = tab.phases(cls)
            await tab.come_back(hashes=[])
            return first, said, again, tab.phases(cls)

    first, said, again, anew = walk(story)
    assert first == ["loading", "ready"]
    assert call.says in said
    assert set(again) == {"ready"}
    assert "loading" in anew


def test_another_room_still_loads_and_shows_nothing_of_the_one_before(sqlite_world, room_id):
    other = open_room(sqlite_world, "0" * 20, title="Another")
    write(sqlite_world.alice, other, "elsewhere")

    async def story():
        async with open_tab(cookie_of(sqlite_world.fatuma), routes.room(room_id)) as tab:
            await tab.act(ENTER)
            tab.path = routes.room(other)
            await tab.come_back()
            return tab.phases(RoomState), await tab.state(RoomState)

    phases, state = walk(story)
    assert "loading" in phases
    assert [message.body.html.strip() for message in state.messages] == ["<p>elsewhere</p>"]


def test_a_room_that_may_not_be_read_any_more_closes(sqlite_world, room_id):
    def leave(session) -> None:
        session.exec(
            delete(RoomMember).where(col(RoomMember.party_id) == sqlite_world.fatuma.party_id)
        )

    async def story():
        async with open_tab(cookie_of(sqlite_world.fatuma), routes.room(room_id)) as tab:
            await tab.act(ENTER)
            await asyncio.to_thread(db.write, leave)
            await tab.come_back()
            return tab.phases(RoomState), await tab.state(RoomState)

    phases, state = walk(story)
    assert phases[-1] == "missing"
    assert (state.room, state.messages) == (ConversationView(), [])


def test_for_another_person_in_this_browser_the_page_begins_empty(sqlite_world, room_id):
    async def story():
        async with open_tab(cookie_of(sqlite_world.fatuma), routes.room(room_id)) as tab:
            await tab.act(ENTER)
            tab.cookie = cookie_of(sqlite_world.alice)
            await tab.come_back()
            return tab.phases(RoomState), await tab.state(RoomState)

    phases, state = walk(story)
    assert (phases[0], phases[-1]) == ("loading", "ready")
    assert state.messages[0].is_mine


def test_rows_that_were_added_to_an_offer_stay_with_their_sum(sqlite_world):
    path = routes.offer_new(proposal_of(sqlite_world))

    async def story():
        async with open_tab(cookie_of(sqlite_world.alice), path) as tab:
            await tab.act(name_of(OfferFormState.enter))
            await tab.act(name_of(OfferFormState.add_milestone))
            await tab.act(name_of(OfferFormState.amount_typed), typed="49.50", key="2")
            seen = []
            for payload in ({}, {"hashes": []}):
                await tab.come_back(**payload)
                state = await tab.state(OfferFormState)
                seen.append(([row.key for row in state.rows], state.total))
            return seen

    kept, anew = walk(story)
    assert kept == (["1", "2"], "US$399.50")
    assert anew == (["1"], "US$350.00")  # of a page that is loaded anew the fields are empty too


def test_the_form_of_an_offer_that_was_sent_meanwhile_is_closed_to_who_comes_anew(sqlite_world):
    proposal_id = proposal_of(sqlite_world)

    async def story():
        async with open_tab(cookie_of(sqlite_world.alice), routes.offer_new(proposal_id)) as tab:
            await tab.act(name_of(OfferFormState.enter))
            await asyncio.to_thread(send, sqlite_world, proposal_id)
            await tab.come_back()
            await tab.act(name_of(OfferFormState.enter))  # as by a link of the page
            return (await tab.state(OfferFormState)).draft.blocked

    assert "Withdraw it first" in walk(story)
