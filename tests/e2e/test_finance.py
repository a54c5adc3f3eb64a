"""The finance desk's dialogs keep what is typed, and hold nothing of another row."""

import re

import pytest
from playwright.sync_api import Page, expect

from freelance_app import routes
from tests.e2e.demo import settle

# What a quick hand does: it types into the field at the moment when the dialog opens.
TYPES_AT_ONCE = """() => {
  const show = HTMLDialogElement.prototype.showModal;
  HTMLDialogElement.prototype.showModal = function () {
    show.call(this);
    const field = this.querySelector("input:not([type=hidden])");
    field.focus();
    field.select();
    document.execCommand("insertText", false, "999.99");
  };
}"""
OF_A_ROW = re.compile("^[0-9a-f]{20}$")


@pytest.fixture
def desk(person) -> Page:
    page = person("grace@example.org")
    page.goto(routes.ADMIN_FINANCE)
    settle(page)
    return page


def test_the_dialog_waits_until_it_is_about_the_row_that_was_pressed(desk):
    dialog = desk.locator("#received-money")
    desk.evaluate("kit.open('received-money', 'a row')")
    desk.wait_for_timeout(200)
    expect(dialog).to_be_hidden()
    dialog.evaluate("dialog => { dialog.dataset.about = 'another row'; }")
    desk.wait_for_timeout(200)
    expect(dialog).to_be_hidden()
    dialog.evaluate("dialog => { dialog.dataset.about = 'a row'; }")
    expect(dialog).to_be_visible()


def test_a_dialog_that_never_is_about_the_row_stops_waiting_for_it(desk):
    dialog = desk.locator("#received-money")
    about = "(dialog, row) => { dialog.dataset.about = row; }"
    desk.evaluate("kit.open('received-money', 'first'); kit.open('received-money', 'second')")
    dialog.evaluate(about, "first")
    desk.wait_for_timeout(200)
    expect(dialog).to_be_hidden()
    desk.wait_for_timeout(5_200)
    dialog.evaluate(about, "second")
    desk.wait_for_timeout(200)
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize("presses", [(0, -1), (0, -1, 0)], ids=["two rows", "one of them twice"])
def test_of_rows_pressed_before_an_answer_the_last_one_has_the_dialog_for_good(desk, presses):
    desk.evaluate(TYPES_AT_ONCE)
    opens = desk.get_by_role("button", name="Came back")
    assert opens.count() > 1
    opens.first.evaluate(
        """(first, presses) => {
          const all = [...document.querySelectorAll("[data-asks='payout-returned']")];
          presses.forEach((at) => all.at(at).click());
        }""",
        presses,
    )
    dialog = desk.get_by_role("dialog")
    last = opens.nth(presses[-1] % opens.count()).get_attribute("data-key")
    expect(dialog.locator("[name=payout]")).to_have_value(last)
    desk.wait_for_timeout(1_000)
    expect(dialog.locator("[name=payout]")).to_have_value(last)
    expect(dialog.get_by_label("Reason")).to_have_value("999.99")


def test_what_is_typed_as_the_dialog_opens_is_not_lost(desk):
    desk.evaluate(TYPES_AT_ONCE)
    desk.get_by_role("button", name="Received").first.click()
    dialog = desk.get_by_role("dialog")
    expect(dialog.locator("[name=deposit]")).to_have_value(OF_A_ROW)
    desk.wait_for_timeout(200)
    expect(dialog.locator("[name=received]")).to_have_value("999.99")
    expect(dialog).to_contain_text("DEP-")


def test_the_reason_for_one_payout_does_not_stand_in_the_dialog_of_another(desk):
    decided = desk.get_by_role("table", name="Decided payouts")
    opens = decided.get_by_role("button", name="Came back")
    dialog = desk.get_by_role("dialog")
    opens.first.click()
    first = dialog.locator("[name=payout]").get_attribute("value")
    dialog.get_by_label("Reason").fill("The account is closed.")
    dialog.get_by_role("button", name="Cancel").click()
    opens.last.click()
    expect(dialog.locator("[name=payout]")).not_to_have_value(first)
    expect(dialog.get_by_label("Reason")).to_have_value("")
    dialog.get_by_role("button", name="Cancel").click()
    opens.first.click()
    expect(dialog.locator("[name=payout]")).to_have_value(first)


def test_one_act_is_the_primary_of_the_desk(desk):
    primary = desk.locator("main .btn--primary:visible")
    expect(primary).to_have_count(1)
    expect(primary).to_have_text("Received")
