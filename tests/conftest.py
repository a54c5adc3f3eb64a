"""Two real databases, migrated once each, and the people of the tests."""

import os
import secrets
import shutil
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

_FOLDER = Path(tempfile.mkdtemp(prefix="harbour-tests-"))
os.environ["DEV_PAGES"] = "false"
os.environ["DATA_DIR"] = str(_FOLDER)
os.environ["DATABASE_URL"] = f"sqlite:///{_FOLDER / 'test.db'}"
os.environ.pop("REDIS_URL", None)

import pytest  # noqa: E402
from sqlalchemy import Engine  # noqa: E402

from freelance_app import clock, db, engines  # noqa: E402
from freelance_app.models import schema  # noqa: E402
from freelance_app.services.money import verify  # noqa: E402
from freelance_app.settings import settings  # noqa: E402
from tests import network, servers  # noqa: E402
from tests.factories import World, add_world  # noqa: E402

pytest_plugins = ["tests.e2e.fixtures"]
network.close()
MOST_TESTS = 25
_shared: dict[str, tuple[str, Engine]] = {}
_served: Counter[str] = Counter()


def _use(name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point the unit of work at a database that a few tests of a module share.

    Then comes a new one: to prove the books takes longer the more rows there are, and the newest
    row of a list that begins with the oldest would stand on a later page.
    """
    module = request.module.__name__
    if _shared.get(name, ("",))[0] != module or _served[name] == MOST_TESTS:
        if name in _shared:
            _discard(_shared[name][1])
        folder = Path(tempfile.mkdtemp(prefix="tests.db-", dir=_FOLDER))
        _shared[name] = module, engines.make_engine(_copy_of_migrated(name, folder))
        _served[name] = 0
    _served[name] += 1
    monkeypatch.setattr(db, "engine", _shared[name][1])


def _discard(engine: Engine) -> None:
    """Close all connections to a database that is needed no more."""
    if engine.dialect.name == "sqlite":
        engines.loop_connection_of(engine).close()
        engines.reader_of(engine).dispose()
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, monkeypatch):
    """Run the test on each database; the books must be sound when it ends."""
    _use(request.param, request, monkeypatch)
    yield request.param
    assert db.read(verify.faults) == []


@pytest.fixture
def sqlite(request, monkeypatch):
    """Use SQLite, for what does not depend on the database; the books must be sound too."""
    _use("sqlite", request, monkeypatch)
    yield
    assert db.read(verify.faults) == []


@pytest.fixture(params=["sqlite", "postgresql"])
def own_database(request, tmp_path, monkeypatch):
    """Run the test on each database, new and without the rows of other tests, to do harm to."""
    engine = engines.make_engine(_copy_of_migrated(request.param, tmp_path))
    monkeypatch.setattr(db, "engine", engine)
    monkeypatch.setattr(settings, "data_dir", tmp_path)  # the heads of its chains lie there
    yield request.param
    engine.dispose()


def _copy_of_migrated(name: str, folder: Path) -> str:
    """Return the URL of a new database; the first of its kind is migrated and kept for copies."""
    if name == "sqlite":
        _migrated(name)
        shutil.copy(_FOLDER / "migrated.db", folder / "own.db")
        return f"sqlite:///{folder / 'own.db'}"
    own = f"own_{secrets.token_hex(6)}"
    return servers.new_postgres_database(own, template=_migrated(name))


@cache
def _migrated(name: str) -> str:
    """Migrate a database that nothing writes into, and return its name."""
    url = f"sqlite:///{_FOLDER / 'migrated.db'}"
    if name == "postgresql":
        url = servers.new_postgres_database("migrated")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "engine", engines.make_engine(url))
        schema.upgrade()
    return "migrated"


@pytest.fixture
def migrated_postgres() -> str:
    """Name the database of PostgreSQL to copy; nothing may write into it."""
    return _migrated("postgresql")


@pytest.fixture
def world(database) -> World:
    """Alice's company and Fatuma: Bob looks at what Alice's company does, Charlie is a stranger."""
    return db.write(add_world)


@pytest.fixture
def sqlite_world(sqlite) -> World:
    """The same on SQLite alone, for what does not depend on the database."""
    return db.write(add_world)


@pytest.fixture
def at():
    """Set the clock: at(moment) holds it there; the test's end lets it run again."""
    yield lambda moment: clock.use(lambda: moment)
    clock.use(None)


@pytest.fixture
def valkey():
    """Give a Valkey server that the test may stop and start again at the same address."""
    server = servers.Restartable()
    yield server
    server.stop()
