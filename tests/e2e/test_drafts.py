"""What is typed and not sent: a reload puts it back, to who typed it and to nobody else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from freelance_app.demo.cast import PASSWORD
from tests.e2e import axe

NOTE = "What you typed before is here again"
LETTER = "I would begin with the payment that fails most often, and mend it first. " * 2
BRIEF = "A page with eleven clinics, their hours and how to get there. " * 2


def kept(page: Page) -> list[str]:
    """Return the keys of what the tab keeps."""
    return page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('draft:'))")


def open_form(page: Page, title: str) -> None:
    """Open the form of a proposal by clicking."""
    page.goto("/jobs")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("link", name="Write a proposal").first.click()
    expect(page.get_by_label("Cover letter")).to_be_visible()


def sign_out(page: Page) -> None:
    page.locator("nav.side .who").click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.wait_for_url("**/login**")


def sign_in(page: Page, email: str) -> None:
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button[type=submit]:enabled").click()
    page.wait_for_url("**/home")


def test_a_reload_keeps_an_unsent_proposal_until_it_is_sent(person: Callable[..., Page]):
    page = person("tomasz@example.org")
    open_form(page, "M-Pesa payments for a farm shop")
    page.get_by_label("Cover letter").fill(LETTER)
    page.get_by_label("Bid").fill("250000")
    page.reload()
    expect(page.get_by_label("Cover letter")).to_have_value(LETTER)
    expect(page.get_by_label("Bid")).to_have_value("250000")
    expect(page.get_by_text(NOTE)).to_be_visible()
    axe.check(page)
    page.get_by_label("Duration").fill("none")
    page.get_by_role("button", name="Send proposal").first.click()
    expect(page.get_by_label("Duration")).to_have_attribute("aria-invalid", "true")
    assert len(kept(page)) == 1
    page.get_by_label("Duration").fill("20")
    page.get_by_role("button", name="Send proposal").first.click()
    page.wait_for_url("**/proposals/*")
    assert kept(page) == []


def test_every_field_of_a_job_post_comes_back_and_start_over_drops_them(person):
    page = person("sofia@example.org")
    page.goto("/jobs/new")
    page.get_by_label("Title").fill("A list of every clinic")
    page.get_by_label("Description").fill(BRIEF)
    page.get_by_label("Category").select_option("web-development")
    page.get_by_label("Full-time").check()
    page.get_by_label("Currency").select_option("KES")
    page.get_by_role("link", name="Home").first.click()
    page.wait_for_url("**/home")
    page.go_back()
    expect(page.get_by_label("Title")).to_have_value("A list of every clinic")
    expect(page.get_by_label("Description")).to_have_value(BRIEF)
    expect(page.get_by_label("Category")).to_have_value("web-development")
    expect(page.get_by_label("Full-time")).to_be_checked()
    expect(page.get_by_label("Currency")).to_have_value("KES")
    page.get_by_role("button", name="Start over").click()
    expect(page.get_by_label("Title")).to_have_value("")
    expect(page.get_by_text(NOTE)).to_be_hidden()
    assert kept(page) == []


def test_cancelling_an_edit_gives_up_what_was_typed(person):
    page = person("ingrid@example.org")
    page.goto("/my-jobs")
    page.get_by_role("link", name="Firmware engineer").click()
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Title").fill("Another title")
    page.get_by_role("link", name="Cancel").first.click()
    page.get_by_role("link", name="Edit").click()
    expect(page.get_by_label("Title")).to_have_value("Firmware engineer for smart meters")
    assert kept(page) == []


@pytest.mark.parametrize("end", ["sign-out", "sign-out in another tab", "a lost session"])
def test_the_next_person_at_the_machine_gets_none_of_it(person, end):
    page = person("sofia@example.org")
    page.goto("/jobs/new")
    page.get_by_label("Title").fill("Between us alone")
    assert kept(page) == ["draft:/jobs/new"]
    if end == "sign-out":
        sign_out(page)
        assert kept(page) == []
    elif end == "sign-out in another tab":
        other = page.context.new_page()
        other.goto("/home")
        sign_out(other)
        page.wait_for_function(
            "Object.keys(sessionStorage).every((key) => !key.startsWith('draft:'))"
        )
        page.goto("/login")
    else:
        page.context.clear_cookies()
        page.goto("/login")
    sign_in(page, "ingrid@example.org")
    page.goto("/jobs/new")
    expect(page.get_by_label("Title")).to_have_value("")
    assert kept(page) == []
