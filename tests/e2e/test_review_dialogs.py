"""An open dialog of review or release stays about the milestone that its button named."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlmodel import Session, select

from freelance_app import db, engines, routes
from freelance_app.models import Person
from freelance_app.services.accounts import sessions
from freelance_app.services.contracts import submissions
from tests.e2e import server as servers
from tests.e2e.demo import rows, settle
from tests.e2e.fixtures import sign_in
from tests.e2e.server import Server

FIRST, SECOND = "Technician screens", "Field trial with 20 technicians"  # of 2,600 and of 1,800
MILESTONE = (
    "SELECT contract.public_id, milestone.public_id, milestone.status FROM milestone "
    "JOIN contract ON contract.id = contract_id WHERE milestone.title = '{}'"
)


@pytest.fixture
def market(server: Server, tmp_path: Path) -> Iterator[Server]:
    """Serve a copy of the demo in which two milestones of one contract wait for Ingrid."""
    name = "harbour.db"
    with sqlite3.connect(server.folder / name) as demo, sqlite3.connect(tmp_path / name) as copy:
        demo.backup(copy)
    running = servers.start(tmp_path)
    submit(running, "achieng@example.org", SECOND)
    yield running
    running.stop()


def submit(server: Server, email: str, title: str) -> None:
    """Hand the work of a milestone in by the service alone, as another process would."""
    work = {"milestone_id": milestone(server, title)[1], "note": "Twenty people tried it."}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "engine", engines.make_engine(server.environment["DATABASE_URL"]))
        token = db.write(_open, email=email)
        db.write(sessions.as_actor, submissions.submit, token=token, **work)
        db.engine.dispose()


def _open(session: Session, *, email: str) -> str:
    person = session.exec(select(Person).where(Person.email == email)).one()
    return sessions.open_for(session, person_id=person.id)


def milestone(server: Server, title: str) -> tuple:
    """Return the ids of a milestone and its contract, and its status."""
    return rows(server, MILESTONE.format(title))[0]


@pytest.fixture
def page(market: Server, visit) -> Page:
    """Ingrid's contract with both."""
    page = visit(market)
    sign_in(page, "ingrid@example.org")
    page.goto(routes.contract(milestone(market, FIRST)[0]))
    settle(page)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).locator("visible=true").first.click()


def asked_for_a_part(page: Page) -> Locator:
    press(page, "More: release a part")
    page.get_by_role("menuitem", name="Release a part").click()
    return page.get_by_role("dialog")


def test_a_release_from_elsewhere_does_not_turn_the_dialog_to_the_next_milestone(market, page):
    press(page, "Approve and release")
    dialog = page.locator("#approve")
    expect(dialog).to_contain_text(FIRST)
    contract_id, milestone_id, _status = milestone(market, FIRST)
    elsewhere = page.context.new_page()
    elsewhere.goto(routes.milestone(contract_id, milestone_id))
    press(elsewhere, "Approve and release")
    elsewhere.locator("#approve .btn--primary").click()
    expect(page.get_by_text(f"Review milestone 4, {SECOND}")).to_be_visible()
    expect(dialog).to_contain_text("Release €2,600.00 to Achieng")
    expect(dialog).to_contain_text(FIRST)
    dialog.locator(".btn--primary").click()
    expect(page.get_by_text("This milestone is already released.")).to_be_visible()
    assert milestone(market, SECOND)[2] == "submitted"


def test_a_dialog_holds_nothing_that_was_typed_for_another_act(page):
    part = asked_for_a_part(page)
    part.get_by_label("Amount").fill("100.00")
    part.get_by_role("button", name="Release €100.00").click()
    expect(part).to_be_hidden()
    expect(page.get_by_text("€2,500.00").first).to_be_visible()
    part = asked_for_a_part(page)
    expect(part).to_contain_text("€2,500.00 is held.")
    expect(part.get_by_label("Amount")).to_have_value("")
    page.keyboard.press("Escape")

    press(page, "Request changes")
    changes = page.get_by_role("dialog", name=f"Request changes to {FIRST}")
    changes.get_by_label("What is to be changed?").fill("The map is empty.")
    changes.get_by_role("button", name="Request changes").click()
    expect(changes).to_be_hidden()
    expect(page.get_by_text(f"Review milestone 4, {SECOND}")).to_be_visible()
    press(page, "Request changes")
    changes = page.get_by_role("dialog", name=f"Request changes to {SECOND}")
    expect(changes.get_by_label("What is to be changed?")).to_have_value("")
