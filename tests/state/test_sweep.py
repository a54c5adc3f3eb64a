"""Every registered handler, called by those who may not: nothing leaks, nothing changes.

Each is first called by its rightful person with arguments that succeed (the control), so that a
refusal of the others says something. The worker is stopped: what stands in the database is what
the handler itself wrote.
"""

import asyncio
from pathlib import Path

import pytest
from reflex_base.registry import RegistrationContext
from sqlmodel import SQLModel

from freelance_app import db
from freelance_app.security import guard, policy
from freelance_app.settings import settings
from tests.factories import World, add_world
from tests.state import examples
from tests.state.events import cookie_of, open_tab

# Rows that any visit may write: tries that were counted, what was looked at, when a browser was
# last in use.
NOT_COUNTED = {"limit_counter", "audit_entry", "audit_seal", "audit_sealed"}
LAST_USE = {"last_used_at", "expires_at"}
# Open to everybody: pages for people who are not signed in yet.
PUBLIC = {
    "GateState.enter",
    "GateState.enter_as_guest",
    "SetupState.enter",
    "VerifyEmailState.enter",
}
REGISTERED = RegistrationContext.ensure_context().event_handlers
OWN = sorted(
    name
    for name in set(REGISTERED) - guard.INTERNAL
    if not name.startswith(f"{guard.ROOT}.set") and not name.endswith(".setvar")
)
EXAMPLES = examples.every()


def short(name: str) -> str:
    """Return "JobsState.enter" for a wire name."""
    function = REGISTERED[name].handler.fn
    return ".".join(function.__qualname__.split(".")[-2:])


def fn_of(name: str):
    return REGISTERED[name].handler.fn


CLOSED = [name for name in OWN if policy.policy_of(fn_of(name)) != policy.PUBLIC]


def snapshot() -> dict[str, list]:
    """Return every column of every table but the exceptions, and the names of all files."""
    found: dict[str, list] = {}
    with db.engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in NOT_COUNTED:
                columns = [column for column in table.c if column.name not in LAST_USE]
                key = list(table.primary_key)
                rows = connection.execute(table.select().with_only_columns(*columns).order_by(*key))
                found[table.name] = [tuple(row) for row in rows]
    files = sorted(str(path) for path in Path(settings.data_dir).rglob("*") if path.is_file())
    return found | {"files": [path for path in files if ".db" not in path]}


def prepared(name: str) -> tuple[World, examples.Call]:
    world = db.write(add_world)
    return world, EXAMPLES[short(name)](world)


def strangers(world: World, call: examples.Call):
    return call.wrong or tuple(who for who in (world.charlie, world.dora) if who != call.by)


def wire(name: str, call: examples.Call) -> dict:
    """Return the payload as a browser sends it: a form travels as pairs."""
    form = call.payload.get("form")
    pairs = {} if form is None else {"form": {"__reflex_form_data__": [*map(list, form.items())]}}
    return call.payload | pairs


def test_every_handler_has_a_policy():
    assert guard.handlers_without_policy() == []


def test_handlers_open_to_everybody_are_listed_by_name():
    found = {short(name) for name in OWN if policy.policy_of(fn_of(name)) == policy.PUBLIC}
    assert found == PUBLIC


def test_every_closed_handler_has_an_example():
    assert {short(name) for name in CLOSED} - set(EXAMPLES) == set()
    assert set(EXAMPLES) - {short(name) for name in OWN} == set()


@pytest.mark.parametrize("name", CLOSED, ids=short)
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


@pytest.mark.parametrize("name", CLOSED, ids=short)
def test_the_colleague_sees_what_the_owner_sees_and_changes_nothing(name, sqlite):
    world, call = prepared(name)
    if call.by != world.alice or call.own:
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


@pytest.mark.parametrize("name", CLOSED, ids=short)
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
