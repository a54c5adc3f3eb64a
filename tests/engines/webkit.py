"""WebKit, as GNOME Web has it: WebKitWebDriver and its MiniBrowser, on a display of their own."""

import base64
import json
import os
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

from scripts.serving import free_port, status_of
from tests.e2e.server import wait_until
from tests.engines.window import DESK, KEYS, NoAnswerError

BROWSER = str(next(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser"), ""))
SETTLED = 12  # looks, 50 ms apart, that saw the same
# The console's lines go to standard output; there is no other way to read them.
ARGUMENTS = ["--automation", "--enable-write-console-messages-to-stdout=true"]


class WebKit:
    """A display, and one driver with its browser for each window: a driver has one session."""

    def __init__(self, path: str, folder: Path) -> None:
        self.folder = folder
        self._path = path
        self._windows: list[WebKitWindow] = []
        reader, writer = os.pipe()
        screen = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1600x1100x24"]
        self._display = subprocess.Popen(
            screen, pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(writer)
        with os.fdopen(reader) as told:
            self._screen = f":{told.readline().strip()}"
        self._set_home_up()

    def _set_home_up(self) -> None:
        settings = self.folder / ".config" / "gtk-3.0"
        settings.mkdir(parents=True)
        (settings / "settings.ini").write_text("[Settings]\ngtk-enable-animations=false\n")
        where = f'XDG_DOWNLOAD_DIR="{self.folder}"\n'
        (self.folder / ".config" / "user-dirs.dirs").write_text(where)

    def window(self) -> "WebKitWindow":
        own = {"DISPLAY": self._screen, "HOME": str(self.folder), "LANG": "en_GB.UTF-8"}
        own["XDG_CONFIG_HOME"] = str(self.folder / ".config")
        log = self.folder / f"console-{len(self._windows)}.log"
        self._windows.append(WebKitWindow(self._path, os.environ | own, self.folder, log))
        return self._windows[-1]

    def version(self) -> str:
        return f"WebKitGTK {self._windows[0].version}"

    def close(self) -> None:
        for window in self._windows:
            window.close()
        self._display.terminate()
        self._display.wait(10)


class WebKitWindow:
    """A browser of one person, by classic WebDriver."""

    def __init__(
        self, path: str, environment: dict[str, str], downloads: Path, console: Path
    ) -> None:
        self.downloads = downloads
        self._console = console
        port = free_port()
        self._url = f"http://127.0.0.1:{port}"
        with console.open("ab") as log:
            self._process = subprocess.Popen(
                [path, f"--port={port}"], env=environment, stdout=log, stderr=subprocess.DEVNULL
            )
        wait_until(lambda: status_of(f"{self._url}/status") == 200)
        browser = {"binary": BROWSER, "args": ARGUMENTS}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": browser}}
        session = self._call("POST", "/session", capabilities=wanted)
        self.version = session["capabilities"]["browserVersion"]
        self._url = f"{self._url}/session/{session['sessionId']}"
        self.resize(*DESK)
        self._settle()

    def _settle(self) -> None:
        """Wait until the bar that says "controlled by automation" has come down."""
        self.open("about:blank")
        heights = [self.run("() => innerHeight")]
        while len(heights) < SETTLED or len(set(heights[-SETTLED:])) > 1:
            time.sleep(0.05)
            heights.append(self.run("() => innerHeight"))

    def _call(self, method: str, path: str, **body: Any) -> Any:
        data = json.dumps(body).encode() if method == "POST" else None
        request = urllib.request.Request(f"{self._url}{path}", data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refusal:
            with refusal:
                raise AssertionError(f"{path}: {json.load(refusal)['value']}") from None

    @property
    def faults(self) -> list[str]:
        lines = self._console.read_text(encoding="utf-8", errors="replace").splitlines()
        return [line for line in lines if "ERROR" in line]

    def open(self, url: str) -> None:
        self._call("POST", "/url", url=url)

    def run(self, function: str, *arguments: Any) -> Any:
        script = f"return ({function})(...arguments)"
        try:
            return self._call("POST", "/execute/sync", script=script, args=arguments)
        except AssertionError as error:
            raise NoAnswerError(str(error)) from None

    def click(self, x: float, y: float) -> None:
        move = {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}
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
        self._call("POST", "/actions", actions=[source])

    def resize(self, width: int, height: int) -> None:
        self._call("POST", "/window/rect", x=0, y=0, width=width, height=height)

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self._call("GET", "/screenshot")))

    def close(self) -> None:
        self._call("DELETE", "")
        self._process.terminate()
        self._process.wait(10)
