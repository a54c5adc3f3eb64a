"""A limit on what one socket may send: text alone, and by a token bucket round ASGI `receive`."""

import time
from dataclasses import dataclass, field

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from freelance_app.settings import settings

EVENT_PATH = "/_event"
POLICY_VIOLATION = 1008
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


def with_event_limit(app: ASGIApp) -> ASGIApp:
    """Wrap an app: a socket that floods us is closed; the page reconnects by itself."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if not scope.get("path", "").startswith(EVENT_PATH):
            await app(scope, receive, send)
            return
        if scope["type"] != "websocket":
            await PlainTextResponse("Events come over a WebSocket.", 400)(scope, receive, send)
            return
        bucket = Bucket(settings.events_per_second, settings.events_burst)
        is_closed = False

        def may_pass(message: Message) -> bool:
            return (message.get("text") or "").startswith(PACKETS) and bucket.is_free()

        async def limited_receive() -> Message:
            nonlocal is_closed
            message = await receive()
            if message["type"] == "websocket.receive" and not is_closed and not may_pass(message):
                is_closed = True
                await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            if is_closed:
                return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
            return message

        async def quiet_send(message: Message) -> None:
            if not is_closed:
                await send(message)

        await app(scope, limited_receive, quiet_send)

    return wrapped
