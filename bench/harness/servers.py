"""Servers to measure: Harbour as `make run` serves it, and the bare app in the same way."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.harness import bare
from scripts import serving

# One socket of a benchmark stands for many people: the limit is kept, its height is not.
FOR_A_BENCH = {"EVENTS_PER_SECOND": "100000", "EVENTS_BURST": "100000"}


@dataclass(frozen=True)
class Server:
    """A running server process; its settings are the environment of every command run for it."""

    url: str
    folder: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """Return the CPU time that the process has used, all threads together."""
        times = psutil.Process(self.process.pid).cpu_times()
        return times.user + times.system

    def memory(self) -> int:
        """Return the bytes of memory that the process holds."""
        return psutil.Process(self.process.pid).memory_info().rss

    def ask(self, module: str, *words: str) -> Any:
        """Run a module with the server's settings and return the JSON that it prints last."""
        return json.loads(serving.command(self.environment, module, *words).splitlines()[-1])

    def stop(self) -> None:
        """End it and wait until it is gone."""
        serving.stop(self.process)


@contextmanager
def harbour(*, demo: bool = False, **settings: str) -> Iterator[Server]:
    """Serve Harbour with a database of its own: SQLite, unless DATABASE_URL names another."""
    with tempfile.TemporaryDirectory(prefix="harbour-bench-") as name:
        folder, url = Path(name), free_url()
        environment = os.environ | serving.AS_SERVED | FOR_A_BENCH | {"PUBLIC_URL": url}
        environment |= {"DATA_DIR": str(folder), "BUILD_DIR": str(serving.ROOT / "build")}
        environment |= {"DATABASE_URL": f"sqlite:///{folder / 'harbour.db'}", **settings}
        serving.prepare(environment, demo=demo)
        with _running(serving.PRODUCT, url, folder, environment) as server:
            yield server


@contextmanager
def counter() -> Iterator[Server]:
    """Serve the bare counter app."""
    with tempfile.TemporaryDirectory(prefix="harbour-bare-") as name:
        folder, url = Path(name), free_url()
        bare.write(folder, url)
        environment = os.environ | serving.AS_SERVED | {"PYTHONPATH": str(folder)}
        with _running(bare.FACTORY, url, folder, environment, path="/ping") as server:
            yield server


@contextmanager
def worker(first: Server) -> Iterator[Server]:
    """Serve one more process of an instance on a port of its own; pages say where they are from."""
    with _running(serving.PRODUCT, free_url(), first.folder, first.environment) as server:
        yield server


@contextmanager
def _running(
    factory: str, url: str, folder: Path, environment: dict[str, str], *, path: str = "/healthz"
) -> Iterator[Server]:
    port = url.rpartition(":")[2]
    log = folder / f"server-{port}.log"
    is_ours = factory == serving.PRODUCT
    cwd, more = (serving.ROOT, []) if is_ours else (folder, ["--ws", "auto"])
    more += ["--no-access-log"]
    process = serving.serve(environment, int(port), log, factory=factory, cwd=cwd, more=more)
    server = Server(url, folder, environment, process)
    try:
        serving.wait_until_answered(process, f"{url}{path}", log)
        yield server
    finally:
        server.stop()


def free_url() -> str:
    """Return an address on this machine that nobody listens to."""
    return f"http://localhost:{serving.free_port()}"
