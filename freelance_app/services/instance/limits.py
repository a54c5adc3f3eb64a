"""Limits on tries, counted in the database: right for any number of workers and after a restart.

Count in a unit of work of its own: a count inside the work that fails would be rolled back with it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, update

from freelance_app import clock, db
from freelance_app.errors import TooManyError
from freelance_app.models import LimitCounter
from freelance_app.security import tokens
from freelance_app.text import ngettext

# Both dialects have ON CONFLICT with the same methods; SQLAlchemy has no common name for it.
_INSERTS: dict[str, Callable[..., Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def key_of(what: str, whose: str) -> str:
    """Return the key of a counter; addresses of people and machines are kept as a hash only."""
    return f"{what}:{tokens.digest(whose)}"


def take(session: Session, *, key: str, most: int, seconds: int) -> None:
    """Count one try within a window that starts at its first try.

    Raises:
        TooManyError: that was one more than `most`; the sentence says when the window ends.
    """
    tries, ends_at = _count(session, key, seconds)
    if tries > most:
        raise TooManyError(_when(ends_at))


def allows(session: Session, *, key: str, most: int, seconds: int) -> bool:
    """Count one try and return whether it is within the limit, for limits that nobody must see."""
    return _count(session, key, seconds)[0] <= most


def give_back(session: Session, *, key: str) -> None:
    """Take one try back: it was no failure."""
    session.exec(
        update(LimitCounter)
        .where(col(LimitCounter.key) == key, col(LimitCounter.tries) > 0)
        .values(tries=LimitCounter.tries - 1)
    )


def forget_ended(session: Session) -> int:
    """Delete the counters whose window is over, and return how many there were."""
    is_over = col(LimitCounter.window_ends_at) <= clock.now()
    return session.exec(delete(LimitCounter).where(is_over)).rowcount


def _count(session: Session, key: str, seconds: int) -> tuple[int, datetime]:
    """Count by one statement, so that of two callers at once each counts."""
    now = clock.now()
    new_end = now + timedelta(seconds=seconds)
    insert = _INSERTS[session.get_bind().dialect.name](LimitCounter)
    is_over = col(LimitCounter.window_ends_at) <= now
    counted = insert.values(key=key, tries=1, window_ends_at=new_end).on_conflict_do_update(
        index_elements=["key"],
        set_={
            "tries": case((is_over, 1), else_=LimitCounter.tries + 1),
            "window_ends_at": case((is_over, new_end), else_=LimitCounter.window_ends_at),
        },
    )
    counted = counted.returning(col(LimitCounter.tries), col(LimitCounter.window_ends_at))
    row: Any = db.ask(session, counted).one()
    return row.tries, row.window_ends_at


def _when(ends_at: datetime) -> str:
    minutes = max(1, -(-(ends_at - clock.now()) // timedelta(minutes=1)))
    return ngettext(
        "Too many tries. Try again in {minutes} minute.",
        "Too many tries. Try again in {minutes} minutes.",
        minutes,
    ).format(minutes=minutes)
