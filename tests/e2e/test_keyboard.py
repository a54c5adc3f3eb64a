"""By keyboard alone: a job posted and answered; menus, dialogs and sheets give the focus back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from freelance_app import routes
from freelance_app.demo.cast import PASSWORD
from tests.e2e.demo import address, settle
from tests.e2e.fixtures import DESK, PHONE, Crowd
from tests.e2e.keyboard import fill, focused, press, tab_to

WHERE = """() => document.activeElement.closest("dialog[open]")?.id
  ?? (document.activeElement === document.body ? "nothing" : "the page")"""

# Whether a press on a link to an address is left to the browser.
IS_FOLLOWED = """(address) => {
  const link = document.querySelector("main").appendChild(document.createElement("a"));
  link.href = address;
  let isFollowed = false;
  link.addEventListener("click", (event) => {
    isFollowed = !event.defaultPrevented;
    event.preventDefault();
  });
  link.click();
  return isFollowed;
}"""


def sign_in(page: Page, email: str) -> None:
    page.goto("/login")
    expect(page.get_by_role("button", name="Sign in")).to_be_enabled()
    fill(page, "E-mail", email)
    fill(page, "Password", PASSWORD)
    press(page, "Sign in")
    page.wait_for_url("**/home")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_job_is_posted_and_answered_without_a_mouse(server, visit: Callable[..., Page]):
    client = visit(server)
    sign_in(client, "sofia@example.org")
    press(client, "Post a job")
    client.wait_for_url("**/jobs/new")
    expect(client.get_by_label("Title")).to_be_visible()
    fill(client, "Title", "Keyboard only: a list of every clinic")
    fill(
        client, "Description", "A page with eleven clinics, their hours and how to get there. " * 2
    )
    fill(client, "Skills", "Accessibility, HTML")
    fill(client, "Hours a week", "10")
    fill(client, "Budget", "900.00")
    press(client, "Publish")
    expect(
        client.get_by_role("heading", name="Keyboard only: a list of every clinic")
    ).to_be_visible()

    freelancer = visit(server)
    sign_in(freelancer, "tomasz@example.org")
    press(freelancer, "Jobs")
    freelancer.wait_for_url("**/jobs")
    press(freelancer, "Keyboard only: a list of every clinic")
    press(freelancer, "Write a proposal")
    expect(freelancer.get_by_label("Cover letter")).to_be_visible()
    fill(freelancer, "Cover letter", "I would begin with the clinic that most people ask for. " * 2)
    fill(freelancer, "Bid", "850.00")
    fill(freelancer, "Duration", "14")
    press(freelancer, "Send proposal")
    freelancer.wait_for_url("**/proposals/*")


@pytest.fixture
def open_page(server, crowd: Crowd):
    """Open a page as somebody of the demo: open_page("ingrid", routes.CONTRACT)."""
    opened: list[Page] = []

    def go(name: str, pattern: str, window=DESK) -> Page:
        page = crowd(name).new_page()
        opened.append(page)
        page.set_viewport_size(window)
        page.goto(address(server, f"{name}@example.org", pattern))
        settle(page)
        return page

    yield go
    for page in opened:
        page.close()


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
def test_the_first_link_leads_past_the_frame_into_the_page(open_page, window):
    page = open_page("ingrid", routes.HOME, window)
    press(page, "Skip to content")
    expect(page.locator("main")).to_be_focused()
    assert page.url.endswith(routes.HOME)
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


def test_a_link_to_a_part_of_the_page_leads_the_keys_there(open_page):
    page = open_page("ingrid", routes.HOME)
    press(page, "Waiting for others")
    expect(page.locator("#waits")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("section:has(#waits) :focus")).to_have_count(1)


@pytest.mark.parametrize("address", ["https://elsewhere.example/home#waits", "/home?all=1#waits"])
def test_a_link_to_a_part_of_another_page_is_followed(open_page, address):
    page = open_page("ingrid", routes.HOME)
    assert page.evaluate(IS_FOLLOWED, address)


def open_menu(page: Page, name: str) -> None:
    """Press the button of a menu; the browser moves the focus a moment after it has opened."""
    press(page, name)
    expect(page.locator("[role=menuitem]:focus")).to_be_visible()


def test_arrow_keys_walk_a_menu_and_escape_leaves_it(open_page):
    page = open_page("ingrid", routes.CONTRACT)
    open_menu(page, "FE Fjordlys Energi")
    walk = [
        (None, "Fjordlys Energi"),
        ("ArrowDown", "Light or dark"),
        ("ArrowDown", "Sign out"),
        ("ArrowDown", "Fjordlys Energi"),
        ("ArrowUp", "Sign out"),
        ("Home", "Fjordlys Energi"),
        ("End", "Sign out"),
        ("l", "Light or dark"),
    ]
    for key, name in walk:
        if key:
            page.keyboard.press(key)
        assert focused(page) == name
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    assert focused(page).startswith("FE Fjordlys Energi")


def test_a_rare_act_is_reached_under_its_dots_and_gives_the_focus_back(open_page):
    page = open_page("ingrid", routes.CONTRACT)
    open_menu(page, "More: release a part")
    assert focused(page) == "Release a part"
    page.keyboard.press("Escape")
    assert focused(page) == "More: release a part"
    open_menu(page, "More: release a part")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect_trap(page, "part")
    page.keyboard.press("Escape")
    assert focused(page) == "More: release a part"


def test_a_dialog_keeps_the_focus_and_gives_it_back(open_page):
    page = open_page("ingrid", routes.CONTRACT)
    press(page, "Approve and release")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    expect_trap(page, "approve")
    tab_to(page, "Cancel")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    assert focused(page).startswith("Approve and release")


def test_a_sheet_keeps_the_focus_and_gives_it_back(open_page):
    page = open_page("grace", routes.ADMIN_OUTBOX)
    subject = page.locator("tbody button").first.inner_text()
    press(page, subject)
    expect(page.get_by_role("dialog")).to_be_visible()
    expect_trap(page, "mail-sheet")
    page.keyboard.press("Escape")
    assert focused(page) == subject


def test_the_places_of_a_phone_keep_the_focus_and_give_it_back(open_page):
    page = open_page("ingrid", routes.HOME, PHONE)
    press(page, "More")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect_trap(page, "more-places")
    page.keyboard.press("Escape")
    assert focused(page) == "More"


def expect_trap(page: Page, dialog: str) -> None:
    """Press Tab many times: the focus is in the dialog, or in the browser's own bar."""
    seen = []
    for _ in range(15):
        page.keyboard.press("Tab")
        focused(page)
        seen.append(page.evaluate(WHERE))
    assert dialog in seen
    assert set(seen) <= {dialog, "nothing"}
