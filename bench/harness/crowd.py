"""Tabs in a process of their own, told what to do over a pipe: the load of a benchmark."""

import asyncio
import multiprocessing
import secrets
import time
from array import array
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any, Self
from urllib.parse import urlsplit

import uvloop

from bench.harness.tabs import IS_HYDRATED, Act, Seat, Tab

AT_ONCE = 10
PATIENCE = 60.0
SETTLE = 1.0


@dataclass
class Burst:
    """What a burst of acts showed.

    Attributes:
        latencies: seconds from sending to the last piece that ends the act.
        seconds: from the first act sent to the last one answered.
        faults: acts that were refused, not answered, or lost their socket.
        client_share: share of one core that the tabs used themselves.
    """

    latencies: array = field(default_factory=lambda: array("d"))
    seconds: float = 0.0
    faults: int = 0
    client_share: float = 0.0

    @property
    def rate(self) -> float:
        """Return the acts that ended in a second."""
        return len(self.latencies) / self.seconds


@dataclass(frozen=True)
class Line:
    """A message: which tab of the groups writes and reads it, how, and what the reader will see."""

    at: int
    act: Act
    words: str


class Crowd:
    """The other end of the pipe; use it as a context manager."""

    def __enter__(self) -> Self:
        """Start the process."""
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_main, args=(theirs,), daemon=True)
        self._process.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        """End it, and its tabs with it."""
        self._pipe.close()
        self._process.join(5)
        self._process.kill()

    def open(self, name: str, url: str, seats: list[Seat], *, at: str = "") -> None:
        """Open a tab for each seat under a group's name, and wait until every page is loaded.

        Args:
            name: of the group.
            url: the public address, which the tabs name as their origin.
            seats: who sits where.
            at: the address of the process, where it is not the public one.
        """
        self._ask("open", name, url, seats, at or url)

    def close(self, name: str) -> None:
        """Close a group's tabs."""
        self._ask("close", name)

    def run(self, name: str, *, seconds: float, rate: float | None = None) -> Burst:
        """Let a group act: at a rate in all, or each tab again as soon as it is answered."""
        return self._ask("run", name, seconds, rate)

    def talk(self, writers: str, readers: str, lines: list[Line], *, rate: float) -> Burst:
        """Let tabs of one group write to those of another; a latency ends in the reader's tab."""
        return self._ask("talk", writers, readers, lines, rate)

    def _ask(self, *words: Any) -> Any:
        self._pipe.send(words)
        answer = self._pipe.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer


def _main(pipe: Connection) -> None:
    uvloop.run(_serve(pipe))


async def _serve(pipe: Connection) -> None:
    groups: dict[str, list[Tab]] = {}
    loop = asyncio.get_running_loop()
    while True:
        try:
            verb, name, *words = await loop.run_in_executor(None, pipe.recv)
        except EOFError:
            return
        try:
            answer = await VERBS[verb](groups, name, *words)
        except (OSError, RuntimeError, LookupError) as error:  # TimeoutError is an OSError
            answer = RuntimeError(repr(error))
        pipe.send(answer)


async def _open(
    groups: dict[str, list[Tab]], name: str, url: str, seats: list[Seat], at: str
) -> None:
    free = asyncio.Semaphore(AT_ONCE)

    async def one(seat: Seat) -> Tab:
        async with free:
            return await open_tab(url, seat, at)

    groups[name] = await asyncio.gather(*[one(seat) for seat in seats])
    await asyncio.sleep(SETTLE)


async def open_tab(url: str, seat: Seat, at: str = "") -> Tab:
    """Open a tab and wait until its page is loaded."""
    address = urlsplit(at or url)
    loop = asyncio.get_running_loop()
    loaded = loop.create_future()
    tab = Tab(urlsplit(url).netloc, seat)

    def done(_seconds: float, _fault: bool) -> None:
        if not loaded.done():
            loaded.set_result(None)

    tab.expect((IS_HYDRATED,), done)
    await loop.create_connection(lambda: tab, "127.0.0.1", address.port or 80)
    async with asyncio.timeout(PATIENCE):
        await loaded
    if tab.lost:
        raise ConnectionError(tab.lost)
    return tab


async def _close(groups: dict[str, list[Tab]], name: str) -> None:
    for tab in groups.pop(name):
        tab.close()
    await asyncio.sleep(SETTLE)


async def _run(
    groups: dict[str, list[Tab]], name: str, seconds: float, rate: float | None
) -> Burst:
    tabs = groups[name]
    burst = Burst()
    started, cpu = time.perf_counter(), time.process_time()
    until = started + seconds
    if rate is None:
        await asyncio.gather(*[_saturate(tab, until, burst) for tab in tabs])
    else:
        await _pace(deque(tabs), until, rate, burst)
    burst.seconds = time.perf_counter() - started
    burst.client_share = (time.process_time() - cpu) / burst.seconds
    return burst


async def _saturate(tab: Tab, until: float, burst: Burst) -> None:
    """Act again as soon as the last act is answered."""
    ended = asyncio.get_running_loop().create_future()

    def done(seconds: float, fault: bool) -> None:
        _note(burst, seconds, fault)
        if fault or time.perf_counter() >= until:
            ended.set_result(None)
        else:
            tab.act(done)

    tab.act(done)
    await _answered(ended, burst)


async def _pace(tabs: deque[Tab], until: float, rate: float, burst: Burst) -> None:
    """Act at random moments, `rate` a second in all, whatever became of the acts before."""
    loop = asyncio.get_running_loop()
    chance = secrets.SystemRandom()
    waiting: set[asyncio.Future[None]] = set()
    due = time.perf_counter()
    while (due := due + chance.expovariate(rate)) < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tab = await _idle(tabs)
        ended = loop.create_future()

        def done(seconds: float, fault: bool, ended: asyncio.Future[None] = ended) -> None:
            _note(burst, seconds, fault)
            ended.set_result(None)

        tab.act(done)
        waiting.add(ended)
        ended.add_done_callback(waiting.discard)
    for ended in list(waiting):
        await _answered(ended, burst)


async def _idle(tabs: deque[Tab]) -> Tab:
    """Return the next tab that waits for nothing, in turn."""
    while True:
        for _ in range(len(tabs)):
            tabs.rotate(-1)
            if tabs[0].is_idle and not tabs[0].lost:
                return tabs[0]
        await asyncio.sleep(0.001)


async def _answered(ended: asyncio.Future[None], burst: Burst) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            await ended
    except TimeoutError:
        burst.faults += 1


def _note(burst: Burst, seconds: float, fault: bool) -> None:
    if fault:
        burst.faults += 1
    else:
        burst.latencies.append(seconds)


async def _talk(
    groups: dict[str, list[Tab]], writers: str, readers: str, lines: list[Line], rate: float
) -> Burst:
    burst = Burst()
    loop = asyncio.get_running_loop()
    started, cpu = time.perf_counter(), time.process_time()
    for number, line in enumerate(lines):
        await asyncio.sleep(max(0.0, started + number / rate - time.perf_counter()))
        heard = loop.create_future()

        def done(seconds: float, fault: bool, heard: asyncio.Future[None] = heard) -> None:
            _note(burst, seconds, fault)
            heard.set_result(None)

        groups[readers][line.at].expect((line.words,), done)
        groups[writers][line.at].say(line.act)
        await _answered(heard, burst)
    burst.seconds = time.perf_counter() - started
    burst.client_share = (time.process_time() - cpu) / burst.seconds
    return burst


VERBS = {"open": _open, "close": _close, "run": _run, "talk": _talk}
