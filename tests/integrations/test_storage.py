"""The folder store keeps bytes privately, under keys that lead nowhere else."""

import os
import stat
import time

import pytest

from freelance_app.integrations.storage.folder import FolderStorage

KEY = "ab" * 32


@pytest.fixture
def store(tmp_path):
    return FolderStorage(tmp_path / "files")


def keep(store: FolderStorage, content: bytes, key: str = KEY) -> None:
    path = store.incoming()
    path.write_bytes(content)
    store.keep(key, path)
    assert not path.exists()


def test_what_was_kept_is_read_in_pieces_and_gone_after_removal(store):
    content = os.urandom(600_000)
    keep(store, content)
    pieces = list(store.read(KEY))
    assert len(pieces) > 1
    assert b"".join(pieces) == content
    store.remove(KEY)
    store.remove(KEY)
    with pytest.raises(FileNotFoundError):
        store.read(KEY)


def test_nobody_else_on_the_machine_may_look(store, tmp_path):
    keep(store, b"secret")
    for path in (tmp_path / "files").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE((tmp_path / "files").stat().st_mode) == 0o700


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "AB" * 32, "ab" * 31 + "/x", "ab" * 33])
def test_only_a_random_key_names_a_file(store, key):
    for call in (store.read, store.remove):
        with pytest.raises(ValueError, match="64 hex digits"):
            call(key)


def test_uploads_that_broke_off_are_swept_and_those_under_way_stay(store):
    old, young = store.incoming(), store.incoming()
    hour_ago = time.time() - 3600
    os.utime(old, (hour_ago, hour_ago))
    keep(store, b"kept")
    store.sweep(hour_ago + 1800)
    assert (old.exists(), young.exists()) == (False, True)
    assert b"".join(store.read(KEY)) == b"kept"
