"""Engines for SQLite and PostgreSQL: how each connects, begins, and lets writers queue."""

from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from freelance_app.settings import settings
from freelance_app.turnstile import Turnstile

LOCK_SECONDS = 10
PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "recursive_triggers=ON")


def make_engine(url: str, **options: Any) -> Engine:
    """Return an engine for SQLite or PostgreSQL; nothing connects yet, since servers fork."""
    made = create_engine(url, **options)
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _prepare_sqlite)
        event.listen(made, "begin", _begin_sqlite)
    else:
        event.listen(made, "do_connect", _ask_postgresql)
    return made


def _ask_postgresql(
    _dialect: object, _record: object, _arguments: object, options: dict[str, Any]
) -> None:
    """Wait for a lock no longer than a person would, and let no dead client hold one."""
    wanted = f"-c lock_timeout={LOCK_SECONDS}s -c idle_in_transaction_session_timeout=60s"
    options["options"] = f"{wanted} {options.get('options', '')}"


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins no transaction of its own
    for pragma in (*PRAGMAS, f"busy_timeout={LOCK_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    connection.exec_driver_sql(f"BEGIN {options.get('sqlite_begin', 'DEFERRED')}")


@cache
def loop_connection_of(writer: Engine) -> Connection:
    """Return the connection that the event loop keeps for `look_up`, in no transaction."""
    return reader_of(writer).connect().execution_options(isolation_level="AUTOCOMMIT")


@cache
def reader_of(writer: Engine) -> Engine:
    """Return the engine that reads the same database.

    SQLite refuses changes by a pragma, and each change of a pragma makes it compile all its
    statements again: so readers have connections of their own that keep theirs.
    """
    if writer.dialect.name != "sqlite":
        return writer
    reader = make_engine(str(writer.url), pool_size=settings.database_threads + 1)
    event.listen(reader, "connect", _refuse_changes)
    return reader


def _refuse_changes(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA query_only=ON")


def new_engine() -> Engine:
    """Return the engine of the database that the settings name."""
    url = settings.database_url
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return make_engine(url, pool_size=settings.database_threads + 1)
    return make_engine(url, pool_size=2 * settings.database_threads, max_overflow=0)


@cache
def turnstile_of(writer: Engine) -> Turnstile | None:
    """Return what writers pass where a database lets one in at a time."""
    if writer.dialect.name != "sqlite" or not writer.url.database:
        return None
    return Turnstile(writer.url.database)
