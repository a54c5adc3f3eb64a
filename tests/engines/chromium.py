"""Chromium, by Playwright like the other browser tests."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Download, Error, Page

from tests.engines.window import DESK, KEYS, NoAnswerError


class ChromiumWindow:
    """A page in a context of its own."""

    def __init__(self, page: Page, downloads: Path) -> None:
        self.faults: list[str] = []
        self.downloads = downloads
        self._page = page
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda line: line.type == "error" and self.faults.append(line.text))
        page.on("download", self._keep)

    def _keep(self, download: Download) -> None:
        download.save_as(self.downloads / download.suggested_filename)

    def open(self, url: str) -> None:
        self._page.goto(url, wait_until="commit")

    def run(self, function: str, *arguments: Any) -> Any:
        try:
            return self._page.evaluate(f"(all) => ({function})(...all)", list(arguments))
        except Error as error:
            raise NoAnswerError(str(error)) from None

    def click(self, x: float, y: float) -> None:
        self._page.mouse.click(x, y)

    def type(self, text: str) -> None:
        keyboard = self._page.keyboard
        keyboard.press(text) if text in KEYS else keyboard.type(text)

    def resize(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})

    def picture(self, path: Path) -> None:
        self._page.screenshot(path=path)


class Chromium:
    """The browser of the run."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser = browser
        self._folder = folder
        self._contexts: list[BrowserContext] = []

    def window(self) -> ChromiumWindow:
        width, height = DESK
        size = {"width": width, "height": height}
        context = self._browser.new_context(viewport=size, reduced_motion="reduce", locale="en-GB")
        self._contexts.append(context)
        return ChromiumWindow(context.new_page(), self._folder)

    def version(self) -> str:
        return f"Chromium {self._browser.version}"

    def close(self) -> None:
        for context in self._contexts:
            context.close()
