"""Who presses before a page is alive hits what was aimed at: nothing has moved when it is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from freelance_app import routes
from freelance_app.demo.cast import PASSWORD
from tests.e2e.demo import settle
from tests.e2e.fixtures import DESK, PHONE, Crowd
from tests.e2e.server import Server

GATES = (routes.LANDING, routes.LOGIN, routes.SIGN_UP, routes.CHECK_MAIL)
# Of what can be pressed, by its name; once the letters are there.
PLACES = """() => document.fonts.ready.then(() => Object.fromEntries(
  [...document.querySelectorAll('main :is(input, button, a)')]
  .map((each) => [each.name || each.textContent, each.getBoundingClientRect()])
  .filter(([name, box]) => box.height > 0)
  .map(([name, box]) => [name, [box.x, box.y, box.width, box.height].map(Math.round)])))"""
# In every frame that is painted: whether the form is seen.
NOTES_THE_FORM = """requestAnimationFrame(function look() {
  const name = document.querySelector("#name");
  window.seen ||= name?.checkVisibility({ visibilityProperty: true }) ?? false;
  requestAnimationFrame(look);
})"""
# How much of the window moved, and how far, without a press: 0.1 is what Web Vitals call good.
NOTES_SHIFTS = """window.moved = 0; new PerformanceObserver((list) => {
  for (const each of list.getEntries()) window.moved += each.value;
}).observe({ type: "layout-shift", buffered: true })"""
MOST_MOVED = 0.02
SCRIPTS = "**/assets/*.js"

Visit = Callable[..., Page]


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("path", GATES)
def test_nothing_moves_once_a_guest_sees_it(server: Server, visit: Visit, path, phone):
    dead = visit(server, phone=phone, java_script_enabled=False)
    dead.goto(path)
    seen = dead.evaluate(PLACES)
    alive = visit(server, phone=phone)
    alive.goto(path)
    expect(alive.locator("header a")).not_to_have_text("", use_inner_text=True)
    later = alive.evaluate(PLACES)
    assert seen
    assert {name: later[name] for name in seen} == seen


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", [routes.HOME, routes.BILLING, routes.CONTRACTS, routes.MESSAGES])
def test_hardly_anything_moves_when_a_page_arrives(server, crowd: Crowd, path, window):
    page = crowd("ingrid").new_page()
    page.set_viewport_size(window)
    page.add_init_script(NOTES_SHIFTS)
    page.goto(f"{server.url}{path}")
    settle(page)
    assert page.evaluate("window.moved") < MOST_MOVED
    page.close()


def test_sign_up_shows_no_form_before_it_knows_that_the_market_is_open(server, visit: Visit):
    page = visit(server)
    held = []
    page.route_web_socket("**/_event/**", lambda socket: held.append(socket))
    page.goto(routes.SIGN_UP)
    expect(page.locator("main [aria-busy=true]")).to_be_visible()
    expect(page.get_by_label("Your name")).to_be_hidden()
    page.wait_for_function("document.fonts.status === 'loaded'")
    assert held, "the page asked nobody"
    expect(page.get_by_label("Your name")).to_be_hidden()
    free = visit(server)
    free.goto(routes.SIGN_UP)
    expect(free.get_by_label("Your name")).to_be_visible()
    expect(free.locator("main [aria-busy=true]")).to_have_count(0)


def test_sign_up_on_a_closed_market_never_shows_its_form(empty_server, visit: Visit):
    page = visit(empty_server)
    page.add_init_script(NOTES_THE_FORM)
    page.goto(routes.SIGN_UP)
    expect(page.get_by_text("This market is closed.")).to_be_visible()
    assert page.evaluate("window.seen") is False


def test_a_guest_signs_in_while_the_scripts_are_on_their_way(server: Server, visit: Visit):
    page = visit(server)
    held: list[Route] = []
    page.route(SCRIPTS, lambda route: held.append(route))
    page.goto(routes.LOGIN, wait_until="commit")
    page.fill("[name=email]", "ingrid@example.org")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{server.url}{routes.HOME}", wait_until="commit")
    assert held, "the pages asked for no script"
    page.unroute_all(behavior="ignoreErrors")
    page.reload()
    settle(page)


def test_what_was_typed_stays_when_the_scripts_arrive(server: Server, visit: Visit):
    page = visit(server)
    held: list[Route] = []
    page.route(SCRIPTS, lambda route: held.append(route))
    page.goto(routes.LOGIN, wait_until="commit")
    email, password = page.locator("[name=email]"), page.locator("[name=password]")
    email.fill("ingrid@example.org")
    password.fill("half of")
    expect(page.locator("header a")).to_have_text("", use_inner_text=True)
    assert held, "the page asked for no script"
    for route in held:
        route.continue_()
    expect(page.locator("header a")).not_to_have_text("", use_inner_text=True)
    expect(email).to_have_value("ingrid@example.org")
    expect(password).to_be_focused()
    expect(password).to_have_value("half of")
    page.unroute_all(behavior="wait")
