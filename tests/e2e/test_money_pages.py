"""Earnings and Billing: what comes first in each window, and the year as a chart or a table."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from freelance_app import routes
from tests.e2e import axe
from tests.e2e.demo import settle
from tests.e2e.fixtures import DESK, PHONE

Crowd = Callable[[str], BrowserContext]
MONEY = {"achieng": (routes.EARNINGS, "payout"), "ingrid": (routes.BILLING, "add-money")}


def opened(crowd: Crowd, who: str, window) -> Page:
    page = crowd(who).new_page()
    page.set_viewport_size(window)
    page.goto(MONEY[who][0])
    settle(page)
    return page


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found
    return found


@pytest.mark.parametrize("who", MONEY)
def test_the_form_follows_the_balance_on_a_phone_and_stands_beside_it_on_a_desk(crowd, who):
    form = f"section[aria-labelledby={MONEY[who][1]}]"
    page = opened(crowd, who, PHONE)
    tops = [box(page, each)["y"] for each in (".stats", form, ".months", "#movements")]
    assert tops == sorted(tops)
    page.set_viewport_size(DESK)
    balance, beside, months = (box(page, each) for each in (".stats", form, ".months"))
    assert beside["y"] == balance["y"]
    assert beside["x"] > balance["x"] + balance["width"]
    assert months["y"] < beside["y"] + beside["height"], "the chart waits for the aside to end"
    page.close()


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
def test_the_year_is_a_chart_or_a_table_by_keyboard(crowd, window):
    page = opened(crowd, "ingrid", window)
    months = page.locator(".months")
    chart, table = months.get_by_role("img"), months.get_by_role("table")
    expect(chart).to_be_visible()
    expect(table).to_be_hidden()
    page.get_by_role("radio", name="Chart").focus()
    page.keyboard.press("ArrowRight")
    expect(table).to_be_visible()
    expect(chart).to_be_hidden()
    figures = table.locator("td").all_inner_texts()
    assert len(figures) == 12
    assert any(figure != "€0.00" for figure in figures)
    axe.check(page)
    page.close()
