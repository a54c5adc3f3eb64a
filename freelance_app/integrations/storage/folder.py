"""The default store: a private folder beside the database."""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

KEY = re.compile(r"[0-9a-f]{64}")
PIECE = 256 * 1024
PRIVATE = 0o700


class FolderStorage:
    """Files in folders of two letters; only the account of the server may look."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made by the first upload."""
        self._folder = folder

    def incoming(self) -> Path:
        """Return an empty file in the store's own folder, so that `keep` is a rename."""
        handle, name = tempfile.mkstemp(dir=self._make("incoming"))
        os.close(handle)
        return Path(name)

    def keep(self, key: str, source: Path) -> None:
        """Move the file to its place."""
        self._make(key[:2])
        source.replace(self._path(key))

    def read(self, key: str) -> Iterator[bytes]:
        """Open the file now, so that a missing one is known before an answer begins."""
        return _pieces(self._path(key).open("rb"))

    def remove(self, key: str) -> None:
        """Delete the file."""
        self._path(key).unlink(missing_ok=True)

    def sweep(self, before: float) -> None:
        """Delete what a killed server left half received."""
        for path in self._make("incoming").iterdir():
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

    def _make(self, name: str) -> Path:
        folder = self._folder / name
        for each in (self._folder, folder):
            each.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        return folder

    def _path(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise ValueError("a key of the store is 64 hex digits")
        return self._folder / key[:2] / key


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
