"""Waking by topic, from other threads and through Redis."""

import asyncio
from contextlib import suppress

from freelance_app import db
from freelance_app.integrations.push.hub import NO_MARK, REMEMBERED_TOPICS, Hub
from freelance_app.integrations.push.redis import RedisBroker
from freelance_app.services.instance import events
from tests import servers


async def nothing() -> None:
    """Do nothing after a gap."""


def test_a_mark_tells_what_changed_after_it():
    hub = Hub()
    hub.wake("a")
    mark = hub.mark()
    assert not hub.has_changed("a", since=mark)
    hub.wake("b")
    assert not hub.has_changed("a", since=mark)
    assert hub.has_changed("b", since=mark)
    assert not hub.has_changed("b", since=hub.mark())


def test_who_cannot_know_says_that_it_changed():
    hub = Hub()
    mark = hub.mark()
    assert hub.has_changed("a", since=NO_MARK)
    assert hub.has_changed("a", since=Hub().mark())
    hub.resync()
    assert hub.has_changed("a", since=mark)
    mark = hub.mark()
    for number in range(REMEMBERED_TOPICS + 1):
        hub.wake(f"other {number}")
    assert hub.has_changed("a", since=mark)


def test_a_listener_hears_its_topic_from_another_thread():
    async def walk() -> tuple[bool, bool]:
        hub = Hub()
        with hub.listen("a") as mine, hub.listen("b") as other:
            await asyncio.to_thread(hub.wake, "a")
            await asyncio.wait_for(mine.wait(), 1)
            return mine.is_set(), other.is_set()

    assert asyncio.run(walk()) == (True, False)


def test_a_listener_of_two_topics_hears_both_and_is_forgotten_in_both():
    async def walk() -> list[bool]:
        hub, heard = Hub(), []
        with hub.listen("a", "b") as changed:
            for topic in ("a", "b", "c"):
                hub.wake(topic)
                await asyncio.sleep(0)
                heard.append(changed.is_set())
                changed.clear()
        assert not hub._listeners
        return heard

    assert asyncio.run(walk()) == [True, True, False]


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
        runner = asyncio.create_task(RedisBroker(here, url).run(after_gap=nothing))
        with here.listen("topic") as changed:
            await asyncio.wait_for(changed.wait(), 5)  # connected: everybody reads again
            changed.clear()
            await asyncio.to_thread(RedisBroker(there, url).publish, "topic")
            await asyncio.wait_for(changed.wait(), 5)
        runner.cancel()

    asyncio.run(walk())
