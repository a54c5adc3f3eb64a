"""A production server for browsers: the real build, the real process, a database of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
READY_WITHIN = 30

# As `make run` serves.
AS_SERVED = {
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_SKIP_COMPILE": "true",
    "REFLEX_SOCKET_INTERVAL": "10",
    "REFLEX_SOCKET_TIMEOUT": "10",
}
PRODUCT = "freelance_app.freelance_app:asgi"
SERVE = ["uvicorn", "--no-server-header"]
SERVE += ["--no-proxy-headers", "--timeout-graceful-shutdown", "2", "--host", "127.0.0.1"]


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
        return _run(self.environment, "freelance_app", *words)

    def stop(self) -> None:
        """End the server and wait until it is gone."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


def build() -> None:
    """Build the interface if its sources changed, with the settings of the tests."""
    _run(dict(os.environ), "freelance_app.build")


def start(folder: Path, *, demo: bool = False, factory: str = PRODUCT, **settings: str) -> Server:
    """Start a server on a free port, its data in a folder; with the demo data if asked for."""
    url = f"http://localhost:{free_port()}"
    environment = os.environ | AS_SERVED | {"DATA_DIR": str(folder), "PUBLIC_URL": url}
    environment |= {"DATABASE_URL": f"sqlite:///{folder / 'harbour.db'}", **settings}
    prepare(environment, demo=demo)
    return _start(url, folder, environment, factory)


def again(stopped: Server) -> Server:
    """Start a server that was stopped: the same address and data, nothing of its memory."""
    return _start(stopped.url, stopped.folder, stopped.environment, PRODUCT)


def _start(url: str, folder: Path, environment: dict[str, str], factory: str) -> Server:
    port = int(url.rsplit(":", 1)[1])
    process = serve(environment, port, folder / "server.log", factory=factory)
    server = Server(url, folder, environment, process)
    wait_until_ready(server)
    return server


def prepare(environment: dict[str, str], *, demo: bool = False) -> None:
    """Migrate the database; with the demo data if asked for."""
    _run(environment, "freelance_app", "migrate")
    if demo:
        _run(environment, "freelance_app", "demo")


def serve(
    environment: dict[str, str], port: int, log: Path, *, factory: str = PRODUCT
) -> subprocess.Popen[bytes]:
    """Start a server process; what it prints is added to a file."""
    command = [sys.executable, "-m", *SERVE, "--port", str(port), "--factory", factory]
    with log.open("ab") as output:
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )


def status_of(url: str) -> int:
    """Return the status of an answer, or 0 when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return refusal.code
    except OSError:
        return 0


def _run(environment: dict[str, str], *module_and_words: str) -> str:
    command = [sys.executable, "-m", *module_and_words]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_up(url: str) -> bool:
    """Whether a server answers that it is ready."""
    return status_of(f"{url}/healthz") == 200


def wait_until(is_true: Callable[[], bool]) -> None:
    """Ask until it is true; fail when it does not become so."""
    until = time.monotonic() + READY_WITHIN
    while not is_true():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


def wait_until_ready(server: Server) -> None:
    """Wait until the server takes requests; stop it and fail when it does not come up."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and server.process.poll() is None:
        if is_up(server.url):
            return
        time.sleep(0.1)
    server.stop()
    raise AssertionError(f"The server did not start:\n{server.log}")
