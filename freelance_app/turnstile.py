"""A turnstile before SQLite's one write lock: whoever came first writes first.

SQLite itself has no queue. A connection that finds the database locked sleeps, up to a tenth of a
second, and looks again; meanwhile others come and go first, and under load somebody starves. Here
each writer first takes the place at the gate, then the turn, and leaves the place to the next one:
who has just written cannot come in again before the one who stands at the gate. Threads queue at
locks of their process; processes at locks of two empty files beside the database, which the kernel
gives back when a process dies.
"""

import fcntl
import os
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from threading import Lock

LOOK_SECONDS = 0.0005  # the file locks have no waiting with an end, so the one at the gate looks


class LateError(Exception):
    """The turn did not come in time."""


class Turnstile:
    """Lets one writer at a time through, of all threads and processes of this machine."""

    def __init__(self, database: str) -> None:
        self._place, self._turn = Lock(), Lock()
        self._place_file, self._turn_file = f"{database}-place", f"{database}-turn"

    @contextmanager
    def passed(self, seconds: float) -> Generator[None]:
        """Wait for the turn, at most so long, and keep it until the block ends.

        Raises:
            LateError: somebody kept the turn for too long.
            OSError: the files beside the database could not be opened.
        """
        until = time.monotonic() + seconds
        with ExitStack() as turn:
            with ExitStack() as place:
                _take(self._place, until, place)
                _take(self._turn, until, turn)
                _take_file(self._place_file, until, place)
                _take_file(self._turn_file, until, turn)
            yield


def _take(lock: Lock, until: float, held: ExitStack) -> None:
    if not lock.acquire(timeout=max(0, until - time.monotonic())):
        raise LateError
    held.callback(lock.release)


def _take_file(path: str, until: float, held: ExitStack) -> None:
    # Opened for each turn: a lock belongs to the opening, and a forked child would share it.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    held.callback(os.close, descriptor)
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise LateError from None
            time.sleep(LOOK_SECONDS)
