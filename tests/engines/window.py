"""What the journey asks of an engine: six verbs, the same for all three."""

from pathlib import Path
from typing import Any, Protocol

DESK, PHONE = (1440, 900), (390, 844)
# As WebDriver names them; Playwright takes the names.
KEYS = {"Escape": "\ue00c", "ArrowDown": "\ue015", "Enter": "\ue007", "Tab": "\ue004"}


class NoAnswerError(Exception):
    """A function gave no answer: its page is just being left, or it is wrong."""


class Window(Protocol):
    """One person's window, with cookies of its own; faults holds what its console complained of."""

    faults: list[str]
    downloads: Path

    def open(self, url: str) -> None:
        """Go to an address."""
        ...

    def run(self, function: str, *arguments: Any) -> Any:
        """Call a JavaScript function in the page; arguments and answer are JSON.

        Raises:
            NoAnswerError: the page is being left.
        """
        ...

    def click(self, x: float, y: float) -> None:
        """Press the mouse at a point of the window."""
        ...

    def type(self, text: str) -> None:
        """Type a text, or one of KEYS by its name, into what has the focus."""
        ...

    def resize(self, width: int, height: int) -> None:
        """Make the page as wide and high as this."""
        ...

    def picture(self, path: Path) -> None:
        """Keep a picture of what can be seen."""
        ...


class Engine(Protocol):
    """A browser, started once."""

    def window(self) -> Window:
        """Open a window for one more person."""
        ...

    def version(self) -> str:
        """Return its name and version."""
        ...

    def close(self) -> None:
        """End it with all its windows."""
        ...
