"""One production build, real servers, one Chromium, a fresh context a person.

A plugin of `tests/conftest.py`, so that there is one browser for all folders.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from freelance_app.demo.cast import PASSWORD
from scripts import serving
from tests.e2e import browser as chromium
from tests.e2e import server as servers
from tests.e2e.server import Server

PICTURES = serving.ROOT / "artefacts" / "pictures"
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PATIENCE = 10_000

Person = Callable[..., Page]
Crowd = Callable[[str], BrowserContext]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run browser tests last: Playwright holds the thread's event loop from its start on."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def built() -> None:
    """Build the interface if its sources changed, as `make run` does."""
    servers.build()


@pytest.fixture(scope="session")
def server(built, tmp_path_factory) -> Iterator[Server]:
    """Serve the demo data, for tests that look and change little."""
    running = servers.start(tmp_path_factory.mktemp("demo"), demo=True)
    yield running
    running.stop()


@pytest.fixture
def empty_server(built, tmp_path) -> Iterator[Server]:
    """Serve an empty database, as after the first `make run`."""
    running = servers.start(tmp_path)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the one Chromium of the run."""
    path = chromium.find()
    assert path, "no Chromium: run `make browser`"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=path, args=chromium.arguments(), headless=True
        )
        yield running
        running.close()


@dataclass
class Contexts:
    """Browser contexts, and what went wrong in their pages."""

    browser: Browser
    opened: list[BrowserContext] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    people: dict[str, BrowserContext] = field(default_factory=dict)

    def open(
        self,
        server: Server,
        *,
        phone: bool = False,
        dark: bool = False,
        expected: Iterable[str] = (),
        **more: Any,
    ) -> BrowserContext:
        """Open one; an error of a script or the console is a fault unless it is expected."""
        context = self.browser.new_context(
            base_url=server.url,
            viewport=PHONE if phone else DESK,
            has_touch=phone,
            color_scheme="dark" if dark else "light",
            **({"locale": "en-GB", "reduced_motion": "reduce"} | more),
        )
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        context.on("console", lambda line: _note(line, expected, self.faults))
        self.opened.append(context)
        return context

    def close(self) -> None:
        """Close all of them."""
        for context in self.opened:
            context.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page of a server in a context of its own: visit(server, phone=True, dark=True).

    An error that a script throws or that the console shows fails the test, unless it holds one
    of the expected texts.
    """
    contexts = Contexts(browser)
    yield lambda server, **options: contexts.open(server, **options).new_page()
    contexts.close()
    assert contexts.faults == []


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Sign somebody in by the form."""
    page.goto("/login")
    page.fill("[name=email]", email)
    page.fill("[name=password]", password)
    page.locator("main form button[type=submit]:enabled").click()
    page.wait_for_url(lambda url: "/login" not in url)


@pytest.fixture
def person(server: Server, visit: Callable[..., Page]) -> Person:
    """Sign somebody of the demo in: person("fatuma@example.org", phone=True)."""

    def open_page(email: str, password: str = PASSWORD, **options: Any) -> Page:
        page = visit(server, **options)
        sign_in(page, email, password)
        return page

    return open_page


@pytest.fixture(scope="session")
def signed_in(browser: Browser) -> Iterator[Contexts]:
    """Keep the contexts of people who have signed in, for the whole run."""
    contexts = Contexts(browser)
    yield contexts
    contexts.close()


@pytest.fixture
def crowd(server: Server, signed_in: Contexts) -> Iterator[Crowd]:
    """Return a context in which somebody of the demo is signed in, for tests that only look.

    crowd("ingrid").new_page() is a new tab; crowd("") is nobody. The run has one context for each.
    The browser notes each refused form of a route, and an address that leads nowhere, as an error.
    """

    def enter(name: str) -> BrowserContext:
        if name not in signed_in.people:
            signed_in.people[name] = signed_in.open(server, expected=["404", "422"])
            if name:
                page = signed_in.people[name].new_page()
                sign_in(page, f"{name}@example.org")
                page.close()
        return signed_in.people[name]

    signed_in.faults.clear()
    yield enter
    assert signed_in.faults == []


@pytest.fixture(scope="session")
def shot() -> Callable[[Page, str], None]:
    """Keep a picture of the whole page: shot(page, "home-dark-phone")."""
    PICTURES.mkdir(parents=True, exist_ok=True)

    def keep(page: Page, name: str) -> None:
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    return keep


def _note(line: Any, expected: Iterable[str], faults: list[str]) -> None:
    if line.type == "error" and not any(text in line.text for text in expected):
        faults.append(f"{line.text} ({line.location.get('url')})")
