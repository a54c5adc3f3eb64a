"""An open conversation and a database that is busy for a moment: it hears what comes afterwards."""

import asyncio

import pytest

from freelance_app import db, engines, routes
from freelance_app.errors import BusyError
from freelance_app.services.messages import conversations
from tests.services.messages.test_rooms import open_room, write
from tests.state.events import cookie_of, open_tab
from tests.state.messages.test_room import ENTER, shown, unread, walk


@pytest.fixture
def room_id(sqlite_world) -> str:
    return open_room(sqlite_world)


async def until(is_true) -> None:
    for _attempt in range(400):
        if await asyncio.to_thread(is_true):
            return
        await asyncio.sleep(0.025)
    raise AssertionError("it never came true")


def test_a_busy_moment_hides_a_message_for_a_moment_alone(
    sqlite_world, room_id, monkeypatch, caplog
):
    write(sqlite_world.alice, room_id, "one")
    fatuma, original, asked = cookie_of(sqlite_world.fatuma), conversations.get_news, []

    def busy_at_first(session, **arguments):
        news = original(session, **arguments)
        if news.messages and not asked:
            asked.append(arguments)
            raise BusyError
        return news

    monkeypatch.setattr(conversations, "get_news", busy_at_first)

    async def story():
        async with open_tab(fatuma, routes.room(room_id)) as tab:
            await tab.act(ENTER)
            await asyncio.to_thread(write, sqlite_world.alice, room_id, "two")
            await tab.until("two")
            return await shown(tab)

    assert walk(story) == ["<p>one</p>", "<p>two</p>"]
    assert "it goes on" in caplog.text


def test_a_busy_moment_while_the_page_opens_makes_it_not_deaf(
    sqlite_world, room_id, monkeypatch, caplog
):
    write(sqlite_world.alice, room_id, "one")
    fatuma = cookie_of(sqlite_world.fatuma)
    monkeypatch.setattr(engines, "LOCK_SECONDS", 0.2)

    async def story():
        async with open_tab(fatuma, routes.room(room_id)) as tab:
            with db.unit_of_work(write=True):  # nothing can be noted as read meanwhile
                await tab.start(ENTER)
                await until(lambda: "the database is busy" in caplog.text)
            monkeypatch.setattr(engines, "LOCK_SECONDS", 10)
            await asyncio.to_thread(write, sqlite_world.alice, room_id, "two")
            await tab.until("two")
            await until(lambda: not unread(sqlite_world.fatuma))

    walk(story)
