"""The list of browsers: what is revoked there is refused at its next event."""

import asyncio

from freelance_app import db, routes
from freelance_app.services.accounts import sessions
from freelance_app.services.accounts.sessions import Browser
from freelance_app.state.accounts.profile import ProfileState
from freelance_app.state.accounts.security import SecurityState
from tests.state.events import cookie_of, name_of, open_tab

PAGE = routes.SETTINGS_SECURITY
ENTER, REVOKE = name_of(SecurityState.enter), name_of(SecurityState.revoke)
REVOKE_OTHERS = name_of(SecurityState.revoke_others)


def other_browser(actor, device="Chrome, Android"):
    browser = Browser(device=device)
    return db.write(sessions.sign_in, person_id=actor.person_id, browser=browser).token


def id_of(actor, token):
    listed = db.read(sessions.list_for, actor=actor, this_token=token)
    return next(each.id for each in listed if each.is_this)


def test_the_page_lists_every_browser_and_marks_this_one(sqlite_world):
    alice = sqlite_world.alice
    other_browser(alice)

    async def walk():
        async with open_tab(cookie_of(alice), PAGE) as tab:
            await tab.send(ENTER)
            return await tab.state(SecurityState)

    state = asyncio.run(walk())
    assert state.phase == "ready"
    assert state.has_others
    assert sorted(row.is_this for row in state.sessions) == [False, True]


def test_revoking_takes_a_browser_from_the_list(sqlite_world):
    alice = sqlite_world.alice
    stolen = id_of(alice, other_browser(alice))

    async def walk():
        async with open_tab(cookie_of(alice), PAGE) as tab:
            answer = await tab.send(REVOKE, session_id=stolen)
            return answer, await tab.state(SecurityState)

    answer, state = asyncio.run(walk())
    assert "That browser is signed out." in answer
    assert [row.is_this for row in state.sessions] == [True]


def test_a_revoked_browser_is_sent_away_at_its_next_event(sqlite_world):
    alice = sqlite_world.alice
    stolen = other_browser(alice)
    session_id = id_of(alice, stolen)

    async def walk():
        async with open_tab(stolen, PAGE) as tab:
            assert "Chrome, Android" in await tab.send(ENTER)
            await asyncio.to_thread(db.write, sessions.revoke, actor=alice, session_id=session_id)
            answer = await tab.send(ENTER)
            assert "/login?next=" in answer
            assert "Chrome, Android" not in answer

    asyncio.run(walk())


def test_all_others_end_at_once(sqlite_world):
    alice = sqlite_world.alice
    others = [other_browser(alice) for _ in range(2)]

    async def walk():
        async with open_tab(cookie_of(alice), PAGE) as tab:
            await tab.send(REVOKE_OTHERS)
            return await tab.state(SecurityState)

    assert not asyncio.run(walk()).has_others
    assert [db.read(sessions.find_actor, token=token) for token in others] == [None, None]


def test_the_page_sends_no_token(sqlite_world):
    alice = sqlite_world.alice
    cookie, other = cookie_of(alice), other_browser(alice)

    async def walk():
        async with open_tab(cookie, PAGE) as tab:
            return await tab.send(ENTER)

    answer = asyncio.run(walk())
    assert cookie not in answer
    assert other not in answer


def test_a_profile_is_saved_and_shown_in_the_frame(sqlite_world):
    fatuma = sqlite_world.fatuma

    async def walk(form):
        async with open_tab(cookie_of(fatuma), routes.SETTINGS_PROFILE) as tab:
            await tab.send(name_of(ProfileState.enter))
            payload = {"__reflex_form_data__": [*map(list, form.items())]}
            answer = await tab.act(name_of(ProfileState.save), form=payload)
            return answer, await tab.state(ProfileState)

    answer, state = asyncio.run(walk({"name": "Fatuma Ali", "zone": "Africa/Nairobi"}))
    assert "Saved." in answer
    assert (state.profile.name, state.profile.zone) == ("Fatuma Ali", "Africa/Nairobi")
    answer, state = asyncio.run(walk({"name": " ", "zone": "Mars"}))
    assert {*state.errors} == {"name", "zone"}
    assert "aria-invalid" in answer
