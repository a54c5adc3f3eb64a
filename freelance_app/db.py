"""The database: threads and the unit of work, the only commit in the code base."""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import (
    CursorResult,
    Engine,
    Insert,
    Row,
    Select,
    UpdateBase,
)
from sqlalchemy import insert as sql_insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.sql.selectable import TypedReturnsRows
from sqlmodel import Session, SQLModel
from typing_extensions import TypeVarTuple

from freelance_app import engines
from freelance_app.errors import BusyError
from freelance_app.settings import settings
from freelance_app.turnstile import LateError

P = ParamSpec("P")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")

READ = {"postgresql_readonly": True}
WRITE = {"sqlite_begin": "IMMEDIATE"}
RETRIED_SQLSTATES = {"40001", "40P01"}  # serialization failure, deadlock
BUSY = {
    *RETRIED_SQLSTATES,
    "55P03",  # a lock was not free in time
    "57014",  # a statement took too long
    "53100",  # the disk is full
    "53300",  # too many connections
    "SQLITE_BUSY",
    "SQLITE_BUSY_SNAPSHOT",
    "SQLITE_FULL",
}
ATTEMPTS = 3
HOOKS = "after_commit"

log = logging.getLogger(__name__)


engine = engines.new_engine()
_readers = ThreadPoolExecutor(settings.database_threads, "db-read")
# SQLite has one writer: a queue before one thread is fairer than a fight for its lock.
_writers = ThreadPoolExecutor(
    1 if engine.dialect.name == "sqlite" else settings.database_threads, "db-write"
)


@contextmanager
def unit_of_work(*, write: bool = False) -> Generator[Session]:
    """Yield a session; commit on leaving, or roll back on an exception.

    A read is refused any change by the database itself. A write holds SQLite's
    write lock from its first statement on, so what it reads stays true.
    """
    with Session(engine if write else engines.reader_of(engine), expire_on_commit=False) as session:
        with _turn(write=write), session.begin():
            session.connection(execution_options=WRITE if write else READ)
            yield session
        for hook in session.info.pop(HOOKS, ()):
            _run_hook(hook)


@contextmanager
def _turn(*, write: bool) -> Generator[None]:
    """Hold the turn to write, where a database lets one writer in at a time.

    Raises:
        BusyError: the turn did not come.
    """
    turnstile = engines.turnstile_of(engine) if write else None
    with ExitStack() as held:
        if turnstile:
            try:
                held.enter_context(turnstile.passed(engines.LOCK_SECONDS))
            except (LateError, OSError) as error:
                log.warning("the database is busy: no turn to write came (%r)", error)
                raise BusyError from error
        yield


def change(session: Session, statement: UpdateBase, **values: Any) -> int:
    """Run a change that was built once, and return how many rows it changed.

    Rows that the session holds stay as they were read: read again those that are used after it.
    """
    session.flush()  # what was added before may be what it changes
    return session.connection().execute(statement, values).rowcount


def ask(session: Session, query: TypedReturnsRows[*Ts], **values: Any) -> CursorResult[*Ts]:
    """Run a query of columns that was built once, or an INSERT that returns some.

    Without objects it costs a third.
    """
    session.flush()
    return session.connection().execute(query, values)


def insert(session: Session, table: type[SQLModel], *rows: dict[str, Any]) -> None:
    """Add rows that nobody needs as objects, which costs a tenth of session.add.

    What a row lacks has the default of its table.
    """
    statement, values, makers = _insert_into(table)  # pyright: ignore[reportArgumentType] a class has a hash
    whole = [values | {name: make() for name, make in makers.items()} | row for row in rows]
    if whole:
        session.connection().execute(statement, whole if len(whole) > 1 else whole[0])


@cache
def _insert_into(table: type[SQLModel]) -> tuple[Insert, dict[str, Any], dict[str, Any]]:
    """Return the INSERT of a table, its columns' default values, and what makes the others."""
    optional = {
        name: field
        for name, field in table.model_fields.items()
        if name != "id" and not field.is_required()
    }
    makers = {name: field.default_factory for name, field in optional.items()}
    made = {name: make for name, make in makers.items() if make}
    values = {name: field.default for name, field in optional.items() if name not in made}
    return sql_insert(table).inline(), values, made


def locks_rows(session: Session) -> bool:
    """Whether the database locks rows; SQLite's write unit of work is alone with all of them."""
    return session.get_bind().dialect.name != "sqlite"


def after_commit(session: Session, hook: Callable[[], object]) -> None:
    """Call the hook once this unit of work has committed; never when it rolls back."""
    session.info.setdefault(HOOKS, []).append(hook)


def _run_hook(hook: Callable[[], object]) -> None:
    try:
        hook()
    except Exception:
        log.exception("a hook after the commit failed; the commit stands")


def read(service: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a service in one read-only unit of work.

    Raises:
        BusyError: the database had no time.
    """
    try:
        with unit_of_work() as session:
            return service(session, *args, **kwargs)
    except SQLAlchemyError as error:
        _raise_if_busy(error)
        raise


def write(service: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a service in one write unit of work; again when the database asks for it.

    Raises:
        BusyError: the database had no time or no room; nothing was changed.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with unit_of_work(write=True) as session:
                return service(session, *args, **kwargs)
        except SQLAlchemyError as error:
            if attempt == ATTEMPTS or _state_of(error) not in RETRIED_SQLSTATES:
                _raise_if_busy(error)
                raise
            time.sleep(secrets.randbelow(50) / 1000 * attempt)
    raise AssertionError("unreachable")


def _state_of(error: SQLAlchemyError) -> str:
    """Return how the database names the error; empty when it does not."""
    cause = getattr(error, "orig", None)
    return getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", "")


def _raise_if_busy(error: SQLAlchemyError) -> None:
    if isinstance(error, PoolTimeoutError) or _state_of(error) in BUSY:
        log.error("the database is busy or full: %s", error)
        raise BusyError from error


async def in_thread(unit: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Await `read` or `write` in a bounded pool: the event loop never waits for the database."""
    pool = _writers if unit is write else _readers
    call = partial(unit, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(pool, call)


async def look_up(statement: Select[*Ts], values: Mapping[str, Any]) -> Sequence[Row[*Ts]]:
    """Return the few rows that one look-up by an index finds; for what every event asks.

    SQLite answers in the event loop itself: that takes 0.03 ms and waits for nobody, since its
    readers never wait for the writer, while a thread costs 0.2 ms and a fight for the interpreter.

    Raises:
        BusyError: the database had no time.
    """
    try:
        if engine.dialect.name == "sqlite":
            return engines.loop_connection_of(engine).execute(statement, values).all()
        pool, ask = _readers, partial(_look_up, engine, statement, values)
        return await asyncio.get_running_loop().run_in_executor(pool, ask)
    except SQLAlchemyError as error:
        _raise_if_busy(error)
        raise


def _look_up(
    source: Engine, statement: Select[*Ts], values: Mapping[str, Any]
) -> Sequence[Row[*Ts]]:
    with source.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return connection.execute(statement, values).all()
