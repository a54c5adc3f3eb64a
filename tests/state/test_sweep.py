"""Every registered handler, called by those who may not: nothing leaks, nothing changes.

Each is first called by its rightful person with arguments that succeed (the control), so that a
refusal of the others says something. The worker is stopped: what stands in the database is what
the handler itself wrote.
"""

import asyncio

import pytest

from freelance_app.security import guard
from tests.snapshot import snapshot
from tests.state.events import cookie_of, open_tab
from tests.state.handlers import (
    EXAMPLES,
    OPEN,
    OWN,
    REGISTERED,
    prepared,
    short,
    strangers,
    wire,
)

# Open to everybody: pages for people who are not signed in yet.
PUBLIC = {
    "GateState.enter",
    "GateState.enter_as_guest",
    "SetupState.enter",
    "VerifyEmailState.enter",
}


def test_every_handler_has_a_policy():
    assert guard.handlers_without_policy() == []


def test_of_each_listener_a_tab_has_one():
    listeners = [REGISTERED[name].handler for name in OWN if REGISTERED[name].handler.is_background]
    assert listeners
    assert [each.fn.__qualname__ for each in listeners if not each.supersedes] == []


def test_handlers_open_to_everybody_are_listed_by_name():
    assert {short(name) for name in OPEN} == PUBLIC


def test_every_handler_has_an_example():
    assert {short(name) for name in OWN} == set(EXAMPLES)


@pytest.mark.parametrize("name", OPEN, ids=short)
def test_what_is_open_answers_a_guest(name, sqlite):
    _world, call = prepared(name)

    async def walk() -> str:
        async with open_tab("", call.path) as tab:
            return await tab.act(name, **wire(name, call))

    answer = asyncio.run(walk())
    assert not [refusal for refusal in guard.REFUSALS if refusal in answer]
    assert call.says in answer


@pytest.mark.parametrize("name", OWN, ids=short)
def test_the_rightful_person_succeeds(name, sqlite):
    _world, call = prepared(name)
    cookie = cookie_of(call.by)
    before = snapshot()

    async def walk() -> str:
        async with open_tab(cookie, call.path) as tab:
            return await tab.act(name, **wire(name, call))

    answer = asyncio.run(walk())
    for refusal in guard.REFUSALS:
        assert refusal not in answer
    assert call.says in answer
    if call.changes:
        assert snapshot() != before, "the example changes nothing: does it succeed?"


@pytest.mark.parametrize("name", OWN, ids=short)
def test_the_colleague_sees_what_the_owner_sees_and_changes_nothing(name, sqlite):
    world, call = prepared(name)
    if call.by != world.alice or call.own or world.bob in call.wrong:
        return
    cookie = cookie_of(world.bob)
    before = snapshot()

    async def walk() -> str:
        async with open_tab(cookie, call.path) as tab:
            return await tab.act(name, **wire(name, call))

    answer = asyncio.run(walk())
    assert snapshot() == before, "a viewer changed something"
    if not call.changes:
        assert call.says in answer


@pytest.mark.parametrize("name", OWN, ids=short)
def test_nobody_else_changes_or_learns_anything(name, sqlite):
    world, call = prepared(name)
    cookies = {"anonymous": "", **{who.name: cookie_of(who) for who in strangers(world, call)}}
    mine = cookie_of(call.by)
    before = snapshot()

    async def attack(cookie: str) -> tuple[str, set[str]]:
        async with open_tab(cookie, call.path) as tab:
            return await tab.act(name, **wire(name, call)), tab.reached

    async def steal(cookie: str) -> str:
        """Use the rightful person's tab with another's session."""
        async with open_tab(mine, call.path) as tab:
            tab.cookie = cookie
            return await tab.act(name, **wire(name, call))

    for who, cookie in cookies.items():
        answer, reached = asyncio.run(attack(cookie))
        stolen = asyncio.run(steal(cookie))
        assert reached <= {"tab"}, f"a frame for {who} reached another tab"
        for marker in call.markers:
            assert marker not in answer, f"{who} learned {marker}"
            assert marker not in stolen, f"{who} learned {marker} in a stolen tab"
        assert "location" in stolen, f"{who} may use a stolen tab"
        if not call.own or not cookie:
            assert snapshot() == before, f"{who} changed something"
