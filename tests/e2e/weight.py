"""What a browser fetches for the first load of a page, and what the files weigh in gzip."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

from scripts.serving import ROOT

KIB = 1024
BUILD = ROOT / "build" / "en"
SCRIPT, STYLE, FONT = ".js", ".css", ".woff2"


@dataclass
class Load:
    """The paths of everything that one load asked the server for."""

    paths: list[str] = field(default_factory=list)

    def kib(self, suffix: str) -> float:
        """Return the kibibytes of one kind of file, as the build holds it for gzip."""
        return sum(_size(path) for path in set(self.paths) if path.endswith(suffix)) / KIB


def _size(path: str) -> int:
    plain = BUILD / path.lstrip("/")
    packed = plain.with_name(f"{plain.name}.gz")
    return (packed if packed.exists() else plain).stat().st_size


class Scales:
    """Weighs the loads of a page whose browser keeps nothing from one load to the next."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._load = Load()
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._sent)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def weigh(self, address: str) -> Load:
        """Load an address and return what came."""
        self._page.goto("about:blank")
        self._load = Load()
        self._page.goto(address)
        self._page.wait_for_load_state("networkidle")
        seen = urlsplit(self._page.url).path
        assert seen == urlsplit(address).path, f"{seen} was weighed, not {address}"
        return self._load

    def _sent(self, event: dict[str, Any]) -> None:
        address = urlsplit(event["request"]["url"])
        if address.scheme.startswith("http"):
            self._load.paths.append(address.path)
