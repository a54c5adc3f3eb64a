"""The demo is told beside a living server, whose worker leaves its deadlines to the story."""

import os
import sqlite3
import subprocess
import sys

from scripts.serving import command

STATUSES = {
    "offer": {"accepted": 10, "declined": 1, "sent": 1, "withdrawn": 1},
    "contract": {"active": 8, "completed": 2},
}


def test_a_worker_beside_the_demo_leaves_its_story_alone(tmp_path):
    database = tmp_path / "market.db"
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DATA_DIR": str(tmp_path),
        "SWEEP_SECONDS": "1",
    }
    command(environment, "freelance_app", "migrate")
    worker = subprocess.Popen([sys.executable, "-m", "freelance_app", "worker"], env=environment)
    try:
        command(environment, "freelance_app", "demo")
    finally:
        worker.terminate()
    assert worker.wait(20) == 0
    for table, expected in STATUSES.items():
        assert counted(database, table) == expected
    assert "failed" not in counted(database, "deadline")
    assert held(database) == 0


def counted(database, table: str) -> dict[str, int]:
    with sqlite3.connect(database) as connection:
        return dict(connection.execute(f"SELECT status, count(*) FROM {table} GROUP BY status"))


def held(database) -> int:
    due = "SELECT count(*) FROM deadline WHERE status = 'due' AND leased_until IS NOT NULL"
    with sqlite3.connect(database) as connection:
        return connection.execute(due).fetchone()[0]
