"""A production server for browsers: the real build, the real process, a database of its own."""

import os
import re
import sqlite3
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scripts import serving

PATIENCE = 60


@dataclass
class Server:
    """A running server; its settings are the environment of every command run for it."""

    url: str
    folder: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes]

    @property
    def log(self) -> str:
        """Return what it printed since its start."""
        return (self.folder / "server.log").read_text(encoding="utf-8")

    def first_start_link(self) -> str:
        """Return a one-time link as `make run` prints it."""
        words = self.command("welcome")
        found = re.search(rf"{re.escape(self.url)}/\S+", words)
        assert found, words
        return found[0]

    def command(self, *words: str) -> str:
        """Run `python -m freelance_app ...` with this server's settings; return its output."""
        return serving.command(self.environment, "freelance_app", *words)

    def stop(self) -> None:
        """End the server and wait until it is gone."""
        serving.stop(self.process)


def build() -> None:
    """Build the interface if its sources changed, with the settings of the tests."""
    serving.command(dict(os.environ), "freelance_app.build")


def start(
    folder: Path, *, demo: bool = False, factory: str = serving.PRODUCT, **settings: str
) -> Server:
    """Start a server on a free port, its data in a folder; with the demo data if asked for."""
    url = f"http://localhost:{serving.free_port()}"
    environment = os.environ | serving.AS_SERVED | {"DATA_DIR": str(folder), "PUBLIC_URL": url}
    environment |= {"DATABASE_URL": f"sqlite:///{folder / 'harbour.db'}", **settings}
    serving.prepare(environment, demo=demo)
    return _start(url, folder, environment, factory)


def beside(other: Server, folder: Path) -> Server:
    """Start a server on a copy of the other's data, for a test that changes it."""
    name = "harbour.db"
    with sqlite3.connect(other.folder / name) as source, sqlite3.connect(folder / name) as copy:
        source.backup(copy)
    return start(folder)


def again(stopped: Server) -> Server:
    """Start a server that was stopped: the same address and data, nothing of its memory."""
    return _start(stopped.url, stopped.folder, stopped.environment, serving.PRODUCT)


def _start(url: str, folder: Path, environment: dict[str, str], factory: str) -> Server:
    port, log = int(url.rpartition(":")[2]), folder / "server.log"
    process = serving.serve(environment, port, log, factory=factory)
    serving.wait_until_answered(process, f"{url}/healthz", log)
    return Server(url, folder, environment, process)


def is_up(url: str) -> bool:
    """Whether a server answers that it is ready."""
    return serving.status_of(f"{url}/healthz") == 200


def wait_until(is_true: Callable[[], bool]) -> None:
    """Ask until it is true; fail when it does not become so."""
    until = time.monotonic() + PATIENCE
    while not is_true():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)
