"""A browser's tab without the browser: one websocket that speaks Engine.IO 4 and Reflex's events.

The frames are made by hand and are ready before the clock runs, so that the one who measures is no
bottleneck. As a browser does, it offers permessage-deflate, sends its hydrate event with the
connect packet, answers pings, and keeps one socket for one token.
"""

import asyncio
import base64
import json
import secrets
import struct
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import Any

ROOT = "reflex___state____state"
HYDRATE = f"{ROOT}.hydrate_and_load"
ON_LOAD = f"{ROOT}.reflex___state____on_load_internal_state.on_load_internal"
IS_HYDRATED = '"is_hydrated_rx_state_":true'

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
FINAL, COMPRESSED, MASKED = 0x80, 0x40, 0x80
NO_MASK = bytes(4)  # a mask of zeros is legal and costs nothing
FLUSHED = b"\x00\x00\xff\xff"
WINDOW_BITS = -12
NAMESPACE = "/_event"
REFUSED = (
    *(b"This is not allowed", b"There is nothing here", b"This could not be understood"),
    *(b"window.location", b"Something went wrong", b'"_redirect"'),
)


@dataclass(frozen=True)
class Act:
    """An event of a page, and the pieces of text whose arrival ends its round trip.

    Attributes:
        query: variables of the page's route.
        search: what stands behind the path in the address, from the question mark on.
    """

    event: str
    path: str = "/"
    query: dict[str, str] = field(default_factory=dict)
    search: str = ""
    payload: dict[str, Any] = field(default_factory=dict)
    ends_with: tuple[str, ...] = ()

    def as_event(self) -> dict[str, Any]:
        """Return the event as the browser writes it."""
        router = {"pathname": self.path, "asPath": self.path + self.search}
        if self.query:
            router["query"] = self.query  # pyright: ignore[reportArgumentType]
        return {"name": self.event, "payload": self.payload, "router_data": router}


@dataclass(frozen=True)
class Seat:
    """A tab to be opened: whose cookie it has, and what it will do on its page."""

    act: Act
    cookie: str = ""


class Tab(asyncio.Protocol):
    """One open page. `on_message` hears every event frame; `lost` is set when the socket ends."""

    def __init__(self, host: str, seat: Seat) -> None:
        """Take where to connect to; the frame of the seat's act is made once."""
        self.host, self.seat = host, seat
        self.token = secrets.token_hex(16)
        self.on_message: Callable[[bytes], None] = lambda _message: None
        self.lost = ""
        self._frame = _frame(_event_packet(seat.act))
        self._marks = tuple(mark.encode() for mark in seat.act.ends_with)
        self._missing: set[bytes] = set()
        self._done: Callable[[float, bool], None] = lambda _seconds, _fault: None
        self._is_refused = False
        self._sent_at = 0.0
        self._buffer = bytearray()
        self._is_open = False
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)

    # The socket

    def connection_made(self, transport: Any) -> None:
        """Ask for the websocket."""
        self._transport = transport
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        cookie = f"Cookie: sid={self.seat.cookie}\r\n" if self.seat.cookie else ""
        transport.write(
            f"GET {NAMESPACE}/?token={self.token}&EIO=4&transport=websocket HTTP/1.1\r\n"
            f"Host: {self.host}\r\nOrigin: http://{self.host}\r\n{cookie}"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Protocol: {version('reflex')}\r\n"
            "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover; "
            "client_max_window_bits\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) bench\r\n"
            "Accept-Language: en-GB,en;q=0.9\r\n\r\n".encode()
        )

    def connection_lost(self, exc: Exception | None) -> None:
        """Remember why."""
        self.lost = self.lost or repr(exc or "closed")
        if self._missing:
            self._end(fault=True)

    def data_received(self, data: bytes) -> None:
        """Take whole frames out of what came."""
        self._buffer += data
        if not self._is_open:
            head, found, rest = bytes(self._buffer).partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                self.lost = head.split(b"\r\n")[0].decode()
                self._transport.abort()
                return
            if b"permessage-deflate" not in head:
                raise SystemExit("The server compresses no messages: the tabs expect it.")
            self._is_open, self._buffer = True, bytearray(rest)
        while (frame := _take(self._buffer)) is not None:
            self._hear(*frame)

    def _hear(self, first: int, payload: bytes) -> None:
        kind = first & 0x0F
        if kind == PING:
            self._transport.write(_raw(PONG, payload))
        elif kind == CLOSE:
            self.lost = f"closed {int.from_bytes(payload[:2])}"
            self._transport.close()
        else:
            is_packed = first & COMPRESSED
            text = self._inflate.decompress(payload + FLUSHED) if is_packed else payload
            self._packet(text)

    def _packet(self, text: bytes) -> None:
        if text.startswith(b"42"):
            self._event(text)
        elif text.startswith(b"0"):  # the engine is open: connect the namespace
            act = self.seat.act
            hydrate = replace(act, event=HYDRATE, payload={}).as_event()
            self._transport.write(_frame(f"40{NAMESPACE},{json.dumps({'event': hydrate})}"))
        elif text.startswith(b"2"):
            self._transport.write(_frame("3"))
        elif text.startswith(b"44"):
            self.lost = text.decode()

    def _event(self, text: bytes) -> None:
        self.on_message(text)
        if not self._missing:
            return
        self._is_refused |= any(word in text for word in REFUSED)
        self._missing -= {mark for mark in self._missing if mark in text}
        if not self._missing or self._is_refused:
            self._end(fault=self._is_refused)

    def _end(self, *, fault: bool) -> None:
        self._missing = set()
        self._done(time.perf_counter() - self._sent_at, fault)

    # What a load does with it

    @property
    def is_idle(self) -> bool:
        """Whether the last act was answered."""
        return not self._missing

    def expect(self, marks: tuple[str, ...], done: Callable[[float, bool], None]) -> None:
        """Wait for pieces of text without sending anything, then call `done`."""
        self._missing, self._done = {mark.encode() for mark in marks}, done
        self._sent_at, self._is_refused = time.perf_counter(), False

    def act(self, done: Callable[[float, bool], None]) -> None:
        """Send the seat's event; `done(seconds, fault)` is called when it is answered."""
        self._missing, self._done, self._is_refused = set(self._marks), done, False
        self._sent_at = time.perf_counter()
        self._transport.write(self._frame)

    def say(self, act: Act) -> None:
        """Send another event and wait for nothing."""
        self._transport.write(_frame(_event_packet(act)))

    def close(self) -> None:
        """Leave."""
        self._transport.close()


def _event_packet(act: Act) -> str:
    return f"42{NAMESPACE},{json.dumps(['event', act.as_event()], separators=(',', ':'))}"


def _frame(text: str) -> bytes:
    """Return a text as a compressed, masked frame."""
    squeeze = zlib.compressobj(wbits=WINDOW_BITS)
    packed = squeeze.compress(text.encode()) + squeeze.flush(zlib.Z_SYNC_FLUSH)
    return _raw(TEXT | COMPRESSED, packed.removesuffix(FLUSHED))


def _raw(kind: int, payload: bytes) -> bytes:
    length = len(payload)
    if length < 126:
        size = bytes([MASKED | length])
    elif length < 65_536:
        size = struct.pack("!BH", MASKED | 126, length)
    else:
        size = struct.pack("!BQ", MASKED | 127, length)
    return bytes([FINAL | kind]) + size + NO_MASK + payload


def _take(buffer: bytearray) -> tuple[int, bytes] | None:
    """Cut the first whole frame off the buffer: its first byte and its payload."""
    if len(buffer) < 2:
        return None
    length, start = buffer[1], 2
    if length == 126:
        start = 4
        length = int.from_bytes(buffer[2:4])
    elif length == 127:
        start = 10
        length = int.from_bytes(buffer[2:10])
    if len(buffer) < start or len(buffer) < start + length:
        return None
    first, payload = buffer[0], bytes(buffer[start : start + length])
    del buffer[: start + length]
    return first, payload
