"""The sheet of the board: a quick look by mouse and by keyboard, and what it shows meanwhile."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import axe
from tests.e2e.demo import settle

FREELANCER = "achieng@example.org"


def open_board(person: Callable[..., Page], **options) -> Page:
    page = person(FREELANCER, **options)
    page.goto("/jobs")
    settle(page)
    return page


def cards(page: Page):
    return page.locator("article.job h2 a")


def sheet(page: Page):
    return page.locator("#job-sheet")


@pytest.mark.parametrize("phone", [False, True], ids=["beside the list", "from below"])
def test_a_press_on_a_card_shows_the_post_and_keeps_the_place(person, phone, shot):
    page = open_board(person, phone=phone, dark=phone)
    link = cards(page).nth(3)
    title = link.inner_text()
    link.evaluate("link => link.scrollIntoView({ block: 'center' })")
    before = page.evaluate("scrollY")
    link.click()
    expect(sheet(page).get_by_role("heading", name=title)).to_be_visible()
    expect(sheet(page)).to_contain_text(re.compile(r"^4 of \d+"))
    expect(sheet(page).get_by_role("link", name=re.compile("proposal"))).to_be_in_viewport()
    assert page.url.endswith("/jobs")
    assert page.evaluate("scrollY") == before
    axe.check(page)
    shot(page, f"freelancer-jobs-look-{'phone' if phone else 'desk'}")
    sheet(page).get_by_role("button", name="Close").click()
    expect(sheet(page)).to_be_hidden()
    expect(link).to_be_focused()


def test_by_keyboard_from_card_to_card_and_back(person):
    page = open_board(person)
    titles = cards(page).all_inner_texts()
    cards(page).first.focus()
    page.keyboard.press("Enter")
    expect(sheet(page).get_by_role("heading", name=titles[0])).to_be_visible()
    assert page.evaluate("document.activeElement.closest('#job-sheet') !== null")
    back = sheet(page).get_by_role("button", name="Previous job")
    expect(back).to_have_attribute("aria-disabled", "true")
    sheet(page).get_by_role("button", name="Next job").focus()
    for title in titles[1:]:
        page.keyboard.press("Enter")
        expect(sheet(page).get_by_role("heading", name=title)).to_be_visible()
    on = sheet(page).get_by_role("button", name="Next job")
    expect(on).to_have_attribute("aria-disabled", "true")
    expect(on).to_be_focused()
    page.keyboard.press("Enter")
    expect(sheet(page).get_by_role("heading", name=titles[-1])).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet(page)).to_be_hidden()
    expect(cards(page).first).to_be_focused()


def test_a_middle_click_and_one_with_a_key_open_the_page_in_a_tab(person):
    page = open_board(person)
    for how in ({"button": "middle"}, {"modifiers": ["ControlOrMeta"]}):
        with page.context.expect_page() as opened:
            cards(page).first.click(**how)
        expect(opened.value).to_have_url(re.compile(r"/jobs/[0-9a-f]{20}$"))
        expect(sheet(page)).to_be_hidden()
    cards(page).first.click()
    sheet(page).get_by_role("link", name="Open as a page").click()
    page.wait_for_url(re.compile(r"/jobs/[0-9a-f]{20}$"))


def test_the_list_stays_in_use_and_another_list_closes_the_sheet(person):
    page = open_board(person)
    titles = cards(page).all_inner_texts()
    cards(page).first.click()
    expect(sheet(page).get_by_role("heading", name=titles[0])).to_be_visible()
    cards(page).nth(1).click()
    expect(sheet(page).get_by_role("heading", name=titles[1])).to_be_visible()
    expect(page.locator("article.job[aria-current=true]")).to_have_count(1)
    cards(page).first.focus()
    page.keyboard.press("Escape")
    expect(sheet(page)).to_be_hidden()
    cards(page).first.click()
    page.get_by_label("Search jobs").fill(titles[1])
    page.keyboard.press("Enter")
    page.wait_for_url("**/jobs?words=*")
    expect(sheet(page)).to_be_hidden()


def cut_at_will(page: Page) -> list[str]:
    """Let the page's socket pass by a switch: what is put into the list cuts it."""
    cut: list[str] = []

    def passing(route) -> None:
        server = route.connect_to_server()
        route.on_message(lambda message: None if cut else server.send(message))

    page.route_web_socket(re.compile("/_event/"), passing)
    return cut


def test_with_the_socket_gone_the_sheet_waits_and_shows_nothing_old(person):
    page = person(FREELANCER)
    cut = cut_at_will(page)
    page.goto("/jobs")
    settle(page)
    titles = cards(page).all_inner_texts()
    cards(page).first.click()
    expect(sheet(page).get_by_role("heading", name=titles[0])).to_be_visible()
    cut.append("gone")
    cards(page).nth(1).click()
    expect(sheet(page)).to_have_attribute("aria-busy", "true")
    expect(sheet(page).get_by_text("Loading the job")).to_be_visible()
    expect(sheet(page).get_by_role("heading")).to_have_count(0)
    expect(sheet(page).get_by_role("link")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(sheet(page)).to_be_hidden()


def test_filters_stand_in_the_address_and_survive_a_reload_and_the_way_back(person):
    page = open_board(person)
    everything = len(cards(page).all())
    rail = page.get_by_role("form", name="Filters")
    rail.get_by_label("Full-time").click()
    page.wait_for_url("**/jobs?engagement=full_time")
    expect(page.get_by_role("link", name="Full-time remove")).to_be_visible()
    narrowed = cards(page).all_inner_texts()
    assert 0 < len(narrowed) < everything
    rail.get_by_label("Engineering and hardware").click()
    page.wait_for_url("**/jobs?category=engineering&engagement=full_time")
    page.get_by_label("Search jobs").fill("meters")
    page.keyboard.press("Enter")
    page.wait_for_url("**/jobs?words=meters&category=engineering&engagement=full_time")
    page.reload()
    expect(rail.get_by_label("Full-time")).to_be_checked()
    expect(rail.get_by_label("Engineering and hardware")).to_be_checked()
    expect(page.get_by_label("Search jobs")).to_have_value("meters")
    expect(page.get_by_role("link", name="Engineering and hardware remove")).to_be_visible()
    page.go_back()
    page.go_back()
    page.wait_for_url("**/jobs?engagement=full_time")
    expect(rail.get_by_label("All", exact=True)).to_be_checked()
    expect(rail.get_by_label("Full-time")).to_be_checked()
    expect(cards(page)).to_have_text(narrowed)
    expect(page.get_by_label("Search jobs")).to_have_value("")
