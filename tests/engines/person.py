"""A person at a window: looks for what is named, waits for it, presses and types."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.e2e.demo import READY
from tests.engines.window import NoAnswerError, Window

FIND = (Path(__file__).parent / "find.js").read_text(encoding="utf-8").split("*/", 1)[1].strip()
ALIVE = """() => document.querySelector("main form [type=submit]:enabled") !== null"""
PATIENCE = 10.0

Found = dict[str, Any]


class Person:
    """Somebody who acts by role and name, in any engine."""

    def __init__(self, window: Window, url: str) -> None:
        self.window = window
        self._url = url

    def visit(self, path: str) -> None:
        """Type an address, and wait until the page is ready."""
        self.window.open(f"{self._url}{path}")
        self.arrives(path)

    def sign_in(self, email: str, password: str) -> None:
        """Sign in by the form."""
        self.visit("/login")
        self.wait(ALIVE)
        self.fill("E-mail", email)
        self.fill("Password", password)
        self.press("button", "Sign in")
        self.arrives("/home")

    def press(self, role: str, name: str, *, scope: str = "") -> None:
        """Press what has that role and name, once it stands still and nothing covers it."""
        seen: list[Found | None] = [None]

        def is_still() -> bool:
            seen.append(self.find(role, name, scope=scope))
            last = seen[-1]
            return bool(last and last == seen[-2] and last["isHit"] and last["isReady"])

        self._until(is_still, lambda: f"{role} {name!r} cannot be pressed: {seen[-1]}")
        self.window.click(seen[-1]["x"], seen[-1]["y"])

    def fill(self, label: str, text: str, *, scope: str = "") -> None:
        """Type into the field of that label."""
        self.press("field", label, scope=scope)
        self.has_focus_on("field", label, scope=scope)
        self.window.run("() => document.activeElement.select?.()")
        self.window.type(text)
        self._until(
            lambda: (self.find("field", label, scope=scope) or {}).get("value") == text,
            lambda: f"{label!r} does not hold {text!r}: {self.find('field', label, scope=scope)}",
        )

    def key(self, name: str) -> None:
        """Press one key."""
        self.window.type(name)

    def find(self, role: str, name: str, *, scope: str = "") -> Found | None:
        """Return where it is if it can be seen."""
        return self.window.run(FIND, role, name, scope)

    def sees(self, role: str, name: str, *, scope: str = "") -> None:
        """Wait until it can be seen."""
        self._until(lambda: self.find(role, name, scope=scope), lambda: f"no {role} {name!r}")

    def misses(self, role: str, name: str) -> None:
        """Wait until it cannot be seen."""
        self._until(lambda: not self.find(role, name), lambda: f"{role} {name!r} is still there")

    def has_focus_on(self, role: str, name: str, *, scope: str = "") -> None:
        """Wait until it has the focus."""
        self._until(
            lambda: (self.find(role, name, scope=scope) or {}).get("isFocused"),
            lambda: f"the focus is not on {role} {name!r}",
        )

    def reads(self, text: str) -> None:
        """Wait until the text stands on the page."""
        self.wait("(text) => document.body.innerText.includes(text)", text)

    def arrives(self, path: str) -> None:
        """Wait until the address begins with the path, and the page is ready."""
        self.wait("(path) => location.pathname.startsWith(path)", path)
        self.wait(READY)

    def download(self, link: str) -> None:
        """Press a link, and wait until a file of its words lies in the folder."""
        self.press("link", link)
        folder = self.window.downloads

        def is_there() -> bool:
            self.window.run("() => 0")  # lets Playwright tell what happened
            return any(each.name in link and each.stat().st_size for each in folder.iterdir())

        self._until(is_there, lambda: f"{link!r} is not among {list(folder.iterdir())}")

    def wait(self, condition: str, *arguments: Any) -> None:
        """Wait until a function of the page returns what is true."""
        self._until(lambda: self.window.run(condition, *arguments), lambda: condition)

    def _until(self, is_true: Callable[[], Any], otherwise: Callable[[], str]) -> None:
        """Ask until it is true; a page that is just being left has no answer."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                if is_true():
                    return
                why = ""
            except NoAnswerError as error:
                why = str(error)
            assert time.monotonic() < until, f"{otherwise()} {why}\n{self._where()}"
            time.sleep(0.05)

    def _where(self) -> str:
        return self.window.run(
            "() => `${location.href}\\n${document.body.innerText.slice(0, 900)}`"
        )
