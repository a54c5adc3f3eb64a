"""The form that asks for a payout: one wish is one payout, and what stands in it stays."""

import asyncio

import pytest

from freelance_app import db, routes
from freelance_app.money import Money
from freelance_app.services.money import ledger, payouts, tellings
from freelance_app.services.money.ledger import Cause, Leg
from freelance_app.state.money.earnings import EarningsState
from tests.services.money import books
from tests.state.events import cookie_of, name_of, open_tab

ASK, ENTER = name_of(EarningsState.ask), name_of(EarningsState.enter)
REFUSED = "Another payout was asked for meanwhile"


def earn(session, world, key: str = "first") -> None:
    """Let Fatuma earn 500.00, and her open pages hear of it."""
    earnings = ledger.earnings_of(world.fatuma.party_id)
    leg = Leg(ledger.clearing_of("bank"), earnings, Money(500_00, "EUR"))
    ledger.post(session, cause=Cause(f"{world.run}:{key}", "release"), legs=[leg])
    tellings.wake_party(session, world.fatuma.party_id)


@pytest.fixture
def rich(sqlite_world):
    db.write(earn, sqlite_world)
    return sqlite_world


def typed(method_id: str, amount: str = "100.00", seen: str = "") -> dict:
    """Return the form's payload as a browser sends it."""
    fields = {"amount": amount, "currency": "EUR", "method": method_id, "seen": seen}
    return {"__reflex_form_data__": [list(pair) for pair in fields.items()]}


def page(world):
    return open_tab(cookie_of(world.fatuma), routes.EARNINGS)


def test_the_same_form_sent_twice_asks_for_one_payout_and_says_so(rich):
    sent = typed(books.add_method(rich))

    async def walk() -> tuple[str, str, EarningsState]:
        async with page(rich) as tab:
            await tab.act(ENTER)
            first = await tab.act(ASK, form=sent)
            again = await tab.act(ASK, form=sent)
            return first, again, await tab.state(EarningsState)

    first, again, state = asyncio.run(walk())
    assert "Asked for." in first
    assert REFUSED in again
    assert books.earnings(rich) == 400_00
    (row,) = state.earnings.payouts.rows
    assert state.asked == state.earnings.newest_payout == row.id
    assert state.earnings.amount == "", "a third press would ask for all that is left"


def test_two_payouts_are_two_wishes(rich):
    method_id = books.add_method(rich)

    async def walk() -> str:
        async with page(rich) as tab:
            await tab.act(ASK, form=typed(method_id))
            seen = (await tab.state(EarningsState)).earnings.newest_payout
            return await tab.act(ASK, form=typed(method_id, seen=seen))

    assert "Asked for." in asyncio.run(walk())
    assert books.earnings(rich) == 300_00


def test_who_is_refused_is_shown_the_payout_that_was_first(rich):
    method_id = books.add_method(rich)

    async def walk() -> tuple[str, str]:
        async with page(rich) as tab:
            asked = {"method_id": method_id, "amount": "100.00", "currency": "EUR"}
            first = await db.in_thread(db.write, payouts.request, actor=rich.fatuma, **asked)
            return first, await tab.act(ASK, form=typed(method_id))

    first, answer = asyncio.run(walk())
    assert REFUSED in answer
    assert f"id='{first}'" in answer
    assert books.earnings(rich) == 400_00


def test_a_refused_amount_leaves_the_form_as_it_is(rich):
    sent = typed(books.add_method(rich), amount="500.01")

    async def walk() -> EarningsState:
        async with page(rich) as tab:
            await tab.act(ENTER)
            await tab.act(ASK, form=sent)
            return await tab.state(EarningsState)

    state = asyncio.run(walk())
    assert state.errors == {"amount": "You can ask for at most €500.00."}
    assert (state.asked, state.earnings.amount) == ("", "500.00")


def test_money_that_arrives_leaves_the_amount_that_stands_in_the_form(rich):
    books.add_method(rich)

    async def walk() -> EarningsState:
        async with page(rich) as tab:
            await tab.act(ENTER)
            await db.in_thread(db.write, earn, rich, "second")
            await tab.until("€1,000.00")
            return await tab.state(EarningsState)

    assert asyncio.run(walk()).earnings.amount == "500.00"


def test_the_form_appears_with_the_first_money_that_arrives(sqlite_world):
    books.add_method(sqlite_world)

    async def walk() -> EarningsState:
        async with page(sqlite_world) as tab:
            await tab.act(ENTER)
            assert not (await tab.state(EarningsState)).earnings.can_ask
            await db.in_thread(db.write, earn, sqlite_world)
            await tab.until("can_ask=True")
            return await tab.state(EarningsState)

    assert asyncio.run(walk()).earnings.amount == "500.00"
