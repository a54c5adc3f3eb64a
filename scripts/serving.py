"""Server processes of tests and benchmarks: started as `make run` does, waited for, stopped."""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
READY_WITHIN = 60
PRODUCT = "freelance_app.freelance_app:asgi"
# The line SERVER of the Makefile.
AS_SERVED = {
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_SKIP_COMPILE": "true",
    "REFLEX_OPLOCK_ENABLED": "true",
    "REFLEX_SOCKET_INTERVAL": "10",
    "REFLEX_SOCKET_TIMEOUT": "10",
}
SERVE = ["uvicorn", "--host", "127.0.0.1", "--no-server-header", "--no-proxy-headers"]
SERVE += ["--timeout-graceful-shutdown", "2", "--factory"]
SERVE += ["--ws", "freelance_app.security.sockets:Sockets"]


def command(environment: dict[str, str], module: str, *words: str) -> str:
    """Run `python -m module words` and return what it printed.

    Raises:
        RuntimeError: It failed; the message is what it said.
    """
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{module} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def prepare(environment: dict[str, str], *, demo: bool = False) -> None:
    """Migrate the database; with the demo data if asked for."""
    command(environment, "freelance_app", "migrate")
    if demo:
        command(environment, "freelance_app", "demo")


def serve(
    environment: dict[str, str],
    port: int,
    log: Path,
    *,
    factory: str = PRODUCT,
    cwd: Path = ROOT,
    more: Sequence[str] = (),
) -> subprocess.Popen[bytes]:
    """Start a server process; what it prints is added to a file."""
    words = [sys.executable, "-m", *SERVE, factory, "--port", str(port), *more]
    with log.open("ab") as output:
        return subprocess.Popen(
            words, cwd=cwd, env=environment, stdout=output, stderr=subprocess.STDOUT
        )


def wait_until_answered(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Wait until a server answers an address with 200; stop it when it does not come up.

    Raises:
        RuntimeError: It ended, or said nothing in time; the message is its log.
    """
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        if status_of(url) == 200:
            return
        time.sleep(0.1)
    stop(process)
    raise RuntimeError(f"The server did not start:\n{log.read_text(encoding='utf-8')}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server and wait until it is gone."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


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


def free_port() -> int:
    """Return a port of this machine that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
