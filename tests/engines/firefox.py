"""Firefox, by WebDriver BiDi: it listens for it itself, no driver stands between."""

import base64
import itertools
import json
import os
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.e2e.server import wait_until
from tests.engines.window import DESK, KEYS, NoAnswerError

# WebDriver's own preferences keep it from calling anybody; these are of the journey.
PREFERENCES = {
    "browser.download.folderList": 2,
    "intl.accept_languages": "en-GB",
    "ui.prefersReducedMotion": 1,
}


class Firefox:
    """One process; each window has a container (cookies) of its own."""

    def __init__(self, path: str, folder: Path) -> None:
        self.folder = folder
        profile = folder / "profile"
        profile.mkdir()
        lines = PREFERENCES | {"browser.download.dir": str(folder)}
        (profile / "user.js").write_text(
            "".join(f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in lines.items())
        )
        command = [path, "--headless", "--no-remote", "--remote-debugging-port", "0"]
        self._process = subprocess.Popen(
            [*command, "--profile", str(profile)],
            env=os.environ | {"HOME": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        told = profile / "WebDriverBiDiServer.json"
        wait_until(lambda: told.exists() and told.read_text().endswith("}"))
        port = json.loads(told.read_text())["ws_port"]
        self._ends = ExitStack()
        self._socket: ClientConnection = self._ends.enter_context(
            connect(f"ws://127.0.0.1:{port}/session", max_size=None)
        )
        self._numbers = itertools.count()
        self._windows: dict[str, FirefoxWindow] = {}
        self._about = self.call("session.new", capabilities={})["capabilities"]
        self.call("session.subscribe", events=["log.entryAdded"])

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result; what the consoles say meanwhile is noted."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (answer := json.loads(self._socket.recv(timeout=30))).get("id") != number:
            self._note(answer)
        assert answer["type"] == "success", f"{method}: {answer['error']}, {answer['message']}"
        return answer["result"]

    def _note(self, event: dict[str, Any]) -> None:
        entry = event["params"]
        window = self._windows.get(entry["source"].get("context"))
        if window and entry["level"] == "error":
            window.faults.append(entry["text"])

    def window(self) -> "FirefoxWindow":
        own = self.call("browser.createUserContext")["userContext"]
        tab = self.call("browsingContext.create", type="window", userContext=own)["context"]
        self._windows[tab] = FirefoxWindow(self, tab)
        self._windows[tab].resize(*DESK)
        return self._windows[tab]

    def version(self) -> str:
        return f"Firefox {self._about['browserVersion']}"

    def close(self) -> None:
        self.call("browser.close")
        self._ends.close()
        self._process.wait(10)


class FirefoxWindow:
    """A window of one person."""

    def __init__(self, firefox: Firefox, tab: str) -> None:
        self.faults: list[str] = []
        self.downloads = firefox.folder
        self._call = firefox.call
        self._tab = tab

    def open(self, url: str) -> None:
        self._call("browsingContext.navigate", context=self._tab, url=url, wait="none")

    def run(self, function: str, *arguments: Any) -> Any:
        call = f"JSON.stringify(({function})(...{json.dumps(arguments)}) ?? null)"
        where = {"context": self._tab}
        try:
            result = self._call(
                "script.evaluate", expression=call, target=where, awaitPromise=False
            )
        except AssertionError as error:
            raise NoAnswerError(str(error)) from None
        if result["type"] != "success":
            raise NoAnswerError(result["exceptionDetails"]["text"])
        return json.loads(result["result"]["value"])

    def click(self, x: float, y: float) -> None:
        move = {"type": "pointerMove", "x": round(x), "y": round(y)}
        presses = [{"type": each, "button": 0} for each in ("pointerDown", "pointerUp")]
        self._act({"type": "pointer", "id": "mouse", "actions": [move, *presses]})

    def type(self, text: str) -> None:
        presses = [
            {"type": each, "value": letter}
            for letter in KEYS.get(text, text)
            for each in ("keyDown", "keyUp")
        ]
        self._act({"type": "key", "id": "keyboard", "actions": presses})

    def _act(self, source: dict[str, Any]) -> None:
        self._call("browsingContext.activate", context=self._tab)  # one window has the focus
        self._call("input.performActions", context=self._tab, actions=[source])

    def resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height}
        self._call("browsingContext.setViewport", context=self._tab, viewport=size)

    def picture(self, path: Path) -> None:
        shot = self._call("browsingContext.captureScreenshot", context=self._tab)
        path.write_bytes(base64.b64decode(shot["data"]))
