"""The measuring instruments measure: a fault is found, each press counts once."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.e2e import axe
from tests.e2e.clicks import Clicks

PAGE = """<html lang="en"><title>Page</title><main><h1>Page</h1>{}</main></html>"""
CONTROLS = """
<button><span>Send</span></button> <a href="#x">Open</a> <p id="x">Text</p>
<form onsubmit="return false"><label><input type="radio" name="r"> Fixed price</label>
<label for="kind">Kind</label> <select id="kind"><option>One<option>Two</select>
<label>Name <input name="name"></label></form>
"""


def show(body: str) -> str:
    """Return the address of a page with this body."""
    return "data:text/html," + quote(PAGE.format(body))


@pytest.fixture
def context(browser: Browser):
    context = browser.new_context()
    yield context
    context.close()


def test_axe_finds_a_field_without_a_name_and_nothing_on_a_sound_page(context):
    page = context.new_page()
    page.goto(show("<input>"))
    assert [fault.split(":")[0] for fault in axe.violations(page)] == ["label"]
    page.goto(show("<label>Name <input></label>"))
    axe.check(page)


def test_each_press_counts_once_and_typing_is_free(context, capsys):
    clicks = Clicks(context)
    page = context.new_page()
    page.goto(show(CONTROLS))
    with clicks.step("everything", at_most=4):
        page.get_by_text("Send").click()
        page.get_by_role("link").click()
        page.get_by_text("Fixed price").click()
        page.get_by_label("Kind").select_option("Two")
        page.get_by_label("Name").fill("words")
        page.locator("p").click()
    assert clicks.total == 4
    assert "4 of 4 clicks  everything: Send, Open, Fixed price, Kind" in capsys.readouterr().out


def test_a_step_that_takes_too_many_presses_fails(context):
    clicks = Clicks(context)
    page = context.new_page()
    page.goto(show(CONTROLS))

    def press_twice():
        with clicks.step("too long", at_most=1):
            page.get_by_text("Send").click()
            page.get_by_text("Send").click()

    with pytest.raises(AssertionError, match="too long takes 2"):
        press_twice()
