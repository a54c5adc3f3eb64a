"""Forms for routes in a real browser: what was typed stays, and where a refusal stands."""

import sqlite3

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import axe, keyboard
from tests.e2e.fixtures import PHONE

PASSWORD = "correct horse battery"
REFUSED = ["422", "409"]  # the browser notes each refusal in its console


@pytest.fixture
def admin(empty_server, visit) -> Page:
    """Set a fresh server up, and return the administrator's page."""
    page = visit(empty_server, timezone_id="Africa/Nairobi", expected=REFUSED)
    page.goto(empty_server.first_start_link())
    page.get_by_label("Your name").fill("Amina Njoroge")
    page.get_by_label("E-mail").fill("amina@example.org")
    page.get_by_label("Password").fill("short")
    page.get_by_label("Name of the market").fill("Mwamba Works")
    expect(page.get_by_label("Time zone")).to_have_value("Africa/Nairobi")
    page.get_by_role("button", name="Set up and sign in").click()
    expect(page.get_by_text("Use at least 10 characters.")).to_be_visible()
    expect(page.get_by_label("Name of the market")).to_have_value("Mwamba Works")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Set up and sign in").click()
    page.wait_for_url("**/home")
    return page


def link_for(server, email: str) -> str:
    """Return the link of the newest mail to an address, as the outbox holds it."""
    with sqlite3.connect(server.folder / "harbour.db") as database:
        query = "SELECT link FROM mail WHERE address = ? ORDER BY id DESC"
        return database.execute(query, [email]).fetchone()[0]


def look_in_each_view(page: Page) -> None:
    """Look at a refused form on a light desk and on a dark phone, and leave it as it was."""
    desk = page.viewport_size
    axe.check(page)
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_contain_class("dark")
    axe.check(page)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(desk)


def test_a_refused_sign_up_keeps_what_was_typed_and_leads_to_home(admin, empty_server, visit):
    page = visit(empty_server, timezone_id="Europe/Oslo", expected=REFUSED)
    page.goto("/")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Your name").fill("Ingrid Berg")
    page.get_by_label("E-mail").fill("ingrid@example.org")
    page.get_by_label("Password").fill("password123")
    page.get_by_role("button", name="Create an account").click()
    expect(page.get_by_role("alert")).to_have_text("3 fields need another look.")
    expect(page.get_by_label("Company")).to_be_focused()
    expect(page.get_by_text("Many people use this password.")).to_be_visible()
    expect(page.get_by_label("Your name")).to_have_value("Ingrid Berg")
    assert "?" not in page.url
    axe.check(page)

    page.get_by_label("work, as a freelancer").check()
    expect(page.get_by_label("Company")).to_be_hidden()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("I accept").check()
    page.get_by_role("button", name="Create an account").click()
    page.wait_for_url("**/check-mail")
    expect(page.get_by_label("E-mail")).to_have_value("ingrid@example.org")

    page.goto(link_for(empty_server, "ingrid@example.org"))
    expect(page.get_by_text("Confirm that ingrid@example.org is yours.")).to_be_visible()
    keyboard.fill(page, "Password", "password123")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This is not the password that you chose")).to_be_visible()
    expect(page.get_by_label("Password")).to_be_focused()
    look_in_each_view(page)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/home")
    page.goto("/settings/profile")
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Oslo")

    page.goto(link_for(empty_server, "ingrid@example.org"))
    expect(page.get_by_text("This link works no longer")).to_be_visible()


def test_signing_in_by_keyboard_over_a_wrong_password_to_the_page_that_was_wanted(
    admin, empty_server, visit
):
    page = visit(empty_server, expected=REFUSED)
    page.goto("/settings/security")
    page.wait_for_url("**/login?next=**")
    keyboard.fill(page, "E-mail", "amina@example.org")
    keyboard.fill(page, "Password", "wrong password")
    page.keyboard.press("Enter")
    expect(page.get_by_text("E-mail or password is wrong.")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("amina@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/settings/security")
    expect(page.get_by_text("This browser")).to_be_visible()


def test_a_browser_that_is_signed_out_elsewhere_is_refused_at_its_next_click(
    admin, empty_server, visit
):
    other = visit(empty_server)
    other.goto("/login")
    other.get_by_label("E-mail").fill("amina@example.org")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    other.wait_for_url("**/home")
    other.goto("/settings/security")
    other.get_by_role("button", name="Sign out all other browsers").click()
    expect(other.get_by_text("All other browsers are signed out.")).to_be_visible()
    admin.get_by_role("link", name="Settings").first.click()
    admin.wait_for_url("**/login?next=**")


def test_without_our_script_a_refusal_is_a_page_that_says_why(admin, empty_server, visit):
    page = visit(empty_server, expected=[*REFUSED, "ERR_FAILED"])
    page.route("**/*.js?v=*", lambda route: route.abort())
    page.goto("/login")
    page.get_by_label("E-mail").fill("amina@example.org")
    page.get_by_label("Password").fill("wrong password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="E-mail or password is wrong.")).to_be_visible()
    axe.check(page)
    page.go_back()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("E-mail").fill("amina@example.org")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/home")
