"""PostgreSQL on a full tablespace: said, and nothing half done."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from freelance_app import db, engines
from freelance_app.services.contracts import releases
from freelance_app.services.money import verify
from tests import servers
from tests.factories import add_world
from tests.fire.test_limits import release_until_full
from tests.fire.whole import half_done
from tests.services.contracts.signed import earnings, held
from tests.services.contracts.test_race import submitted

SIZE = 48 * 1024 * 1024
LEFT = 8 * 8192  # eight pages of a table or an index


@pytest.fixture
def small_disk():
    """Mount a file system of a few megabytes that the database server may reach."""
    disk = Path(tempfile.mkdtemp(prefix="harbour-small-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        disk.rmdir()
        pytest.skip("a small file system can be mounted by root alone, and not in every container")
    disk.chmod(0o755)
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)
    disk.rmdir()


@pytest.fixture
def small_database(small_disk, migrated_postgres, monkeypatch):
    """Use a database of PostgreSQL that lies whole on the small disk."""
    folder = small_disk / "tablespace"
    folder.mkdir()
    servers.new_postgres_tablespace("small", folder)
    url = servers.new_postgres_database("small", migrated_postgres, tablespace="small")
    engine = engines.make_engine(url)
    monkeypatch.setattr(db, "engine", engine)
    yield small_disk
    engine.dispose()
    servers.drop_postgres_tablespace("small", database="small")


def test_a_full_tablespace_stops_releases_and_loses_nothing(small_database):
    world = db.write(add_world)
    signed = submitted(world)
    filler = fill(small_database)
    paid = release_until_full(world, signed)
    assert (earnings(world), held(signed)) == (paid, 100_00 - paid)
    assert db.read(half_done, [signed.row_id]) == []
    filler.unlink()
    db.write(releases.approve, actor=world.alice, milestone_id=signed.milestones[0])
    assert (earnings(world), held(signed)) == (100_00, 0)
    assert db.read(verify.faults) == []


def fill(disk: Path) -> Path:
    """Leave a few pages of the disk free."""
    filler = disk / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(disk).free - LEFT))
    return filler
