"""Servers to measure: Harbour as `make run` serves it, and the bare app in the same way."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.harness import bare

REPOSITORY = Path(__file__).parents[2]
READY_WITHIN = 60
# The line SERVER of the Makefile.
AS_SERVED = {
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_SKIP_COMPILE": "true",
    "REFLEX_OPLOCK_ENABLED": "true",
    "REFLEX_SOCKET_INTERVAL": "10",
    "REFLEX_SOCKET_TIMEOUT": "10",
}
SERVE = ["uvicorn", "--host", "127.0.0.1", "--no-server-header", "--no-proxy-headers"]
SERVE += ["--no-access-log", "--timeout-graceful-shutdown", "2", "--factory"]
PRODUCT = "freelance_app.freelance_app:asgi"
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
        return json.loads(command(self.environment, module, *words).splitlines()[-1])

    def stop(self) -> None:
        """End it and wait until it is gone."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


def command(environment: dict[str, str], module: str, *words: str) -> str:
    """Run `python -m module words` and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{module} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


@contextmanager
def harbour(*, demo: bool = False, **settings: str) -> Iterator[Server]:
    """Serve Harbour with a database of its own: SQLite, unless DATABASE_URL names another."""
    with tempfile.TemporaryDirectory(prefix="harbour-bench-") as name:
        folder, url = Path(name), free_url()
        environment = os.environ | AS_SERVED | FOR_A_BENCH | {"PUBLIC_URL": url}
        environment |= {"DATA_DIR": str(folder), "BUILD_DIR": str(REPOSITORY / "build")}
        environment |= {"DATABASE_URL": f"sqlite:///{folder / 'harbour.db'}", **settings}
        command(environment, "freelance_app", "migrate")
        if demo:
            command(environment, "freelance_app", "demo")
        with _running(PRODUCT, url, folder, environment, cwd=REPOSITORY) as server:
            yield server


@contextmanager
def counter() -> Iterator[Server]:
    """Serve the bare counter app."""
    with tempfile.TemporaryDirectory(prefix="harbour-bare-") as name:
        folder, url = Path(name), free_url()
        bare.write(folder, url)
        environment = os.environ | AS_SERVED | {"PYTHONPATH": str(folder)}
        with _running(bare.FACTORY, url, folder, environment, cwd=folder) as server:
            yield server


@contextmanager
def worker(first: Server) -> Iterator[Server]:
    """Serve one more process of an instance on a port of its own; pages say where they are from."""
    with _running(PRODUCT, free_url(), first.folder, first.environment, cwd=REPOSITORY) as server:
        yield server


@contextmanager
def _running(
    factory: str, url: str, folder: Path, environment: dict[str, str], *, cwd: Path
) -> Iterator[Server]:
    port = url.rpartition(":")[2]
    words = [sys.executable, "-m", *SERVE, factory, "--port", port]
    with (folder / f"server-{port}.log").open("w+b") as log:
        process = subprocess.Popen(
            words, cwd=cwd, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        server = Server(url, folder, environment, process)
        try:
            _wait(server, log)
            yield server
        finally:
            server.stop()


def _wait(server: Server, log: Any) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and server.process.poll() is None:
        if _answers(server.url):
            return
        time.sleep(0.1)
    log.seek(0)
    raise SystemExit(f"The server did not start:\n{log.read().decode()}")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/ping", timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def free_url() -> str:
    """Return an address on this machine that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://localhost:{probe.getsockname()[1]}"
