"""A tab's state goes from one process to another at once, also after Redis was started anew."""

import asyncio
import time

import pytest
import redis.asyncio
from reflex.istate.manager.redis import StateManagerRedis
from reflex.istate.manager.token import BaseStateToken

from freelance_app.state import held
from freelance_app.state.base import AppState

SOON = 2.0  # seconds: what is held for itself comes free after five, a lock nobody minds after ten


@pytest.fixture(autouse=True)
def hold_states(monkeypatch):
    """Let a process hold a state over several events, as `make run` does."""
    monkeypatch.setenv("REFLEX_OPLOCK_ENABLED", "true")


def process(url: str) -> StateManagerRedis:
    """Return what holds the states of one server process."""
    client = redis.asyncio.from_url(url, retry_on_error=[redis.RedisError])
    return StateManagerRedis(redis=client)


async def wait_for(states: StateManagerRedis, tab: str) -> float:
    """Let a process have a tab's state, and return how many seconds it waited for it."""
    start = time.monotonic()
    async with states.modify_state(BaseStateToken(ident=tab, cls=AppState)):
        return time.monotonic() - start


@pytest.mark.parametrize("seconds_away", [0, 2])
def test_a_state_changes_hands_at_once_after_redis_was_started_anew(valkey, seconds_away):
    async def walk() -> None:
        here, there = process(valkey.url), process(valkey.url)
        for each in (here, there, here):
            assert await wait_for(each, "before") < SOON
        await held.give_back(here)
        await asyncio.to_thread(valkey.stop)
        await asyncio.sleep(seconds_away)
        await asyncio.to_thread(valkey.start)
        for each in (here, there):
            await held.hear_releases(each)
        for second in range(4):  # within them Reflex listens again, whether it hears or not
            for each in (here, there, here):
                assert await wait_for(each, f"after {second} seconds") < SOON
            await asyncio.sleep(1)
        for each in (here, there):
            await held.give_back(each)
            await each.close()

    asyncio.run(walk())


def test_what_is_given_back_can_be_read_by_another_process(valkey):
    async def walk() -> None:
        here, there = process(valkey.url), process(valkey.url)
        tab = BaseStateToken(ident="tab", cls=AppState)
        async with here.modify_state(tab) as state:
            (await state.get_state(AppState)).name = "Ingrid Solberg"
        await held.give_back(here)
        state = await there.get_state(tab)
        assert (await state.get_state(AppState)).name == "Ingrid Solberg"
        for each in (here, there):
            await each.close()

    asyncio.run(walk())
