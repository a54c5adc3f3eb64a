"""Sockets that say little, answer no ping, or read nothing: each is let go, nobody waits for it."""

import asyncio
import json
import os
import secrets
import select
import socket as sockets
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlencode, urlsplit

from websockets.frames import Frame, Opcode

from freelance_app.security.guard import ROOT
from scripts.serving import AS_SERVED
from tests.hostile.on_handlers import route_data
from tests.hostile.report import Report
from tests.hostile.target import Target
from tests.hostile.wire import CONNECTED, EVENT, SECONDS, cookie_header, dial

PATIENCE = int(AS_SERVED["REFLEX_SOCKET_INTERVAL"]) + int(AS_SERVED["REFLEX_SOCKET_TIMEOUT"])
# uvicorn waits ten seconds for the other side's goodbye; what reads nothing is let go by its ping.
LONGEST = max(PATIENCE + 10, 2 * 20)
IS_FULL = os.environ.get("HARBOUR_PROOF") == "full"
SLACK = 8  # the server looks round every few seconds, and the machine of a test may be slow
EACH = 4
HYDRATE = {"name": f"{ROOT}.hydrate", "payload": {}, "router_data": route_data("/home")}
EVENT_FRAME = f"{EVENT}{json.dumps(['event', HYDRATE])}"
GONE = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR  # the first: Linux


class Line:
    """A WebSocket by hand over TCP; what it does not read stays with the server."""

    def __init__(self, url: str) -> None:
        """Take the address of the server."""
        self._url = url
        self._socket = sockets.socket()
        self._socket.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4_096)
        self._socket.settimeout(0)
        self._poll = select.poll()
        self._poll.register(self._socket, GONE)

    async def upgrade(self, cookie: str) -> None:
        """Connect, and become a WebSocket that was let in."""
        at = urlsplit(self._url)
        host, port = at.hostname or "", at.port or 80
        await asyncio.get_running_loop().sock_connect(self._socket, (host, port))
        query = urlencode({"token": secrets.token_hex(16), "EIO": "4", "transport": "websocket"})
        fields = {
            "Host": at.netloc,
            "Origin": self._url,
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version": "13",
        } | cookie_header(cookie)
        lines = [f"GET /_event/?{query} HTTP/1.1", *(f"{k}: {v}" for k, v in fields.items())]
        await self.send("\r\n".join([*lines, "", ""]).encode())
        assert await self.until(b"0{"), "no socket"

    async def send(self, data: bytes, every: float = 0) -> None:
        """Send bytes as they stand; byte by byte if told how often."""
        loop = asyncio.get_running_loop()
        pieces = [data[at : at + 1] for at in range(len(data))] if every else [data]
        for piece in pieces:
            await loop.sock_sendall(self._socket, piece)
            await asyncio.sleep(every)

    async def until(self, words: bytes) -> bool:
        """Read until these words have come; whether they did."""
        got = b""
        with suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(SECONDS):
                while words not in got:
                    piece = await asyncio.get_running_loop().sock_recv(self._socket, 65_536)
                    if not piece:
                        break
                    got += piece
        return words in got

    def is_gone(self) -> bool:
        """Whether the server has let it go; nothing is read to learn it."""
        return bool(self._poll.poll(0))

    def close(self) -> None:
        """Let go of it."""
        self._socket.close()


def frame(words: str) -> bytes:
    """Return a text as a browser frames it, masked."""
    return Frame(Opcode.TEXT, words.encode()).serialize(mask=True)


async def stay_silent(target: Target, report: Report, size: int) -> None:
    """Connect and say nothing: neither the namespace nor an event. They may stay."""
    async with AsyncExitStack() as stack:
        opened = [await stack.enter_async_context(dial(target.url)) for _ in range(size)]
        for socket in opened[::2]:
            await socket.raw(CONNECTED)
        for number, socket in enumerate(opened):
            is_in = await socket.until("0{" if number % 2 else CONNECTED)
            report.check("a silent socket", is_in, "it was not let in")
        await asyncio.sleep(0.5)
        still = sum(socket.is_open for socket in opened)
        report.check("silent sockets stay", still == size, f"{size - still} were closed")


async def half_requests(target: Target, report: Report, size: int) -> None:
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


async def attack(target: Target, report: Report, cookie: str) -> None:
    """Send whole frames byte by byte: slow is not wrong, so each is answered."""

    async def type_slowly() -> bool:
        line = Line(target.url)
        try:
            await line.upgrade(cookie)
            await line.send(frame(CONNECTED), every=0.05)
            await line.send(frame(EVENT_FRAME), every=0.01)
            return await line.until(b"delta")
        finally:
            line.close()

    for is_answered in await asyncio.gather(*(type_slowly() for _ in range(EACH))):
        report.check("a frame byte by byte", is_answered, "it was not answered")


async def _nothing(_line: Line) -> None:
    """Say nothing more, as one whose cable was pulled."""


async def _without_end(line: Line) -> None:
    """Begin a frame of an event and never come to its end."""
    await line.send(frame(CONNECTED))
    await line.send(frame(EVENT_FRAME)[:8] + bytes(200), every=0.5)


async def _deaf(line: Line) -> None:
    """Ask and ask, and read none of the answers."""
    await line.send(frame(CONNECTED))
    while True:
        await line.send(frame(EVENT_FRAME))
        await asyncio.sleep(0.1)


LINES: dict[str, Callable[[Line], Coroutine[Any, Any, None]]] = {
    "a socket that went half-open": _nothing,
    "a frame without end": _without_end,
    "a socket that reads nothing": _deaf,
}


@asynccontextmanager
async def left_behind(target: Target, report: Report, cookie: str) -> AsyncIterator[None]:
    """Leave sockets that answer no ping; afterwards each must be closed, in the time of a ping.

    What is done meanwhile shortens the wait.
    """
    looks: list[tuple[str, Callable[[], bool]]] = []
    async with AsyncExitStack() as stack:
        polite = await stack.enter_async_context(dial(target.url, cookie=cookie))
        for number in range(EACH):
            mute = await stack.enter_async_context(dial(target.url, cookie=cookie))
            mute.answers_pings = False
            if number % 2:
                await mute.raw(CONNECTED)
            looks.append(("a socket that answers no ping", lambda mute=mute: not mute.is_open))
        for kind, act in LINES.items():
            for _ in range(EACH):
                line = Line(target.url)
                stack.callback(line.close)
                await line.upgrade(cookie)
                task = asyncio.create_task(_quietly(act(line)))
                stack.callback(task.cancel)
                if IS_FULL:  # these end later than a short run lasts
                    looks.append((kind, line.is_gone))
        start = time.monotonic()
        early = [kind for kind, is_gone in looks if is_gone()]
        report.check("control", not early, f"closed at once: {early}")
        yield
        until = start + (LONGEST if IS_FULL else PATIENCE) + SLACK
        while not all(is_gone() for _, is_gone in looks):
            if time.monotonic() > until:
                break
            await asyncio.sleep(0.2)
        for kind, is_gone in looks:
            report.check(kind, is_gone(), "it is still held")
        report.check("control", polite.is_open, "a socket that answers pings was closed")


async def _quietly(act: Coroutine[Any, Any, None]) -> None:
    with suppress(ConnectionError):
        await act
