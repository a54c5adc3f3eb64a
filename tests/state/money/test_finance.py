"""The finance desk: pages of its lists, and money for a deposit that its client gave up."""

import asyncio

import pytest

from freelance_app import db, routes
from freelance_app.services.instance.keyset import Place
from freelance_app.services.money import deposits, desks
from freelance_app.state.money.finance import RECEIVED, FinanceState
from tests.services.money import books
from tests.state.events import cookie_of, name_of, open_tab


@pytest.fixture
def bank(sqlite_world):
    db.write(books.open_bank)
    return sqlite_world


def given_up(world) -> tuple[str, str]:
    """Return the public id and reference of a deposit that Alice announced and gave up."""
    deposit_id = books.announce(world)
    db.write(deposits.cancel, actor=world.alice, deposit_id=deposit_id)
    shown = db.read(deposits.get_view, actor=world.alice, deposit_id=deposit_id)
    return deposit_id, shown.reference


def form(**fields) -> dict:
    """Return a form's payload as a browser sends it."""
    return {"__reflex_form_data__": [list(pair) for pair in fields.items()]}


def desk(world, **query):
    """Open the desk, or a page of it, as Frank, who is finance staff."""
    return open_tab(cookie_of(world.frank), routes.with_query(routes.ADMIN_FINANCE, **query))


def test_the_address_names_the_page_of_a_list(bank, monkeypatch):
    monkeypatch.setattr(deposits, "ROWS", 2)
    edge, *made = [books.announce(bank) for _ in range(4)]

    async def walk() -> tuple[str, str]:
        async with desk(bank, after=edge) as first:
            oldest = await first.act(name_of(FinanceState.enter))
        async with desk(bank, after=made[1]) as second:
            return oldest, await second.act(name_of(FinanceState.enter))

    oldest, newest = asyncio.run(walk())
    assert [each in oldest for each in made] == [True, True, False]
    assert [each in newest for each in made] == [False, False, True]


def test_a_page_of_which_all_was_decided_gives_way_to_the_first(bank):
    books.announce(bank)
    first = db.read(desks.get_finance, actor=bank.frank)
    beyond = desks.Places(deposits=Place(after="f" * 20))
    assert first.deposits.rows
    assert db.read(desks.get_finance, actor=bank.frank, places=beyond) == first


def test_money_for_a_deposit_given_up_is_found_and_confirmed(bank):
    deposit_id, reference = given_up(bank)

    async def walk() -> None:
        async with desk(bank) as tab:
            assert reference not in await tab.act(name_of(FinanceState.enter))
            found = await tab.act(name_of(FinanceState.find), form=form(reference=reference))
            assert "status='cancelled'" in found
            asked = await tab.act(name_of(FinanceState.choose_deposit), deposit_id=deposit_id)
            assert RECEIVED in asked
            assert "funds nothing" in asked
            sent = form(deposit=deposit_id, received="120.00")
            assert "Confirmed." in await tab.act(name_of(FinanceState.confirm), form=sent)

    asyncio.run(walk())
    assert books.wallet(bank) == 120_00


def test_a_reference_that_nobody_has_is_told_and_shows_nothing_of_the_last_search(bank):
    _deposit_id, reference = given_up(bank)

    async def walk() -> str:
        async with desk(bank) as tab:
            name = name_of(FinanceState.find)
            await tab.act(name, form=form(reference=reference))
            return await tab.act(name, form=form(reference="DEP-000000"))

    answer = asyncio.run(walk())
    assert "No deposit has this reference." in answer
    assert "'found_rx_state_': []" in answer
