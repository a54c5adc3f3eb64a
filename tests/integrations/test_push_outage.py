"""Redis goes away and comes back: pages of this process go on, those of others catch up."""

import asyncio
import time
from contextlib import asynccontextmanager, suppress

import redis

from freelance_app import freelance_app
from freelance_app.integrations.push.hub import Hub
from freelance_app.integrations.push.redis import RETRY_SECONDS, RedisBroker

PATIENCE = 15


class Process:
    """What one server process has: a hub and a broker that hears."""

    def __init__(self, url: str) -> None:
        self.hub = Hub()
        self.broker = RedisBroker(self.hub, url)

    async def publish(self, topic: str) -> float:
        """Announce a change, and return how long the one who made it waited."""
        start = time.monotonic()
        await asyncio.to_thread(self.broker.publish, topic)
        return time.monotonic() - start


@asynccontextmanager
async def hearing(*processes: Process):
    """Let each process hear, and go on when all of them do."""
    tasks: list[asyncio.Task[None]] = []
    for each in processes:
        with each.hub.listen("start") as connected:
            tasks.append(asyncio.create_task(each.broker.run(after_gap=nothing)))
            await heard(connected)
    yield
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def nothing() -> None:
    """What a process without pages does after a gap."""


async def heard(changed: asyncio.Event) -> None:
    await asyncio.wait_for(changed.wait(), PATIENCE)
    changed.clear()


async def until_it_arrives(sender: Process, topic: str, changed: asyncio.Event) -> None:
    """Announce again and again until it arrives: when both are back nobody is told."""
    until = time.monotonic() + PATIENCE
    while not changed.is_set():
        assert time.monotonic() < until
        await sender.publish(topic)
        await asyncio.sleep(0.2)
    changed.clear()


def test_what_was_missed_while_redis_was_away_is_read_again(valkey):
    async def walk() -> None:
        here, there = Process(valkey.url), Process(valkey.url)
        async with hearing(here, there):
            with here.hub.listen("job") as changed, here.hub.listen("other") as other:
                await asyncio.to_thread(valkey.stop)
                await there.publish("job")
                await asyncio.sleep(1.5)
                assert not changed.is_set()
                await asyncio.to_thread(valkey.start)
                await heard(changed)  # nobody announces anything any more
                await heard(other)

    asyncio.run(walk())


def test_what_happens_after_it_came_back_arrives_by_its_topic(valkey):
    async def walk() -> None:
        here, there = Process(valkey.url), Process(valkey.url)
        async with hearing(here, there):
            with here.hub.listen("job") as changed, here.hub.listen("other") as other:
                await asyncio.to_thread(valkey.stop)
                await asyncio.to_thread(valkey.start)
                await until_it_arrives(there, "job", changed)
                await asyncio.sleep(
                    2 * RETRY_SECONDS
                )  # whoever came back last has had everybody read
                changed.clear()
                other.clear()
                await there.publish("job")
                await heard(changed)
                assert not other.is_set()

    asyncio.run(walk())


def test_while_it_is_away_own_pages_are_woken_and_nobody_waits(valkey):
    async def walk() -> None:
        here = Process(valkey.url)
        async with hearing(here):
            with here.hub.listen("job") as changed:
                await asyncio.to_thread(valkey.stop)
                waits = []
                for _ in range(10):
                    waits.append(await here.publish("job"))
                    await heard(changed)
                assert sum(waits) < 3

    asyncio.run(walk())


def test_who_only_speaks_lets_the_others_read_again_when_it_can(valkey):
    """A process whose broker does not hear learns of the gap by its own failure alone."""

    async def walk() -> None:
        here, there = Process(valkey.url), Process(valkey.url)
        async with hearing(here):
            with here.hub.listen("missed") as changed:
                await asyncio.to_thread(valkey.stop)
                await there.publish("missed")
                await asyncio.to_thread(valkey.start)
                await heard(changed)  # `here` came back; what `there` could not say is still owed
                await asyncio.sleep(RETRY_SECONDS + 0.1)
                await there.publish("later")
                await heard(changed)

    asyncio.run(walk())


def test_what_reflex_could_not_keep_in_an_outage_is_told_in_a_line_and_a_bug_in_full(
    valkey, caplog
):
    async def walk() -> None:
        async with hearing(Process(valkey.url)):
            tell = asyncio.get_running_loop().call_exception_handler
            tell({"message": "a state", "exception": redis.ConnectionError("refused")})
            tell({"message": "a bug", "exception": ValueError("wrong")})

    asyncio.run(walk())
    outage, bug = (each for each in caplog.records if each.levelname != "INFO")
    assert (outage.getMessage(), outage.exc_info) == ("redis is away: refused (a state)", None)
    assert bug.getMessage() == "a bug"
    assert bug.exc_info


def test_an_event_that_redis_could_not_serve_tells_its_person_and_is_no_bug(monkeypatch, caplog):
    monkeypatch.setattr(freelance_app, "broker", RedisBroker(Hub(), "redis://127.0.0.1:1"))
    told = str(freelance_app.show_error(redis.ConnectionError("refused")))
    assert "Nothing was changed; please try again" in told
    assert [each.getMessage() for each in caplog.records] == ["redis is away: refused"]
    assert "Something went wrong on our side" in str(freelance_app.show_error(ValueError("wrong")))
