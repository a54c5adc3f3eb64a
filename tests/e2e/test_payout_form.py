"""The form that asks for a payout keeps what is typed while money arrives, and asks once."""

import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from freelance_app import routes
from tests.e2e import demo
from tests.e2e import server as servers
from tests.e2e.fixtures import sign_in
from tests.e2e.server import Server

WHO, CLIENT = "achieng@example.org", "ingrid@example.org"
COLUMNS = "provider, holder, bank_code, bank_name, country, usable_at, created_at"
COPY_OF_FIRST = (
    f"INSERT INTO payout_method (public_id, account, party_id, {COLUMNS}) "
    f"SELECT ?, ?, party_id, {COLUMNS} FROM payout_method WHERE party_id IN {demo.of(WHO)} "
    "ORDER BY id LIMIT 1"
)
PAYOUTS = (
    "SELECT amount_minor, payout_method.public_id FROM payout JOIN payout_method "
    f"ON payout_method.id = method_id WHERE payout.party_id IN {demo.of(WHO)} ORDER BY payout.id"
)


@pytest.fixture
def own(server: Server, tmp_path: Path) -> Iterator[Server]:
    """Serve a copy of the demo."""
    running = servers.beside(server, tmp_path)
    yield running
    running.stop()


def add_account(server: Server, account: str) -> None:
    """Give the freelancer one more bank account, whose waiting days are over."""
    with sqlite3.connect(server.folder / "harbour.db") as connection:
        connection.execute(COPY_OF_FIRST, (secrets.token_hex(10), account))


def release_a_part(page: Page, server: Server) -> None:
    page.goto(demo.address(server, CLIENT, routes.MILESTONE))
    demo.settle(page)
    page.get_by_role("button", name="More: release a part").locator("visible=true").first.click()
    page.get_by_role("menuitem", name="Release a part").locator("visible=true").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Amount").fill("50.00")
    dialog.get_by_role("button", name="Release €50.00").click()
    expect(page.get_by_text("Released. The rest stays held.")).to_be_visible()


def test_money_that_arrives_leaves_what_is_typed_and_two_presses_ask_once(own, visit):
    add_account(own, "0220456789012")
    client, page = visit(own), visit(own)
    sign_in(client, CLIENT)
    sign_in(page, WHO)
    page.goto(routes.EARNINGS)
    demo.settle(page)
    form = page.locator("section[aria-labelledby=payout] form")
    amount, account = form.get_by_label("Amount"), form.get_by_label("To account")
    amount.fill("100.00")
    oldest = account.locator("option").last.get_attribute("value")
    account.select_option(oldest)
    before = demo.rows(own, PAYOUTS)
    add_account(own, "0330456789012")
    release_a_part(client, own)
    expect(account.locator("option")).to_have_count(3)
    expect(amount).to_have_value("100.00")
    expect(account).to_have_value(oldest)
    form.get_by_role("button", name="Ask for a payout").dblclick()
    expect(amount).to_have_value("")
    expect(page.get_by_text("Asked for. You are told when it is sent.")).to_be_visible()
    page.wait_for_timeout(500)
    assert demo.rows(own, PAYOUTS) == [*before, (100_00, oldest)]
