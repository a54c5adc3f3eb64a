"""A limit on what one socket may send: text alone, and by a token bucket round ASGI `receive`."""

import time
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from freelance_app.settings import settings

EVENT_PATH = "/_event"
POLICY_VIOLATION = 1008
TRY_AGAIN = 1012
PACKETS = ("1", "2", "3", "4")  # close, ping, pong, message: what an Engine.IO client may send


@dataclass
class Bucket:
    """Events that a socket may still send: `burst` at once, then `rate` a second."""

    rate: float
    burst: float
    tokens: float = field(init=False)
    filled_at: float = field(init=False)

    def __post_init__(self) -> None:
        """Start full."""
        self.tokens, self.filled_at = self.burst, time.monotonic()

    def is_free(self) -> bool:
        """Take one token; False when the bucket is empty."""
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.filled_at) * self.rate)
        self.filled_at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class Gate:
    """Stands between a socket and the app, and can close it."""

    def __init__(self, receive: Receive, send: Send) -> None:
        """Take the socket's own ends."""
        self._receive, self._send = receive, send
        self._bucket = Bucket(settings.events_per_second, settings.events_burst)
        self._is_closed = False

    async def receive(self) -> Message:
        """Return what the client sent, or that it is gone once it sent what it may not."""
        message = await self._receive()
        if message["type"] == "websocket.receive" and not self._may_pass(message):
            await self.close(POLICY_VIOLATION)
        if self._is_closed:
            return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
        return message

    def _may_pass(self, message: Message) -> bool:
        return (message.get("text") or "").startswith(PACKETS) and self._bucket.is_free()

    async def send(self, message: Message) -> None:
        """Send to a client that is still there."""
        if not self._is_closed:
            await self._send(message)

    async def close(self, code: int) -> None:
        """End the socket, once; the page connects again by itself."""
        if not self._is_closed:
            self._is_closed = True
            await self._send({"type": "websocket.close", "code": code})


_gates: set[Gate] = set()


def with_event_limit(app: ASGIApp) -> ASGIApp:
    """Wrap an app: a socket that floods us is closed; the page reconnects by itself."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if not scope.get("path", "").startswith(EVENT_PATH):
            await app(scope, receive, send)
            return
        if scope["type"] != "websocket":
            await PlainTextResponse("Events come over a WebSocket.", 400)(scope, receive, send)
            return
        gate = Gate(receive, send)
        _gates.add(gate)
        try:
            await app(scope, gate.receive, gate.send)
        finally:
            _gates.discard(gate)

    return wrapped


async def close_all() -> int:
    """Close every socket of this process and say how many; each connects again by itself."""
    gates = tuple(_gates)
    for gate in gates:
        with suppress(RuntimeError):  # it closed itself at this moment
            await gate.close(TRY_AGAIN)
    return len(gates)
