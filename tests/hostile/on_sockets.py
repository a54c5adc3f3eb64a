"""Below the events: frames, namespaces, transports, floods, and sockets that say nothing."""

import asyncio
import itertools
import json
import math
import socket as sockets
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import httpx
from websockets.exceptions import InvalidHandshake, InvalidMessage

from freelance_app.security.guard import ROOT
from tests.factories import World
from tests.hostile.on_handlers import hydrate, route_data
from tests.hostile.report import Report
from tests.hostile.target import Target
from tests.hostile.wire import CONNECTED, EVENT, dial, open_socket
from tests.snapshot import changed, snapshot
from tests.state.events import cookie_of

HOME = "/home"
# Others wait no longer than this while somebody plays up; the machine of a test may be slow.
BOUND = 5.0
LOOKS = 5  # of a bystander before it begins: a busy machine is slow without us
WAITED = 3.0
HYDRATE = {"name": f"{ROOT}.hydrate", "payload": {}, "router_data": route_data(HOME)}
FORGED_ENVIRON = {
    "QUERY_STRING": "token=stolen",
    "REMOTE_ADDR": "127.0.0.1",
    "asgi.scope": {"headers": [["cookie", "sid=x"]], "client": ["127.0.0.1", 1]},
}

# After each of these the socket is closed or deaf: nothing more is done for it.
LAST_FRAMES: tuple[str | bytes, ...] = (
    "x",
    "9",
    "",
    "0{}",
    "5",
    "6",
    b"\x00\x01",
    b"4",
    "4",
    "40",
    "40/",
    "40/nothing,",
    "40/admin,{}",
    "42",
    '42["event",{}]',
    '42/nothing,["event",{}]',
    "42/_event,5",
    "42/_event,[]",
    '42/_event,["event"',
    '42/_event,{"a":1}',
    '42/_event,["nothing",1]',
    '42/_event,["emit_update",{},"x"]',
    '42/_event,["link_token_to_sid","x"]',
    '42/_event,["\\u0063onnect",{}]',
    f'42/_event,["connect",{json.dumps(FORGED_ENVIRON)}]',
    '42/_event,["disconnect"]',
    f'42/_event,7["event",{json.dumps(HYDRATE)}]',
    f'42/_event?token=x,["event",{json.dumps(HYDRATE)}]',
    "43/_event,1[]",
    "44/_event,{}",
    "45",
    '451-/_event,["event",{"_placeholder":true,"num":0}]',
    '459999999999-/_event,["event",{"_placeholder":true,"num":0}]',
    '4599999999999-/_event,["event"]',
    "461-/_event,1[]",
    '42/_event,["event",' + "[" * 200_000,
    '42/_event,["event",NaN,Infinity',
    '42/_event,["event",' + "9" * 6_000 + "]",
    '42/_event,["event",{}],["event",{}]',
    f"{EVENT}{json.dumps(['event', HYDRATE, 'more', 'than one'])}",
)
# These are answered with a refusal, and the socket lives on.
REFUSED_FRAMES = (
    '42/_event,["event",5]',
    '42/_event,["event",null]',
    '42/_event,["event","{"]',
    '42/_event,["event",{}]',
    '42/_event,["event",{"name":"\\ud800"}]',
    '42/_event,["event",{"name":"\\u0000"}]',
    '42/_event,["event",{"name":1e999}]',
)
BOOTS: tuple[Any, ...] = (
    {"event": 5},
    {"event": {"name": "x"}},
    {"event": {"name": f"{ROOT}.hydrate", "payload": [1]}},
    {"event": HYDRATE | {"router_data": [1]}},
    {"state_schema": ["x"]},
    [1],
    "text",
    7,
)
HANDSHAKES: tuple[dict[str, str], ...] = (
    {"EIO": "3"},
    {"EIO": "5"},
    {"EIO": "x"},
    {"transport": "polling"},
    {"transport": "webtransport"},
    {"transport": ""},
    {"sid": "x"},
    {"j": "0"},
    {"token": ""},
    {"token": "x" * 8_000},
    {"token": "../\0\r\nX: y"},
)
PATHS = (
    "/",
    "/_event",
    "/_eventx/",
    "//_event/",
    "/_upload",
    "/ping",
    "/socket.io/",
    "/api/x",
    "/ws",
)


@asynccontextmanager
async def watched(target: Target, report: Report, kind: str, cookie: str) -> AsyncIterator[None]:
    """Measure how long a bystander waits for an answer while something goes on."""
    slowest = 0.0
    async with open_socket(target.url, cookie=cookie) as bystander:

        async def wait() -> float:
            start = time.monotonic()
            answer = await hydrate(bystander, HOME)
            return time.monotonic() - start if answer else math.inf

        async def look() -> None:
            nonlocal slowest
            while True:
                slowest = max(slowest, await wait())
                await asyncio.sleep(0.1)

        bound = BOUND + 10 * max([await wait() for _ in range(LOOKS)])
        report.check("control", bound < math.inf, "a bystander gets no answer")
        looking = asyncio.create_task(look())
        try:
            yield
            await asyncio.sleep(0.3)
        finally:
            looking.cancel()
    report.check(f"others meanwhile: {kind}", slowest < bound, f"somebody waited {slowest:.1f} s")


async def attack_frames(target: Target, report: Report, world: World) -> None:
    """Send frames that are none, handshakes of other protocols, boot events of another shape."""
    cookie = cookie_of(world.charlie)
    before = snapshot()
    for frame in LAST_FRAMES:
        async with open_socket(target.url, cookie=cookie) as socket:
            await socket.raw(frame)
            await socket.quiet(0.05)
            start = len(socket.frames)
            await socket.event(**HYDRATE)
            await socket.quiet(0.05)
            got = "".join(socket.frames[start:])
        report.check("frame of no page", "delta" not in got, f"{frame[:80]!r} and it goes on")
    async with open_socket(target.url, cookie=cookie) as socket:
        for frame in REFUSED_FRAMES:
            await socket.raw(frame)
            answer = await socket.first_answer()
            is_refused = "could not be understood" in answer
            report.check("event of another shape", is_refused, f"{frame[:80]!r} got {answer[:200]}")
    for boot in BOOTS:
        async with dial(target.url, cookie=cookie) as socket:
            await socket.raw(CONNECTED + json.dumps(boot))
            report.check("boot event of another shape", await socket.until(CONNECTED), f"{boot}")
    for query in HANDSHAKES:
        await _handshake(target, report, cookie, query=query)
    for path in PATHS:
        await _handshake(target, report, cookie, path=path)
    for origin in ("http://evil.example", "null", "file://", f"{target.url}.evil.example"):
        await _handshake(target, report, cookie, origin=origin)
    await _polling(target, report)
    report.check("change", not (found := changed(before, snapshot())), f"frames changed {found}")
    for fault in target.faults():
        report.note("log", fault)


async def _handshake(target: Target, report: Report, cookie: str, **how: Any) -> None:
    """Open a socket in a wrong way: it is refused, or it is an ordinary one of ours."""
    is_foreign = "origin" in how
    got = ""
    with suppress(InvalidHandshake, InvalidMessage, TimeoutError, OSError):
        async with asyncio.timeout(WAITED), dial(target.url, cookie=cookie, **how) as socket:
            await socket.raw(CONNECTED)
            await socket.quiet(0.05)
            await socket.event(**HYDRATE)
            await socket.quiet(0.05)
            got = "".join(socket.frames)
    holds = "delta" not in got if is_foreign or "path" in how else "Error" not in got
    report.check("handshake of another kind", holds, f"{how} got {got[:200]}")


async def _polling(target: Target, report: Report) -> None:
    async with httpx.AsyncClient(base_url=target.url, trust_env=False) as http:
        for version, transport in itertools.product("345", ("polling", "websocket", "x")):
            query = {"EIO": version, "transport": transport, "token": "x"}
            for send in (http.get, http.post):
                answer = await send("/_event/", params=query)
                holds = 400 <= answer.status_code < 500 and "sid" not in answer.text
                said = f"{version} {transport} got {answer.status_code} {answer.text[:100]}"
                report.check("polling and unknown versions", holds, said)


async def attack_load(target: Target, report: Report, world: World, *, size: int) -> None:
    """Flood, fall silent, stop half-way: others go on being served.

    The server here has the limits of the product.
    """
    cookie = cookie_of(world.charlie)
    before = snapshot()
    async with watched(target, report, "10,000 small events", cookie):
        await _small_events(target, report, cookie)
    async with watched(target, report, "events of 1 MB", cookie):
        await _megabytes(target, report, cookie)
    async with watched(target, report, f"{size} silent sockets", cookie):
        await _silent(target, report, size)
    async with watched(target, report, f"{size} half-open sockets", cookie):
        await _half_open(target, report, size)
    found = changed(before, snapshot(), but={"sign_in_session"})
    report.check("change", not found, f"floods changed {found}")
    for fault in target.faults():
        report.note("log", fault)


async def _small_events(target: Target, report: Report, cookie: str) -> None:
    async with open_socket(target.url, cookie=cookie) as socket:
        await asyncio.gather(*(socket.event(**HYDRATE) for _ in range(10_000)))
        await socket.closed()
        answered = sum("delta" in frame for frame in socket.frames)
        report.check("10,000 small events", not socket.is_open, "the socket is still open")
        report.check("10,000 small events", answered < 1_000, f"{answered} were answered")


async def _megabytes(target: Target, report: Report, cookie: str) -> None:
    for length in (990_000, 1_000_001, 5_000_000):
        async with open_socket(target.url, cookie=cookie) as socket:
            await socket.event(f"{ROOT}.hydrate", {"x": "x" * length})
            answer = await socket.first_answer(3)
            holds = "delta" not in answer and (socket.is_open or not answer)
            report.check("an event of 1 MB and more", holds, f"{length} got {answer[:200]}")
    for depth in (500, 100_000):
        async with open_socket(target.url, cookie=cookie) as socket:
            deep = "[" * depth + "]" * depth
            await socket.raw(f'{EVENT}["event",{{"name":"x","payload":{{"x":{deep}}}}}]')
            await socket.first_answer(3)
            report.cases["an event of great depth"] += 1


async def _silent(target: Target, report: Report, size: int) -> None:
    """Connect and say nothing: neither the namespace nor an event, nor pongs for some."""
    async with AsyncExitStack() as stack:
        for number in range(size):
            opened = await stack.enter_async_context(dial(target.url))
            if number % 2:
                await opened.raw(CONNECTED)
            report.check("a silent socket", opened.is_open, "it was not let in")


async def _half_open(target: Target, report: Report, size: int) -> None:
    """Open TCP connections, write half a request, and leave them so."""
    parts = urlsplit(target.url)
    beginnings = (b"", b"GET", b"GET /_event/ HTTP/1.1\r\nUpgr", b"POST /auth/sign-in HTTP/1.1\r\n")
    left: list[sockets.socket] = []
    for number in range(size):
        line = sockets.create_connection((parts.hostname or "", parts.port or 80), 5)
        line.sendall(beginnings[number % len(beginnings)])
        left.append(line)
        report.cases["a half-open socket"] += 1
    await asyncio.sleep(0.5)
    for line in left:
        line.close()
