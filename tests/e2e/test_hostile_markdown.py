"""Texts of members with scripts, frames and foreign pictures are inert in the production build.

The same texts do fire on a server without sanitizer and CSP: else the test would prove nothing.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from freelance_app.demo.cast import PASSWORD
from tests.e2e import server as servers
from tests.e2e.server import Server

FOREIGN = "http://foreign.example"
HOSTILE = f"""Before <script>window.fired = "script"</script>

<img src="/none.png" onerror="window.fired = 'onerror'">

<svg onload="window.fired = 'svg'"><circle r="9"/></svg>

<iframe src="{FOREIGN}/frame"></iframe>

![picture]({FOREIGN}/picture.png) <style>@import url({FOREIGN}/style.css);</style>

[press me](javascript:window.fired='link') and [me](JaVaScRiPt&colon;window.fired='entity')

<a href="javascript:window.fired='raw'">raw</a>

<details open ontoggle="window.fired='toggle'">x</details>

After the hostile part
"""


@pytest.fixture
def unsafe(built, tmp_path: Path) -> Iterator[Server]:
    """Serve the demo without sanitizer and CSP."""
    factory = "tests.e2e.unsafe_server:asgi"
    running = servers.start(tmp_path, demo=True, factory=factory)
    yield running
    running.stop()


def room_of(server: Server, title: str) -> str:
    with sqlite3.connect(server.folder / "harbour.db") as database:
        query = "SELECT public_id FROM room WHERE kind = 'contract' AND title LIKE ?"
        return database.execute(query, [f"{title}%"]).fetchone()[0]


def write_and_read(page: Page, server: Server) -> list[str]:
    """Send the hostile text as Ingrid, read it, and return the foreign addresses asked."""
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    page.context.route(f"{FOREIGN}/**", refuse)
    page.goto("/login")
    page.fill("[name=email]", "ingrid@example.org")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button[type=submit]:enabled").click()
    page.wait_for_url("**/home")
    page.goto(f"/messages/{room_of(server, 'Offline-first')}")
    page.get_by_label("Message to").fill(HOSTILE)
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("After the hostile part").last.wait_for()
    page.reload()  # what did not fire when it came in fires when it is read again
    page.get_by_text("After the hostile part").last.wait_for()
    page.wait_for_load_state("networkidle")
    return asked


def test_hostile_texts_are_inert(server, visit):
    page = visit(server)
    assert write_and_read(page, server) == []
    assert page.evaluate("window.fired") is None
    shown = page.locator(".prose")
    assert shown.locator("script, iframe, svg, img, style, [onerror], [onload]").count() == 0
    assert shown.locator("a[href^='javascript' i]").count() == 0


def test_the_same_texts_fire_without_sanitizer_and_policy(unsafe, visit):
    page = visit(unsafe, expected=["none.png", "ERR_", "404", "foreign.example"])
    asked = write_and_read(page, unsafe)
    assert page.evaluate("window.fired") is not None
    assert asked
