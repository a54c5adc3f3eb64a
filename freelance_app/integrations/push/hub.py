"""The open pages of this process and the topics they listen to."""

import asyncio
import secrets
import time
from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager, suppress
from threading import Lock

Listener = tuple[asyncio.AbstractEventLoop, asyncio.Event]
Mark = tuple[str, float]

NO_MARK: Mark = ("", 0.0)
REMEMBERED_TOPICS = 10_000


class Hub:
    """Wakes listeners by topic; many wakes before a listener looks are one.

    There is no queue that could fill: a listener that is slow reads once, what is true then.
    """

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[Listener]] = defaultdict(set)
        self._lock = Lock()  # listeners come and go in event loops, threads wake them
        self._name = secrets.token_hex(4)  # a mark of another process says nothing here
        self._changed_at: dict[str, float] = {}
        self._remembers_since = time.monotonic()

    def mark(self) -> Mark:
        """Return this moment, to ask `has_changed` later; take it before you read."""
        return self._name, time.monotonic()

    def has_changed(self, topic: str, since: Mark) -> bool:
        """Whether the topic may have changed since a mark; True when nobody can know."""
        name, moment = since
        with self._lock:
            is_known = name == self._name and moment > self._remembers_since
            return not is_known or self._changed_at.get(topic, 0.0) >= moment

    @contextmanager
    def listen(self, *topics: str) -> Generator[asyncio.Event]:
        """Yield an event that is set whenever one of the topics changed; clear it, then read."""
        listener = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            for topic in topics:
                self._listeners[topic].add(listener)
        try:
            yield listener[1]
        finally:
            for topic in topics:
                self._forget(topic, listener)

    def _forget(self, topic: str, listener: Listener) -> None:
        with self._lock:
            self._listeners[topic].discard(listener)
            if not self._listeners[topic]:
                del self._listeners[topic]

    def wake(self, topic: str) -> None:
        """Wake the topic's listeners; may be called from any thread."""
        with self._lock:
            self._remember(topic)
            listeners = tuple(self._listeners.get(topic, ()))
        for loop, changed in listeners:
            with suppress(RuntimeError):  # its loop was closed a moment ago
                loop.call_soon_threadsafe(changed.set)

    def _remember(self, topic: str) -> None:
        now = time.monotonic()
        if len(self._changed_at) >= REMEMBERED_TOPICS:
            self._changed_at.clear()
            self._remembers_since = now
        self._changed_at[topic] = now

    def resync(self) -> None:
        """Wake everybody: something may have been missed."""
        with self._lock:
            self._changed_at.clear()
            self._remembers_since = time.monotonic()
            topics = tuple(self._listeners)
        for topic in topics:
            self.wake(topic)
