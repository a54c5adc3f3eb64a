"""What the app asks of any store of files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol


class Storage(Protocol):
    """Keeps bytes under random keys; called in threads, never in a unit of work."""

    def incoming(self) -> Path:
        """Return an empty local file, readable by nobody else, for an upload under way."""
        ...

    def keep(self, key: str, source: Path) -> None:
        """Store a whole local file under a key; the local one is gone afterwards."""
        ...

    def read(self, key: str) -> Iterator[bytes]:
        """Open what is stored and return its bytes in pieces.

        Raises:
            FileNotFoundError: nothing is stored under that key.
        """
        ...

    def remove(self, key: str) -> None:
        """Delete what is stored, if anything is."""
        ...

    def sweep(self, before: float) -> None:
        """Delete uploads that broke off before a moment (seconds since 1970)."""
        ...
