"""Hostile texts in every place where a person can write, seen on every page of a phone."""

import os
import sys
from collections import Counter

import pytest
from playwright.sync_api import Page
from sqlalchemy import create_engine

from tests.e2e import server as servers
from tests.e2e.demo import address, settle
from tests.e2e.server import Server
from tests.e2e.test_every_page import NOT_YOURS, PAGES
from tests.hostile.texts import FOREIGN, LINES, TEXTS, WORD, poison

IS_FULL = os.environ.get("HARBOUR_PROOF") == "full"
TURNS = range(len(LINES)) if IS_FULL else range(1)
# A trap in every page, set before any script of it: what runs is remembered, and what is refused.
TRAP = """
window.caught = [];
Object.defineProperty(window, 'fired', { set: (what) => window.caught.push('ran: ' + what) });
for (const name of ['alert', 'confirm', 'prompt'])
  window[name] = (what) => window.caught.push(name + ': ' + what);
if (self === top) {
  window.channel = new BroadcastChannel('trap');
  channel.onmessage = (event) => window.caught.push('ran elsewhere: ' + event.data);
}
addEventListener('securitypolicyviolation', (event) => window.caught.push(
  'refused: ' + event.violatedDirective + ' ' + event.blockedURI));
"""
# Elements that a text of a member must not become, and addresses that it must not have.
MADE = """() => [...document.querySelectorAll(
  'main :is(iframe, object, embed, base, marquee, style, svg style, script), main a[href]')]
  .filter(e => e.tagName !== 'A' || /^(javascript|data|vbscript):/i.test(e.getAttribute('href')))
  .map(e => e.outerHTML.slice(0, 120))"""
HAS = """word => document.body.innerText.includes(word)"""
WIDE = """() => document.documentElement.scrollWidth - window.innerWidth"""
CULPRITS = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .map(e => e.tagName + '.' + e.className + ' in ' + e.parentElement.className).slice(-3)"""


@pytest.fixture
def hostile(built, tmp_path) -> Server:
    """Serve the demo, without a worker; its database is poisoned by the test."""
    running = servers.start(tmp_path, demo=True, WORKER_IN_SERVER="false")
    yield running
    running.stop()


def addresses(server: Server) -> dict[str, list[str]]:
    """Return the pages of each person, found while their texts are still those of the demo."""
    return {
        email: [address(server, email, pattern) for pattern in patterns if pattern != NOT_YOURS]
        for email, patterns in PAGES.items()
        if email
    }


def watch(page: Page, asked: list[str], url: str) -> None:
    page.context.add_init_script(TRAP)
    page.context.on(
        "request",
        lambda each: None if each.url.startswith((url, "data:")) else asked.append(each.url),
    )
    page.context.route(f"{FOREIGN}/**", lambda route: route.abort())


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with the page that is open, once it stands."""
    settle(page)
    return faults_now(page)


def faults_now(page: Page) -> list[str]:
    """Return what is wrong with it so far: hostile styles may keep one from ever being painted."""
    found = _too_wide(page)
    for name in page.locator("dialog[id]:not([open])").evaluate_all("all => all.map(e => e.id)"):
        page.evaluate("id => kit.open(id)", name)
        found += [f"dialog {name}: {each}" for each in _too_wide(page)]
        page.evaluate("id => kit.close(id)", name)
    found += [f"{page.url} {each}" for each in page.evaluate("window.caught")]
    found += [f"{page.url} holds {each}" for each in page.evaluate(MADE)]
    return found


def _too_wide(page: Page) -> list[str]:
    wide = page.evaluate(WIDE)
    return [f"{page.url} is {wide} px too wide: {page.evaluate(CULPRITS)}"] if wide > 0 else []


@pytest.mark.prove
@pytest.mark.timeout(3600)
def test_hostile_texts_run_nowhere_and_break_no_page(hostile, visit):
    pages = addresses(hostile)
    engine = create_engine(hostile.environment["DATABASE_URL"])
    asked: list[str] = []
    faults: list[str] = []
    tried: Counter[str] = Counter()
    people = {email: visit(hostile, phone=True) for email in pages}
    for email, page in people.items():  # before the addresses are texts themselves
        watch(page, asked, hostile.url)
        sign_in(page, email)
    for turn in TURNS:
        with engine.begin() as connection:
            tried["texts written"] += poison(connection, turn)
        for email, page in people.items():
            for path in pages[email]:
                page.goto(path)
                faults += faults_of(page)
                tried["pages looked at"] += 1
                tried["pages with the long word"] += page.evaluate(HAS, "w" * WORD)
    engine.dispose()
    sys.stdout.write(f"\n  {len(LINES)} lines and {len(TEXTS)} texts: {dict(tried)}\n")
    assert tried["pages with the long word"]
    assert "\n".join(faults) == ""
    assert asked == []
    assert "Traceback" not in hostile.log


def sign_in(page: Page, email: str) -> None:
    page.goto("/login")
    page.fill("[name=email]", email)
    page.fill("[name=password]", "harbour-demo")
    page.locator("main form button[type=submit]:enabled").click()
    page.wait_for_url(lambda url: "/login" not in url)
