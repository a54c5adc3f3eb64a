"""A conversation in two open tabs: what one writes stands in the other, once and at once."""

import asyncio

import pytest

from freelance_app import db, routes
from freelance_app.integrations.push.registry import hub
from freelance_app.models import Person
from freelance_app.services.messages import messages, windows
from freelance_app.state.instance.shell import ShellState
from freelance_app.state.messages.room import EMPTY_COMPOSER, RoomState
from freelance_app.state.messages.rooms import RoomsState
from freelance_app.text import _, speaking
from tests.services.messages.test_rooms import open_room, write
from tests.state.events import cookie_of, name_of, open_tab
from tests.state.queries import counted

ENTER, SEND, OLDER = (name_of(each) for each in (RoomState.enter, RoomState.send, RoomState.older))


@pytest.fixture
def room_id(sqlite_world):
    return open_room(sqlite_world)


def walk(story):
    """Run a story of tabs in a loop of its own."""
    return asyncio.run(story())


async def shown(tab) -> list[str]:
    """Return the texts that a tab shows."""
    state = await tab.state(RoomState)
    return [message.body.html.strip() for message in state.messages]


def form(room_id: str, body: str, nonce: str = "") -> dict:
    pairs = [["room", room_id], ["body", body], ["nonce", nonce]]
    return {"form": {"__reflex_form_data__": pairs}}


def unread(actor) -> int:
    return db.read(messages.unread_count, actor)


def test_a_message_appears_in_the_open_page_of_the_other_side(sqlite_world, room_id):
    alice, fatuma = cookie_of(sqlite_world.alice), cookie_of(sqlite_world.fatuma)
    path = routes.room(room_id)

    async def story():
        async with open_tab(alice, path) as hers, open_tab(fatuma, path) as theirs:
            await theirs.start(ENTER)
            await theirs.until("can_write=True")
            answer = await hers.send(SEND, **form(room_id, "When can you start?"))
            await theirs.until("When can you start?")
            await theirs.act(OLDER, room_id=room_id, before="0" * 20)
            return answer, await shown(theirs)

    answer, texts = walk(story)
    assert EMPTY_COMPOSER in answer
    assert texts == ["<p>When can you start?</p>"]
    assert unread(sqlite_world.fatuma) == 0


def test_what_is_written_between_loading_and_listening_is_not_lost(
    sqlite_world, room_id, monkeypatch
):
    fatuma = cookie_of(sqlite_world.fatuma)
    original = RoomState._enter

    async def slow(self, service, **arguments):
        await original(self, service, **arguments)
        await asyncio.to_thread(write, sqlite_world.alice, room_id, "in between")

    monkeypatch.setattr(RoomState, "_enter", slow)

    async def story():
        async with open_tab(fatuma, routes.room(room_id)) as tab:
            await tab.start(ENTER)
            await tab.until("in between")
            return await shown(tab)

    assert walk(story) == ["<p>in between</p>"]


def test_a_load_of_the_frame_hides_nothing_that_came_since_the_pages_load(
    sqlite_world, room_id, monkeypatch
):
    fatuma = cookie_of(sqlite_world.fatuma)
    original = RoomState._enter

    async def slow(self, service, **arguments):
        await original(self, service, **arguments)
        await asyncio.to_thread(write, sqlite_world.alice, room_id, "in between")
        (await self.get_state(ShellState))._mark = hub.mark()

    monkeypatch.setattr(RoomState, "_enter", slow)

    async def story():
        async with open_tab(fatuma, routes.room(room_id)) as tab:
            await tab.start(ENTER)
            await tab.until("in between")
            return await shown(tab)

    assert walk(story) == ["<p>in between</p>"]


def test_a_room_that_is_loaded_is_not_read_again_until_something_comes(sqlite_world, room_id):
    write(sqlite_world.alice, room_id, "one")
    fatuma = cookie_of(sqlite_world.fatuma)

    async def story():
        async with open_tab(fatuma, routes.room(room_id)) as tab:
            with counted() as statements:
                await tab.start(ENTER)
                await tab.until("one")
                await asyncio.sleep(0.2)
            return [each for each in statements if "message.body" in each and ".id >" not in each]

    assert len(walk(story)) == 1


def test_the_day_above_a_message_stays_in_the_words_of_the_reader(
    sqlite_world, room_id, monkeypatch
):
    monkeypatch.setattr(windows, "PAGE", 2)
    for number in range(3):
        write(sqlite_world.alice, room_id, f"m{number}")
    with db.unit_of_work(write=True) as session:
        session.get_one(Person, sqlite_world.fatuma.person_id).language = "sw"
    fatuma = cookie_of(sqlite_world.fatuma)

    async def story():
        async with open_tab(fatuma, routes.room(room_id)) as tab:
            await tab.start(ENTER)
            await tab.until("m2")
            await asyncio.to_thread(write, sqlite_world.alice, room_id, "m3")
            await tab.until("m3")
            await tab.act(OLDER, room_id=room_id, before=(await tab.state(RoomState)).first_id)
            return [message.day for message in (await tab.state(RoomState)).messages]

    with speaking("sw"):  # English where the catalogues are not compiled
        today = _("Today")
    assert walk(story) == [today, "", "", ""]


def test_after_a_reconnect_nothing_is_lost_and_nothing_stands_twice(sqlite_world, room_id):
    alice, fatuma = cookie_of(sqlite_world.alice), cookie_of(sqlite_world.fatuma)
    path = routes.room(room_id)

    async def story():
        async with open_tab(fatuma, path) as tab:
            await tab.start(ENTER)
            await tab.until("can_write=True")
            await asyncio.to_thread(write, sqlite_world.alice, room_id, "one")
            await tab.until("one")
        await asyncio.to_thread(write, sqlite_world.alice, room_id, "two")
        async with open_tab(alice, path) as tab:
            for _again in range(2):
                await tab.send(SEND, **form(room_id, "three", "same"))
        async with open_tab(fatuma, path) as tab:
            await tab.act(ENTER)
            return await shown(tab)

    assert walk(story) == ["<p>one</p>", "<p>two</p>", "<p>three</p>"]


def test_a_reader_who_has_gone_back_keeps_the_place_over_a_reconnect(
    sqlite_world, room_id, monkeypatch
):
    monkeypatch.setattr(windows, "PAGE", 2)
    for number in range(5):
        write(sqlite_world.alice, room_id, f"m{number}")
    fatuma = cookie_of(sqlite_world.fatuma)

    async def story():
        async with open_tab(fatuma, routes.room(room_id)) as tab:
            await tab.act(ENTER)
            first_id = (await tab.state(RoomState)).first_id
            await tab.act(OLDER, room_id=room_id, before=first_id)
            await tab.come_back()
            near = await shown(tab), (await tab.state(RoomState)).has_older
            for number in range(5, 8):
                await asyncio.to_thread(write, sqlite_world.alice, room_id, f"m{number}")
            await tab.come_back()
            return near, await shown(tab)

    near, far = walk(story)
    assert near == ([f"<p>m{number}</p>" for number in range(1, 5)], True)
    assert far[-1] == "<p>m7</p>"


def test_what_is_refused_stands_beside_the_field_and_the_text_stays(sqlite_world, room_id):
    alice = cookie_of(sqlite_world.alice)

    async def story():
        async with open_tab(alice, routes.room(room_id)) as tab:
            return await tab.send(SEND, **form(room_id, "  "))

    answer = walk(story)
    assert "Write a message first." in answer
    assert EMPTY_COMPOSER not in answer


def test_a_viewer_reads_live_but_cannot_write(sqlite_world, room_id):
    bob = cookie_of(sqlite_world.bob)

    async def story():
        async with open_tab(bob, routes.room(room_id)) as tab:
            await tab.start(ENTER)
            await tab.until("can_write=False")
            await asyncio.to_thread(write, sqlite_world.fatuma, room_id, "hello")
            await tab.until("hello")
            return await tab.act(SEND, **form(room_id, "from bob"))

    assert "Only an owner can change this" in walk(story)
    assert unread(sqlite_world.alice) == 1


def test_a_stranger_sees_the_same_as_for_no_room_and_hears_nothing(sqlite_world, room_id):
    charlie = cookie_of(sqlite_world.charlie)

    async def story():
        async with open_tab(charlie, routes.room(room_id)) as tab:
            answers = [await tab.act(ENTER)]
            await asyncio.to_thread(write, sqlite_world.alice, room_id, "secret")
            answers.append(await tab.act(name_of(RoomState.listen(room_id)), room_id=room_id))
            answers.append(await tab.act(OLDER, room_id=room_id, before="0" * 20))
            return repr(answers)

    answers = walk(story)
    assert "missing" in answers
    assert "secret" not in answers
    assert sqlite_world.alice.party_name not in answers


def test_older_messages_come_above_and_stay_when_a_new_one_arrives(
    sqlite_world, room_id, monkeypatch
):
    monkeypatch.setattr(windows, "PAGE", 2)
    for number in range(5):
        write(sqlite_world.alice, room_id, f"m{number}")
    fatuma = cookie_of(sqlite_world.fatuma)

    async def story():
        async with open_tab(fatuma, routes.room(room_id)) as tab:
            await tab.start(ENTER)
            await tab.until("m4")
            for oldest in ("m1", "m0"):
                state = await tab.state(RoomState)
                await tab.start(OLDER, room_id=room_id, before=state.first_id)
                await tab.until(oldest)
            await asyncio.to_thread(write, sqlite_world.alice, room_id, "m5")
            await tab.until("m5")
            return await shown(tab)

    assert walk(story) == [f"<p>m{number}</p>" for number in range(6)]


def test_the_list_follows_what_is_written(sqlite_world, room_id):
    fatuma = cookie_of(sqlite_world.fatuma)

    async def story():
        async with open_tab(fatuma, routes.MESSAGES) as tab:
            await tab.start(name_of(RoomsState.enter))
            await tab.until("ready")
            await asyncio.to_thread(write, sqlite_world.alice, room_id, "one")
            await tab.until("one")
            await asyncio.to_thread(write, sqlite_world.alice, room_id, "two")
            await tab.until("two")
            return (await tab.state(RoomsState)).rooms

    (room,) = walk(story)
    assert (room.last, room.unread) == ("two", "2")


def test_a_message_raises_the_count_in_the_frame_and_reads_nothing_else(sqlite_world, room_id):
    fatuma = cookie_of(sqlite_world.fatuma)

    async def story():
        async with open_tab(fatuma, routes.HOME) as tab:
            await tab.act(name_of(ShellState.enter))
            with counted() as statements:
                await asyncio.to_thread(write, sqlite_world.alice, room_id, "one")
                statements.clear()
                await tab.until("messages='1'")
                return list(statements)

    asked = walk(story)
    assert any("room_read" in each for each in asked)
    assert not any("FROM notice" in each or "FROM milestone" in each for each in asked)
