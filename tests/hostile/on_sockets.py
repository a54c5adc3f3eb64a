"""Below the events: frames, namespaces, transports, floods, and sockets that say nothing."""

import asyncio
import itertools
import json
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from websockets.exceptions import InvalidHandshake

from freelance_app.security.guard import ROOT
from tests.factories import World
from tests.hostile import on_slow_sockets
from tests.hostile.on_handlers import NOT_UNDERSTOOD, hydrate, route_data
from tests.hostile.report import Report
from tests.hostile.target import Target
from tests.hostile.wire import CONNECTED, EVENT, SECONDS, dial, open_socket
from tests.snapshot import changed, snapshot
from tests.state.events import cookie_of

HOME = "/home"
# Others wait no longer than this while somebody plays up; the machine of a test may be slow.
BOUND = 5.0
LOOKS = 5  # of a bystander before it begins: a busy machine is slow without us
LONGEST = 1_000_000  # characters of a message
ANSWERED, CLOSED, REFUSED, UNHEARD = "answered", "closed", "refused", "unheard"
HYDRATE = {"name": f"{ROOT}.hydrate", "payload": {}, "router_data": route_data(HOME)}
FORGED_ENVIRON = {
    "QUERY_STRING": "token=stolen",
    "REMOTE_ADDR": "127.0.0.1",
    "asgi.scope": {"headers": [["cookie", "sid=x"]], "client": ["127.0.0.1", 1]},
}

# Each of these closes the socket: nothing more is done for it.
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
    async with open_socket(target.url, cookie=cookie) as socket:
        await socket.event(**HYDRATE)
        report.check("control", await socket.until("delta"), "a page's own frame is not answered")
    for frame in LAST_FRAMES:
        async with open_socket(target.url, cookie=cookie) as socket:
            start = len(socket.frames)
            await socket.raw(frame)
            await socket.event(**HYDRATE)
            await socket.ended()
            await socket.quiet(0.05)
            got = "".join(socket.frames[start:])
        holds = socket.is_ended and "delta" not in got
        report.check("frame of no page", holds, f"{frame[:80]!r} and it goes on: {got[:200]}")
    async with open_socket(target.url, cookie=cookie) as socket:
        for frame in REFUSED_FRAMES:
            await socket.raw(frame)
            answer = await socket.first_answer()
            is_refused = NOT_UNDERSTOOD in answer
            report.check("event of another shape", is_refused, f"{frame[:80]!r} got {answer[:200]}")
    for boot in BOOTS:
        async with dial(target.url, cookie=cookie) as socket:
            await socket.raw(CONNECTED + json.dumps(boot))
            report.check("boot event of another shape", await socket.until(CONNECTED), f"{boot}")
    await _handshakes(target, report, cookie)
    await _polling(target, report)
    report.check("change", not (found := changed(before, snapshot())), f"frames changed {found}")
    for fault in target.faults():
        report.note("log", fault)


async def _handshakes(target: Target, report: Report, cookie: str) -> None:
    """Open sockets in a wrong way: refused, or of our own protocol an ordinary one of ours."""
    kind = "handshake of another kind"
    for how in ({}, {"origin": target.url}):
        got = await _handshake(target, cookie, **how)
        report.check("control", got == ANSWERED, f"{how} got {got}")
    for query in HANDSHAKES:
        got = await _handshake(target, cookie, query=query)
        wanted = {ANSWERED, CLOSED, REFUSED} if query.get("token", "x") else {UNHEARD}
        report.check(kind, got in wanted, f"{query} got {got}")
    for path in PATHS:
        got = await _handshake(target, cookie, path=path)
        report.check(kind, got == REFUSED, f"{path} got {got}")
    for origin in ("http://evil.example", "null", "file://", f"{target.url}.evil.example"):
        got = await _handshake(target, cookie, origin=origin)
        report.check("handshake of another site", got == REFUSED, f"{origin} got {got}")


async def _handshake(target: Target, cookie: str, **how: Any) -> str:
    """Return what comes of a socket: refused before it is one, or what it gets for an event."""
    query = how.get("query", {})
    try:
        async with dial(target.url, cookie=cookie, **how) as socket:
            await socket.raw(CONNECTED)
            if await socket.until(CONNECTED):
                await socket.event(**HYDRATE)
                if await socket.until("delta", seconds=SECONDS if query.get("token", "x") else 1):
                    return ANSWERED
            return CLOSED if socket.is_ended else UNHEARD
    except InvalidHandshake:
        return REFUSED


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
    async with on_slow_sockets.left_behind(target, report, cookie):
        await _floods(target, report, cookie, size)
    found = changed(before, snapshot(), but={"sign_in_session"})
    report.check("change", not found, f"floods changed {found}")
    for fault in target.faults():
        report.note("log", fault)


async def _floods(target: Target, report: Report, cookie: str, size: int) -> None:
    async with watched(target, report, "10,000 small events", cookie):
        await _small_events(target, report, cookie)
    async with watched(target, report, "events of 1 MB", cookie):
        await _megabytes(target, report, cookie)
    async with watched(target, report, f"{size} silent sockets", cookie):
        await on_slow_sockets.stay_silent(target, report, size)
    async with watched(target, report, f"{size} half-open sockets", cookie):
        await on_slow_sockets.half_requests(target, report, size)
    async with watched(target, report, "frames byte by byte", cookie):
        await on_slow_sockets.attack(target, report, cookie)


async def _small_events(target: Target, report: Report, cookie: str) -> None:
    async with open_socket(target.url, cookie=cookie) as socket:
        await asyncio.gather(*(socket.event(**HYDRATE) for _ in range(10_000)))
        await socket.ended()
        answered = sum("delta" in frame for frame in socket.frames)
        report.check("10,000 small events", not socket.is_open, "the socket is still open")
        report.check("10,000 small events", answered < 1_000, f"{answered} were answered")


async def _megabytes(target: Target, report: Report, cookie: str) -> None:
    for length in (990_000, 1_000_001, 5_000_000):
        async with open_socket(target.url, cookie=cookie) as socket:
            start = len(socket.frames)
            await socket.event(f"{ROOT}.hydrate", {"x": "x" * length})
            if length < LONGEST:
                holds = await socket.until(NOT_UNDERSTOOD)
            else:
                await socket.ended()
                holds = socket.is_ended
            got = "".join(socket.frames[start:])
        holds = holds and "delta" not in got
        report.check("an event of 1 MB and more", holds, f"{length} got {got[:200] or 'nothing'}")
    for depth in (500, 100_000):
        async with open_socket(target.url, cookie=cookie) as socket:
            start = len(socket.frames)
            deep = "[" * depth + "]" * depth
            fields = f'{{"name":"{ROOT}.hydrate","payload":{{"x":{deep}}}}}'
            await socket.raw(f'{EVENT}["event",{fields}]')
            is_refused = await socket.until(NOT_UNDERSTOOD)
            holds = is_refused or socket.is_ended
            got = "".join(socket.frames[start:])
        holds = holds and "delta" not in got
        report.check("an event of great depth", holds, f"{depth} got {got[:200] or 'nothing'}")
