"""The guard's own rules: payloads, bound tabs, sessions that ended, switched parties."""

import asyncio

import pytest
from sqlmodel import select

from freelance_app import db, routes
from freelance_app.models import StaffMember
from freelance_app.services.accounts import sessions
from freelance_app.state.instance.shell import ShellState
from freelance_app.state.money.finance import FinanceState
from tests.state.events import QUIET_SECONDS, cookie_of, name_of, open_tab

HOME = "/home"
ENTER = name_of(ShellState.enter)


def ask(cookie: str, payload: dict | None = None, name: str = ENTER) -> str:
    async def walk() -> str:
        async with open_tab(cookie, HOME) as tab:
            return await tab.act(name, **(payload or {}))

    return asyncio.run(walk())


@pytest.mark.parametrize(
    "payload", [{"force": True}, {"event": 1}, {"actor": {"person_id": 1}}, {"_bound_to": [1, 1]}]
)
def test_a_payload_of_another_shape_is_refused(payload, sqlite_world):
    assert "could not be understood" in ask(cookie_of(sqlite_world.alice), payload)


def test_setvar_and_automatic_setters_are_refused(sqlite_world):
    from reflex_base.registry import RegistrationContext

    cookie = cookie_of(sqlite_world.alice)
    names = [
        name
        for name in RegistrationContext.ensure_context().event_handlers
        if name.endswith(".setvar")
    ]
    assert names
    for name in names[:3]:
        answer = ask(cookie, {"var_name": "set_shell", "value": "stolen"}, name)
        assert "This is not allowed." in answer


def test_an_anonymous_caller_is_sent_to_the_sign_in_page(sqlite_world):
    assert "/login?next=" in ask("")
    assert "/login?next=" in ask("no-such-token")


def test_a_staff_page_says_to_others_once_that_it_is_not_theirs(sqlite_world):
    cookie = cookie_of(sqlite_world.alice)
    asked = {"form": {"__reflex_form_data__": [["reference", "DEP-000000"]]}}

    async def walk() -> tuple[str, str]:
        async with open_tab(cookie, routes.ADMIN_FINANCE) as tab:
            load = await tab.act(name_of(FinanceState.enter))
            return load, await tab.act(name_of(FinanceState.find), **asked)

    load, call = asyncio.run(walk())
    assert "nothing here for you" in load
    assert "toast" not in load
    assert "toast" in call


def test_a_tab_reloads_when_its_person_is_no_longer_staff(sqlite_world):
    frank = sqlite_world.frank

    async def walk() -> str:
        async with open_tab(cookie_of(frank), routes.ADMIN_FINANCE) as tab:
            assert "ready" in await tab.act(name_of(FinanceState.enter))
            db.write(_dismiss, frank)
            return await tab.act(name_of(FinanceState.enter))

    assert "location.reload" in asyncio.run(walk())


def _dismiss(session, actor) -> None:
    for row in session.exec(select(StaffMember).filter_by(person_id=actor.person_id)):
        session.delete(row)


def test_a_tab_of_alice_is_empty_for_charlie(sqlite_world):
    world = sqlite_world

    async def walk() -> None:
        async with open_tab(cookie_of(world.alice), HOME) as tab:
            assert world.alice.party_name in await tab.act(ENTER)
            tab.cookie = cookie_of(world.charlie)
            assert "location.reload" in await tab.act(ENTER)
            assert world.alice.party_name not in await tab.hydrate()
            assert world.alice.party_name not in await tab.act(ENTER)

    asyncio.run(walk())


def test_a_session_that_ended_is_refused_at_its_next_event(sqlite_world):
    cookie = cookie_of(sqlite_world.alice)

    async def walk() -> str:
        async with open_tab(cookie, HOME) as tab:
            await tab.act(ENTER)
            db.write(sessions.end, token=cookie)
            return await tab.act(ENTER)

    answer = asyncio.run(walk())
    assert "/login?next=" in answer
    assert sqlite_world.alice.party_name not in answer


def test_a_tab_reloads_when_its_session_acts_for_another_party(sqlite_world):
    world = sqlite_world
    cookie = cookie_of(world.alice)
    party_id = db.write(_add_freelancer, actor=world.alice)

    async def walk() -> str:
        async with open_tab(cookie, HOME) as tab:
            await tab.act(ENTER)
            db.write(sessions.act_for, actor=world.alice, token=cookie, party_id=party_id)
            return await tab.act(ENTER)

    assert "location.reload" in asyncio.run(walk())


def _add_freelancer(session, *, actor) -> str:
    from freelance_app.models import MemberRole, Membership, PartyKind
    from tests.factories import add_party, clock

    party = add_party(session, actor.name, PartyKind.FREELANCER)
    row = Membership(
        party_id=party.id,
        person_id=actor.person_id,
        role=MemberRole.OWNER,
        created_at=clock.now(),
    )
    session.add(row)
    return party.public_id


def test_a_listener_ends_with_its_session(sqlite_world):
    cookie = cookie_of(sqlite_world.alice)
    topic = f"person:{sqlite_world.alice.person_id}"

    async def walk() -> tuple[str, list[object]]:
        from freelance_app.integrations.push.registry import hub

        async with open_tab(cookie, HOME) as tab:
            await tab.act(ENTER)
            db.write(sessions.end, token=cookie)
            hub.wake(topic)
            await tab.until("Please sign in.")
            told = repr([each for each in tab.sent if "Please sign in." in repr(each)])
            tab.sent.clear()
            hub.wake(topic)
            await asyncio.sleep(2 * QUIET_SECONDS)
            return told, tab.sent

    told, sent_later = asyncio.run(walk())
    assert sqlite_world.alice.party_name not in told
    assert sent_later == []
