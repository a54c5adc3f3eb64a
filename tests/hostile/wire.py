"""A raw client: Engine.IO 4 and Socket.IO 5 by hand over one WebSocket, with nothing polite in it.

It sends what it is told, keeps every frame that it gets, and knows no page and no build.
"""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from freelance_app.security import tokens

NAMESPACE = "/_event"
OPEN, CLOSE, PING, PONG, MESSAGE = "0", "1", "2", "3", "4"
CONNECTED, EVENT = f"40{NAMESPACE},", f"42{NAMESPACE},"
SECONDS = 10
QUIET = 0.15


@dataclass
class Socket:
    """One open WebSocket and what came over it."""

    connection: ClientConnection
    client_token: str
    frames: list[str] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    is_open: bool = True
    answers_pings: bool = True

    @property
    def is_ended(self) -> bool:
        """Whether the server closed it, or told it to go: Engine.IO hears nothing from it then."""
        return not self.is_open or CLOSE in self.frames

    async def raw(self, words: str | bytes) -> None:
        """Send a frame as it stands; a socket that the server closed takes none."""
        with suppress(ConnectionClosed):
            await self.connection.send(words)

    async def event(self, name: Any, payload: Any = None, path: str = "/home", **more: Any) -> None:
        """Send an event as a browser does; `more` adds to its fields or replaces them."""
        fields = {"name": name, "payload": payload or {}, "router_data": {"pathname": path}}
        await self.raw(f"{EVENT}{json.dumps(['event', fields | more])}")

    async def first_answer(self, seconds: float = SECONDS) -> str:
        """Return what came since the last frame that was read, waiting for at least one."""
        before = len(self.frames)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while len(self.frames) == before and self.is_open:
                    self.news.clear()
                    await self.news.wait()
        return "".join(self.frames[before:])

    async def until(self, text: str, *, start: int = 0, seconds: float = SECONDS) -> bool:
        """Whether a frame with this text comes, or came already among those from a number on."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not any(text in frame for frame in self.frames[start:]):
                    if self.is_ended:
                        break
                    self.news.clear()
                    await self.news.wait()
        return any(text in frame for frame in self.frames[start:])

    async def ended(self) -> None:
        """Wait until the server has ended it, but no longer than for an answer."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS):
                while not self.is_ended:
                    self.news.clear()
                    await self.news.wait()

    async def quiet(self, seconds: float = QUIET) -> None:
        """Wait until nothing has come for a while."""
        seen = -1
        while seen != len(self.frames):
            seen = len(self.frames)
            await asyncio.sleep(seconds)

    async def listen(self) -> None:
        """Keep what comes and answer pings if it does so, until the server closes."""
        with suppress(ConnectionClosed):
            async for frame in self.connection:
                words = frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
                if words == PING:
                    if self.answers_pings:
                        await self.raw(PONG)
                    continue
                self.frames.append(words)
                self.news.set()
        self.is_open = False
        self.news.set()


def cookie_header(token: str) -> dict[str, str]:
    """Return the header of a browser that holds this session."""
    return {"Cookie": f"{tokens.COOKIE}={token}"} if token else {}


@asynccontextmanager
async def dial(
    url: str,
    *,
    cookie: str = "",
    client_token: str = "",
    origin: str | None = "",
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    path: str = "/_event/",
) -> AsyncIterator[Socket]:
    """Open a WebSocket without a word on it; by default as a tab of our own site would."""
    client_token = client_token or secrets.token_hex(16)
    asked = {"token": client_token, "EIO": "4", "transport": "websocket"} | dict(query or {})
    address = f"{url.replace('http', 'ws', 1)}{path}?{urlencode(asked)}"
    given = url if origin == "" else origin
    sent = ({"Origin": given} if given else {}) | cookie_header(cookie) | dict(headers or {})
    async with connect(
        address,
        additional_headers=sent,
        max_size=None,
        ping_interval=None,
        proxy=None,
        compression=None,
        close_timeout=1,
    ) as connection:
        socket = Socket(connection, client_token)
        reading = asyncio.create_task(socket.listen())
        try:
            yield socket
        finally:
            reading.cancel()


@asynccontextmanager
async def open_socket(url: str, *, auth: Any = None, **how: Any) -> AsyncIterator[Socket]:
    """Open a socket that has joined the namespace of events, as a tab does."""
    async with dial(url, **how) as socket:
        await socket.raw(CONNECTED + (json.dumps(auth) if auth is not None else ""))
        await socket.until(CONNECTED)
        yield socket
