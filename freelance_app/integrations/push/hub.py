"""The open pages of this process and the topics they listen to."""

import asyncio
from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager, suppress
from threading import Lock

Listener = tuple[asyncio.AbstractEventLoop, asyncio.Event]


class Hub:
    """Wakes listeners by topic; many wakes before a listener looks are one.

    There is no queue that could fill: a listener that is slow reads once, what is true then.
    """

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[Listener]] = defaultdict(set)
        self._lock = Lock()  # listeners come and go in event loops, threads wake them

    @contextmanager
    def listen(self, topic: str) -> Generator[asyncio.Event]:
        """Yield an event that is set whenever the topic changed; clear it, then read."""
        listener = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._listeners[topic].add(listener)
        try:
            yield listener[1]
        finally:
            self._forget(topic, listener)

    def _forget(self, topic: str, listener: Listener) -> None:
        with self._lock:
            self._listeners[topic].discard(listener)
            if not self._listeners[topic]:
                del self._listeners[topic]

    def wake(self, topic: str) -> None:
        """Wake the topic's listeners; may be called from any thread."""
        with self._lock:
            listeners = tuple(self._listeners.get(topic, ()))
        for loop, changed in listeners:
            with suppress(RuntimeError):  # its loop was closed a moment ago
                loop.call_soon_threadsafe(changed.set)

    def resync(self) -> None:
        """Wake everybody: something may have been missed."""
        with self._lock:
            topics = tuple(self._listeners)
        for topic in topics:
            self.wake(topic)
