"""Waking by topic, from other threads and through Redis."""

import asyncio
from contextlib import suppress

from freelance_app import db
from freelance_app.integrations.push.hub import Hub
from freelance_app.integrations.push.redis import RedisBroker
from freelance_app.services.instance import events
from tests import servers


def test_a_listener_hears_its_topic_from_another_thread():
    async def walk() -> tuple[bool, bool]:
        hub = Hub()
        with hub.listen("a") as mine, hub.listen("b") as other:
            await asyncio.to_thread(hub.wake, "a")
            await asyncio.wait_for(mine.wait(), 1)
            return mine.is_set(), other.is_set()

    assert asyncio.run(walk()) == (True, False)


def test_nothing_is_announced_before_the_commit_or_after_a_rollback(sqlite, monkeypatch):
    heard = []
    monkeypatch.setattr(events, "broker", type("Ear", (), {"publish": heard.append}))
    with suppress(ZeroDivisionError), db.unit_of_work(write=True) as session:
        events.announce(session, "lost")
        _ = 1 / 0
    with db.unit_of_work(write=True) as session:
        events.announce(session, "true")
        assert heard == []
    assert heard == ["true"]


def test_redis_carries_topics_between_processes():
    url = servers.valkey_url()

    async def walk() -> None:
        here, there = Hub(), Hub()
        runner = asyncio.create_task(RedisBroker(here, url).run())
        with here.listen("topic") as changed:
            await asyncio.wait_for(changed.wait(), 5)  # connected: everybody reads again
            changed.clear()
            await asyncio.to_thread(RedisBroker(there, url).publish, "topic")
            await asyncio.wait_for(changed.wait(), 5)
        runner.cancel()

    asyncio.run(walk())
