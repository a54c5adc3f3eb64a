"""The pages of offers: the form with its rows, signing, and hearing of the answer."""

import asyncio

from freelance_app import db, routes
from freelance_app.services.hiring import offers
from freelance_app.state.hiring.offer import OfferState
from freelance_app.state.hiring.offer_form import OfferFormState
from tests.services.hiring.sent import day, proposal_of, sent, view
from tests.state.events import cookie_of, name_of, open_tab

FIELDS = {"title": "App", "scope": "All of it.", "hours_a_week": "20", "rate": ""}


def form(**fields) -> dict:
    return {"__reflex_form_data__": [list(pair) for pair in fields.items()]}


def test_rows_are_added_and_removed_and_summed(sqlite_world):
    world = sqlite_world
    page = routes.offer_new(proposal_of(world))

    async def walk() -> None:
        async with open_tab(cookie_of(world.alice), page) as tab:
            await tab.act(name_of(OfferFormState.enter))
            state = await tab.state(OfferFormState)
            assert (len(state.rows), state.total) == (1, "US$350.00")
            await tab.act(name_of(OfferFormState.add_milestone))
            await tab.act(name_of(OfferFormState.amount_typed), typed="49.50", key="2")
            state = await tab.state(OfferFormState)
            assert ([row.key for row in state.rows], state.total) == (["1", "2"], "US$399.50")
            await tab.act(name_of(OfferFormState.remove_milestone), key="1")
            state = await tab.state(OfferFormState)
            assert ([row.key for row in state.rows], state.total) == (["2"], "US$49.50")
            await tab.act(name_of(OfferFormState.remove_milestone), key="2")
            assert len((await tab.state(OfferFormState)).rows) == 1

    asyncio.run(walk())


def test_refused_fields_say_why_by_the_key_of_their_row(sqlite_world):
    world = sqlite_world
    page = routes.offer_new(proposal_of(world))
    rows = {"milestone-4": "Plan", "amount-4": "0", "due-4": day(10)}
    days = {"starts_on": day(0), "ends_on": day(5)}

    async def walk() -> str:
        async with open_tab(cookie_of(world.alice), page) as tab:
            sent_form = form(**FIELDS, **days, **rows)
            return await tab.act(name_of(OfferFormState.send), form=sent_form)

    answer = asyncio.run(walk())
    assert "'amount-4':" in answer
    assert "'due-4': 'This is after the deadline.'" in answer


def test_sending_leads_to_the_offer(sqlite_world):
    world = sqlite_world
    page = routes.offer_new(proposal_of(world))
    rows = {"milestone-1": "Plan", "amount-1": "100.00", "due-1": day(10)}
    days = {"starts_on": day(0), "ends_on": day(10)}

    async def walk() -> str:
        async with open_tab(cookie_of(world.alice), page) as tab:
            sent_form = form(**FIELDS, **days, **rows)
            return await tab.act(name_of(OfferFormState.send), form=sent_form)

    assert "/offers/" in asyncio.run(walk())


def test_the_client_sees_the_signature_without_reloading(sqlite_world):
    world = sqlite_world
    offer_id = sent(world)
    seen = view(offer_id, world.fatuma).terms_hash
    signing = {"actor": world.fatuma, "offer_id": offer_id, "terms_hash": seen}

    async def walk() -> None:
        async with open_tab(cookie_of(world.alice), routes.offer(offer_id)) as tab:
            await tab.start(name_of(OfferState.enter))
            await tab.until("can_withdraw=True")
            await db.in_thread(db.write, offers.accept, **signing)
            await tab.until("status='accepted'")

    asyncio.run(walk())


def test_the_freelancer_sees_a_withdrawal_without_reloading(sqlite_world):
    world = sqlite_world
    offer_id = sent(world)
    taking = {"actor": world.alice, "offer_id": offer_id}

    async def walk() -> None:
        async with open_tab(cookie_of(world.fatuma), routes.offer(offer_id)) as tab:
            await tab.start(name_of(OfferState.enter))
            await tab.until("can_answer=True")
            await db.in_thread(db.write, offers.withdraw, **taking)
            await tab.until("status='withdrawn'")

    asyncio.run(walk())


def test_a_hash_that_is_none_never_reaches_the_service(sqlite_world):
    world = sqlite_world
    offer_id = sent(world)

    async def walk() -> str:
        async with open_tab(cookie_of(world.fatuma), routes.offer(offer_id)) as tab:
            return await tab.act(name_of(OfferState.accept), terms_hash="x")

    assert "could not be understood" in asyncio.run(walk())
    assert view(offer_id, world.fatuma).status == "waits_for_you"
