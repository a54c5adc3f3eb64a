"""The worker as a process of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from freelance_app import db
from freelance_app.services.instance import audit
from freelance_app.worker.loop import DEAF
from tests import servers
from tests.factories import add_world


@pytest.fixture
def apart(own_database, tmp_path):
    """Run `python -m freelance_app worker` until it has sealed an entry; return what it said."""
    world = db.write(add_world)
    db.write(audit.record, actor=world.alice, action="test.done", subject="x")

    def run(**more: str) -> str:
        url = db.engine.url.render_as_string(hide_password=False)
        environment = os.environ | {"DATABASE_URL": url, "DATA_DIR": str(tmp_path), **more}
        command = [sys.executable, "-m", "freelance_app", "worker"]
        log = tmp_path / "worker.log"
        with log.open("wb") as said:
            worker = subprocess.Popen(command, env=environment, stderr=said)
        try:
            wait_for(tmp_path / "audit-head", worker)
        finally:
            worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0, log.read_text()
        return log.read_text()

    return run


def wait_for(path: Path, worker: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while not path.exists():
        assert worker.poll() is None
        assert time.monotonic() < until
        time.sleep(0.1)


def test_it_says_that_without_redis_it_wakes_no_open_page(apart):
    said = apart()
    assert DEAF in said
    assert "sealed: audit:1:" in said


def test_with_redis_it_says_nothing_of_it(apart):
    said = apart(REDIS_URL=servers.valkey_url())
    assert DEAF not in said
    assert "sealed: audit:1:" in said
