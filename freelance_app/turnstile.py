"""A turnstile before SQLite's one write lock: whoever came first writes first.

SQLite itself has no queue. A connection that finds the database locked sleeps, up to a tenth of a
second, and looks again; meanwhile others come and go first, and under load somebody starves. Here
the threads of a process stand in a row, and the first of each row takes part for its process. It
takes the place at the gate, then the turn, and leaves the place to the next process: so the process
that has just written does not come in again before the one that stands there. Place and turn are
locks of two empty files beside the database, which the kernel gives back when a process dies.
"""

import fcntl
import os
import time
from collections import deque
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from threading import Lock

LOOK_SECONDS = 0.0005  # the file locks have no waiting with an end, so the one at the gate looks


class LateError(Exception):
    """The turn did not come in time."""


class Row:
    """A lock that is handed to whoever waits longest, never taken by one who comes just then."""

    def __init__(self) -> None:
        self._mutex, self._is_taken = Lock(), False
        self._waiting: deque[Lock] = deque()

    def enter(self, seconds: float) -> bool:
        """Wait for the own turn, at most so long; return whether it came."""
        mine = Lock()
        with self._mutex:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=max(0, seconds)):
            return True
        with self._mutex:
            if mine not in self._waiting:  # it came in the last moment
                return True
            self._waiting.remove(mine)
        return False

    def leave(self) -> None:
        """Hand the turn on."""
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False


class Turnstile:
    """Lets one writer at a time through, of all threads and processes of this machine."""

    def __init__(self, database: str) -> None:
        self._row = Row()
        self._place_file, self._turn_file = f"{database}-place", f"{database}-turn"

    @contextmanager
    def passed(self, seconds: float) -> Generator[None]:
        """Wait for the turn, at most so long, and keep it until the block ends.

        Raises:
            LateError: somebody kept the turn for too long.
            OSError: the files beside the database could not be opened.
        """
        until = time.monotonic() + seconds
        if not self._row.enter(seconds):
            raise LateError
        with ExitStack() as turn:
            turn.callback(self._row.leave)
            with ExitStack() as place:
                _take(self._place_file, until, place)
                _take(self._turn_file, until, turn)
            yield


def _take(path: str, until: float, held: ExitStack) -> None:
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
