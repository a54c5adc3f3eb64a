"""The server under attack: a production process, its database open to the test as well."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from freelance_app import db, engines
from freelance_app.settings import settings
from scripts import serving
from tests.e2e import server as servers
from tests.e2e.server import Server

# The worker writes by itself, so it rests; handlers are swept faster than a socket may send.
QUIET = {"WORKER_IN_SERVER": "false"}
UNLIMITED = {"EVENTS_PER_SECOND": "1000000", "EVENTS_BURST": "1000000"}
TRACE = re.compile(r"^Traceback .*\n(?:[ \t].*\n|\n)*(.*)", re.MULTILINE)
LONE = re.compile(r"^(?:unhandled error|Error |ERROR|CRITICAL|Task exception).*", re.MULTILINE)
COOKIES = re.compile(r"sid=[\w-]{20,}")


@dataclass
class Target:
    """A server and where its log was read up to."""

    server: Server
    read_up_to: int = 0

    @property
    def url(self) -> str:
        """Return its address."""
        return self.server.url

    def faults(self) -> list[str]:
        """Return what stands in the log since the last call and should not: tracebacks, cookies."""
        assert self.server.process.poll() is None, "the server is gone"
        log = self.server.log
        news, self.read_up_to = log[self.read_up_to :], len(log)
        last_words = [each[0][-400:] for each in TRACE.finditer(news)] + LONE.findall(news)
        found = sorted({" ".join(words.split())[-400:] for words in last_words})
        return found + [f"a session in the log: {each}" for each in COOKIES.findall(news)[:1]]


@contextmanager
def aimed(folder: Path, *, hole: str = "", limited: bool = False, **more: str) -> Iterator[Target]:
    """Start a server, its data those of the tests, its database of its own; with a planted hole."""
    words = QUIET | ({} if limited else UNLIMITED) | {"DATA_DIR": str(settings.data_dir)} | more
    factory = "tests.hostile.planted:asgi" if hole else serving.PRODUCT
    running = servers.start(folder, factory=factory, HARBOUR_HOLE=hole, **words)
    engine = engines.make_engine(running.environment["DATABASE_URL"])
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(db, "engine", engine)
            yield Target(running)
    finally:
        engine.dispose()
        running.stop()
