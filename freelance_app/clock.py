"""The one source of the current time, so that tests can hold it still."""

from collections.abc import Callable
from datetime import UTC, datetime


def _system() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system


def now() -> datetime:
    """Return the current time, aware, in UTC."""
    return _source()


def use(source: Callable[[], datetime] | None) -> None:
    """Take the time from elsewhere (a test, a simulated year); None is the system's clock again."""
    global _source
    _source = source or _system
