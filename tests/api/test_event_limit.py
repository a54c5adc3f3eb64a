"""One socket may not flood the server: its burst passes, then it is closed."""

import asyncio

from freelance_app.security.event_limit import Bucket, with_event_limit
from freelance_app.settings import settings


def play(path: str, messages: int) -> tuple[int, list[dict]]:
    """Send messages over one socket; return how many the app saw and what the browser got."""
    sent: list[dict] = []
    seen = 0

    async def app(_scope, receive, send) -> None:
        nonlocal seen
        while (message := await receive())["type"] == "websocket.receive":
            seen += 1
            assert message["text"] == "2"
        await send({"type": "websocket.send", "text": "late"})

    queue = iter([{"type": "websocket.receive", "text": "2"}] * messages)

    async def receive() -> dict:
        return next(queue, {"type": "websocket.disconnect", "code": 1000})

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {"type": "websocket", "path": path}
    asyncio.run(with_event_limit(app)(scope, receive, send))
    return seen, sent


def test_a_burst_passes():
    seen, sent = play("/_event/", settings.events_burst)
    assert seen == settings.events_burst
    assert [message["type"] for message in sent] == ["websocket.send"]


def test_a_flood_closes_the_socket_and_nothing_more_is_sent():
    seen, sent = play("/_event/", settings.events_burst * 10)
    assert settings.events_burst <= seen <= settings.events_burst + 5
    assert [message["type"] for message in sent] == ["websocket.close"]
    assert sent[0]["code"] == 1008


def test_other_sockets_are_not_counted():
    seen, _sent = play("/other", settings.events_burst * 3)
    assert seen == settings.events_burst * 3


def test_a_bucket_fills_again_with_time():
    bucket = Bucket(rate=1_000_000, burst=1)
    assert bucket.is_free()
    while not bucket.is_free():
        pass
