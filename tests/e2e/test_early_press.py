"""Who presses before a page is alive hits what was aimed at: nothing has moved when it is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from freelance_app import routes
from tests.e2e.server import Server

GATES = (routes.LANDING, routes.LOGIN, routes.SIGN_UP, routes.CHECK_MAIL)
# Of what can be pressed, by its name; once the letters are there.
PLACES = """() => document.fonts.ready.then(() => Object.fromEntries(
  [...document.querySelectorAll('main :is(input, button, a)')]
  .map((each) => [each.name || each.innerText, each.getBoundingClientRect()])
  .filter(([name, box]) => box.height > 0)
  .map(([name, box]) => [name, [box.x, box.y, box.width, box.height].map(Math.round)])))"""

Visit = Callable[..., Page]


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("path", GATES)
def test_nothing_moves_once_a_guest_sees_it(server: Server, visit: Visit, path, phone):
    dead = visit(server, phone=phone, java_script_enabled=False)
    dead.goto(path)
    seen = dead.evaluate(PLACES)
    alive = visit(server, phone=phone)
    alive.goto(path)
    expect(alive.locator("header a")).not_to_have_text("")
    later = alive.evaluate(PLACES)
    assert seen
    assert {name: later[name] for name in seen} == seen
