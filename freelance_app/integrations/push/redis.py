"""Redis pub/sub between several worker processes."""

# redis-py is typed in part only:
# pyright: standard

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

import redis
import redis.asyncio

from freelance_app.integrations.push.hub import Hub

CHANNEL = "freelance_app:topics"
RESYNC = "*"  # no topic has this name: everybody reads again
RETRY_SECONDS = 1
ANSWER_SECONDS = 1
HEALTH_SECONDS = 10

log = logging.getLogger(__name__)


class RedisBroker:
    """Publishes from threads, hears in the event loop, comes back after Redis was away.

    While it is away this process still wakes its own pages, and waits for no answer that will not
    come; what the others missed then, they learn by a resync.
    """

    def __init__(self, hub: Hub, url: str) -> None:
        self._hub, self._url = hub, url
        self._publisher = redis.Redis.from_url(
            url, socket_timeout=ANSWER_SECONDS, socket_connect_timeout=ANSWER_SECONDS
        )
        self._is_resync_owed = False
        self._away_until = 0.0

    def publish(self, topic: str) -> None:
        """Wake every process, this one too, through Redis."""
        if time.monotonic() < self._away_until:
            self._miss(topic)
            return
        try:
            self._publisher.publish(CHANNEL, RESYNC if self._is_resync_owed else topic)
            self._is_resync_owed = False
        except redis.RedisError as error:
            log.warning("redis is away: %s", error)
            self._away_until = time.monotonic() + RETRY_SECONDS
            self._miss(topic)

    def _miss(self, topic: str) -> None:
        self._is_resync_owed = True
        self._hub.wake(topic)

    def is_outage(self, error: BaseException, /) -> bool:
        """Tell whether this happened because Redis is away."""
        return isinstance(error, redis.RedisError)

    async def run(self, after_gap: Callable[[], Awaitable[None]]) -> None:
        """Hear for ever; whoever listens reads again after a gap."""
        asyncio.get_running_loop().set_exception_handler(self._note)
        gaps = 0
        while True:
            try:
                await self._hear(after_gap if gaps else None)
            except (redis.RedisError, OSError) as error:
                log.warning("redis is away: %s", error)
            except Exception:
                log.exception("the push channel failed; it goes on")
            gaps += 1
            await asyncio.sleep(RETRY_SECONDS)

    def _note(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Tell in a line of a task that failed in an outage: the state of a page was not kept.

        Nothing is lost by it, since pages load again after a gap.
        """
        error = context.get("exception")
        if error and self.is_outage(error):
            log.warning("redis is away: %s (%s)", error, context["message"])
        else:
            loop.default_exception_handler(context)

    async def _hear(self, after_gap: Callable[[], Awaitable[None]] | None) -> None:
        client = redis.asyncio.from_url(self._url, health_check_interval=HEALTH_SECONDS)
        async with client, client.pubsub(ignore_subscribe_messages=True) as channel:
            await channel.subscribe(CHANNEL)
            if self._is_resync_owed:  # what was missed here, others missed too
                await client.publish(CHANNEL, RESYNC)
                self._is_resync_owed = False
            self._hub.resync()
            if after_gap:
                await after_gap()
            while True:
                # It also proves that the connection lives.
                message = await channel.get_message(timeout=HEALTH_SECONDS)
                if message:
                    self._wake(message["data"].decode())

    def _wake(self, topic: str) -> None:
        if topic == RESYNC:
            self._hub.resync()
        else:
            self._hub.wake(topic)
