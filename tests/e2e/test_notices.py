"""A notice opens as the party that it belongs to, in the browser of somebody who has two."""

from playwright.sync_api import expect

from freelance_app import routes
from tests.e2e.demo import settle

COMPANY = "Demir Films"


def test_a_notice_of_the_other_party_opens_as_that_party(person):
    page = person("elif@example.org")
    page.goto(routes.SETTINGS_PROFILE)
    settle(page)
    page.get_by_label("Name of the company").fill(COMPANY)
    page.get_by_role("button", name="Add a company").click()
    role = page.locator(".who__n")
    expect(role).to_have_text(COMPANY)

    page.goto(routes.NOTIFICATIONS)
    settle(page)
    page.get_by_role("link", name="Four more films is funded").click()
    page.wait_for_url("**/contracts/**")
    expect(role).to_have_text("Elif Demir")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text("Four more films")
    expect(page.locator("main")).not_to_contain_text("nothing here for you")
    expect(page.get_by_text("You now act as Elif Demir.")).to_be_visible()

    page.reload()
    settle(page)
    expect(role).to_have_text("Elif Demir")
    expect(page.get_by_text("You now act as")).to_have_count(0)
    page.go_back()
    settle(page)
    expect(role).to_have_text("Elif Demir")
    expect(page.get_by_role("heading", name="Notifications")).to_be_visible()


def test_a_notice_of_the_acting_party_opens_without_a_word(person):
    page = person("katarzyna@example.org")
    page.goto(routes.NOTIFICATIONS)
    settle(page)
    link = page.locator(".notice a").first
    target = link.get_attribute("href")
    link.click()
    page.wait_for_url(f"**{target}")
    expect(page.locator("main")).to_be_visible()
    expect(page.get_by_text("You now act as")).to_have_count(0)
