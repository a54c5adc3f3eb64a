"""An open page outlives a restart of its server: it comes back by itself, and misses nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from freelance_app import db, engines
from freelance_app.demo.cast import PASSWORD
from freelance_app.services.accounts import sessions
from freelance_app.services.messages import messages
from tests.e2e import server as servers
from tests.e2e.server import Server
from tests.e2e.test_hostile_markdown import room_of

AWAY = ("WebSocket", "ERR_")  # what a browser says of a server that is not there
PATIENCE = 30_000


@pytest.fixture
def running(server: Server, tmp_path: Path) -> Iterator[list[Server]]:
    """Serve a copy of the demo; who restarts it puts the new server at the end."""
    servers_so_far = [servers.beside(server, tmp_path)]
    yield servers_so_far
    servers_so_far[-1].stop()


def enter(page: Page, name: str, room: str) -> Page:
    """Sign in and open the room; the mark is gone when the page is loaded again."""
    page.goto("/login")
    page.fill("[name=email]", f"{name}@example.org")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button[type=submit]:enabled").click()
    page.wait_for_url("**/home")
    page.goto(f"/messages/{room}")
    page.get_by_role("log").locator(".msg").first.wait_for()
    page.evaluate("window.mark = 'never loaded again'")
    return page


def write(page: Page, words: str) -> None:
    page.get_by_label("Message to").fill(words)
    page.get_by_role("button", name="Send", exact=True).click()


def write_without_server(server: Server, page: Page, room: str, words: str) -> None:
    """Write as the person of a page by the service alone, as another process would."""
    cookies = {each["name"]: each["value"] for each in page.context.cookies()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "engine", engines.make_engine(server.environment["DATABASE_URL"]))
        asked = {"token": cookies["sid"], "room_id": room, "body": words}
        db.write(sessions.as_actor, messages.send, **asked)
        db.engine.dispose()


def in_room(page: Page, words: str) -> Locator:
    """Find a message in the conversation; the list beside it shows the newest one too."""
    return page.get_by_role("log").get_by_text(words)


def shown(page: Page) -> list[str]:
    return page.get_by_role("log").locator(".msg .prose").all_inner_texts()


@pytest.mark.timeout(300)  # with the start of the demo, on a machine that does other things too
def test_a_page_comes_back_after_a_restart_and_shows_each_message_once(running, visit):
    before = running[0]
    room = room_of(before, "Offline-first")
    ingrid = enter(visit(before, expected=AWAY), "ingrid", room)
    achieng = enter(visit(before, expected=AWAY), "achieng", room)
    write(achieng, "Before the restart")
    expect(in_room(ingrid, "Before the restart")).to_have_count(1)
    read = shown(ingrid)

    before.stop()
    write_without_server(before, achieng, room, "While the server was away")
    running.append(servers.again(before))

    for page in (ingrid, achieng):
        expect(in_room(page, "While the server was away")).to_have_count(1, timeout=PATIENCE)
        assert shown(page) == [*read, "While the server was away"]
    write(ingrid, "After the restart")
    expect(in_room(achieng, "After the restart")).to_have_count(1)
    assert shown(achieng) == [*read, "While the server was away", "After the restart"]
    assert {page.evaluate("window.mark") for page in (ingrid, achieng)} == {"never loaded again"}
