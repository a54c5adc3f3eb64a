"""Page by page: both sides see a thing, the colleague cannot change it, a stranger sees nothing.

The owner is Ingrid, the colleague Marte (a viewer of her company), the other side Achieng. The
strangers are no strangers to them: Tomasz works for Ingrid, and Neema hires Achieng.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, WebSocket, expect

from freelance_app import routes
from tests.e2e.demo import NOBODYS, page_routes, rows, settle, visit_anew
from tests.e2e.fixtures import Crowd
from tests.e2e.server import Server

OWNER, VIEWER, OTHER, STAFF = "ingrid", "marte", "achieng", "grace"
FREELANCER, CLIENT = "tomasz", "neema"  # the strangers
EVERYBODY = (OWNER, VIEWER, OTHER, FREELANCER, CLIENT)
SIDE, BOTH = (OWNER, VIEWER), (OWNER, VIEWER, OTHER)
FORBIDDEN = "There is nothing here for you"
FOR_OWNERS = "Only an owner can change this."
# What a viewer may press: it changes what she herself sees, or shows more of the same.
VIEWERS_ACTS = {
    *("Marte Lunde, viewer", "Mark all read"),  # the menu of roles; her own notices
}
SHOWS = """(words) => [...document.querySelectorAll("main, main input, main textarea")].some(
  (each) => (each.value ?? each.innerText).includes(words))"""
ACTS = """() => [...document.querySelectorAll(
    "button:enabled, input[type=submit]:enabled, form")].filter((each) => each.checkVisibility())
  .map((each) => each.matches("form") ? `form ${each.getAttribute("action")}`
    : each.getAttribute("aria-label") || each.innerText.trim().split("\\n").at(-1))"""


@dataclass(frozen=True)
class Thing:
    """What a page shows to some and not to others.

    Attributes:
        route: its pattern.
        marker: words that stand on the page of this thing alone.
        seen_by: who sees them.
        found_by: the query for the ids in the pattern; empty for a list.
        told: who else knows of it, and hears whom this page is for.
    """

    route: str
    marker: str
    seen_by: tuple[str, ...]
    found_by: str = ""
    told: dict[str, str] = field(default_factory=dict)

    def address(self, server: Server) -> str:
        """Return where it is on this server."""
        ids = iter(rows(server, self.found_by)[0]) if self.found_by else iter(())
        return re.sub(r"\[\w+\]", lambda _: next(ids), self.route)

    @property
    def nowhere(self) -> str:
        """Return the same address with an id that nothing has."""
        return re.sub(r"\[\w+\]", NOBODYS, self.route)


def _job(title: str) -> str:
    return f"SELECT public_id FROM job_post WHERE title LIKE '{title}%'"


PROPOSAL = (
    "SELECT proposal.public_id FROM proposal JOIN job_post ON job_post.id = job_id "
    "WHERE title LIKE 'Handbook%'"
)
OFFER = "SELECT public_id FROM offer WHERE title LIKE 'Offline-first field%'"
CONTRACT = OFFER.replace("offer", "contract")
MILESTONE = (
    "SELECT contract.public_id, milestone.public_id FROM milestone "
    "JOIN contract ON contract.id = contract_id "
    "WHERE contract.title LIKE 'Offline-first field%' AND milestone.title = 'Technician screens'"
)
ROOM = "SELECT public_id FROM room WHERE kind = 'contract' AND title LIKE 'Offline-first field%'"
DEPOSIT = "SELECT public_id FROM deposit WHERE about LIKE '%Field trial with 20 technicians'"

THINGS = [
    Thing(routes.JOB, "A model of eight nodes", SIDE, _job("Small grid simulator")),
    Thing(routes.JOB, "a radio that sleeps", (*BOTH, FREELANCER), _job("Firmware")),
    Thing(
        routes.JOB_EDIT,
        "A model of eight nodes",
        (OWNER,),
        _job("Small grid simulator"),
        {VIEWER: FOR_OWNERS},
    ),
    Thing(
        routes.JOB_APPLY,
        "M-Pesa payments for a farm shop",
        (OTHER, FREELANCER, CLIENT),
        _job("M-Pesa"),
    ),
    Thing(
        routes.JOB_PROPOSALS,
        "Samuel Tesfaye",
        SIDE,
        _job("Firmware"),
        dict.fromkeys(
            (OTHER, FREELANCER), "Only the client who posted this job reads its proposals."
        ),
    ),
    Thing(routes.PROPOSAL, "the rest of the 45 days", BOTH, PROPOSAL),
    Thing(
        routes.OFFER_NEW,
        "Handbook for solar technicians",
        SIDE,
        PROPOSAL,
        {OTHER: "Only the client can send an offer."},
    ),
    Thing(routes.OFFER, "Discovery and offline sync plan", BOTH, OFFER),
    Thing(routes.CONTRACT, "Handover and training", BOTH, CONTRACT),
    Thing(routes.CONTRACT_MESSAGES, "How does it feel on the 2 GB phones", BOTH, CONTRACT),
    Thing(routes.CONTRACT_FILES, "low-end-phone-tests.txt", BOTH, CONTRACT),
    Thing(routes.CONTRACT_MONEY, "2,800.00", BOTH, CONTRACT),
    Thing(routes.CONTRACT_TERMS, "Discovery and offline sync plan", BOTH, CONTRACT),
    Thing(
        routes.CONTRACT_FUND,
        "Handover and training",
        (OWNER,),
        CONTRACT,
        {VIEWER: FOR_OWNERS, OTHER: "Only the client can do this."},
    ),
    Thing(routes.MILESTONE, "Photo upload resumes after a lost signal", BOTH, MILESTONE),
    Thing(routes.ROOM, "How does it feel on the 2 GB phones", BOTH, ROOM),
    Thing(routes.DEPOSIT, "Field trial with 20 technicians", SIDE, DEPOSIT),
]
LISTS = [
    Thing(routes.HOME, "Technician screens", BOTH),
    Thing(routes.JOBS, "Small grid simulator", ()),
    Thing(routes.MY_JOBS, "Small grid simulator", SIDE),
    Thing(routes.PROPOSALS, "Handbook for solar technicians", (OTHER,)),
    Thing(routes.OFFERS, "Offline-first field app", BOTH),
    Thing(routes.CONTRACTS, "Offline-first field app", BOTH),
    Thing(routes.MESSAGES, "Offline-first field app", BOTH),
    Thing(routes.NOTIFICATIONS, "Achieng Odhiambo submitted Technician screens", (OWNER,)),
    Thing(routes.EARNINGS, "9012", (OTHER,)),
    Thing(routes.BILLING, "1,200.00", SIDE),
    Thing(routes.SETTINGS_PROFILE, "ingrid@example.org", (OWNER,)),
    Thing(routes.ADMIN_FINANCE, "Look, and five hard figures", (STAFF,)),
    Thing(routes.ADMIN_OUTBOX, "neema@example.org", (STAFF,)),
    Thing(routes.ADMIN_SETTINGS, "COBADEFFXXX", (STAFF,)),
]
# Pages that hold nothing of anybody: open to all, an empty form, or the reader's own browsers.
OF_NOBODY = {
    *(routes.LANDING, routes.LOGIN, routes.SIGN_UP, routes.CHECK_MAIL, routes.VERIFY_EMAIL),
    *(routes.SETUP, routes.TERMS, routes.PRIVACY, routes.NOT_FOUND, routes.KIT),
    *(routes.JOB_NEW, routes.SETTINGS_SECURITY),
}


class Visitor:
    """Somebody's tab: what it shows, and everything that its socket brought."""

    def __init__(self, page: Page) -> None:
        self.frames: list[str] = []
        self.page = page
        self.page.on("websocket", self._listen)

    def go(self, path: str) -> None:
        """Leave for an address, as a tab that has seen nothing before."""
        visit_anew(self.page, path)
        self.frames.clear()

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.frames.append(str(frame)))

    def expect_seen(self, words: str) -> None:
        """Wait until the words stand on the page, or in one of its fields."""
        self.page.wait_for_function(SHOWS, arg=words)

    def expect_forbidden(self, words: str = FORBIDDEN) -> None:
        """Wait for the words of the forbidden page, which says them once and nothing above."""
        expect(self.page.locator("main h1")).to_have_text(words)
        expect(self.page.locator("[data-sonner-toast]")).to_have_count(0)

    def expect_without(self, words: str) -> None:
        """Fail when the words came in, in the page or by the socket."""
        assert self.frames, "no frame was received, so nothing was tested"
        assert words not in self.page.content(), f"{self.page.url} holds {words!r}"
        assert not [each for each in self.frames if words in each], f"a frame holds {words!r}"


@pytest.fixture(scope="module")
def tabs() -> dict[str, Visitor]:
    """Keep the tabs of this module's people; a new one for each visit costs twice the time."""
    return {}


@pytest.fixture
def go(crowd: Crowd, tabs: dict[str, Visitor]) -> Callable[..., dict[str, Visitor]]:
    """Send people to an address at the same time: go(("ingrid", "marte"), "/home")."""

    def send(who: Sequence[str], path: str) -> dict[str, Visitor]:
        for name in who:
            tabs[name] = tabs.get(name) or Visitor(crowd(name).new_page())
            tabs[name].go(path)
        return {name: tabs[name] for name in who}

    return send


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: f"{thing.route} {thing.marker[:12]}")
def test_a_thing_is_seen_by_its_people_and_by_nobody_else(server, go, thing):
    there = go(EVERYBODY, thing.address(server))
    for name in thing.seen_by:
        there[name].expect_seen(thing.marker)
    expect_no_act(there[VIEWER].page)
    refused = [name for name in EVERYBODY if name not in thing.seen_by]
    for name in refused:
        there[name].expect_forbidden(thing.told.get(name, FORBIDDEN))
        there[name].expect_without(thing.marker)
    words = there[refused[-1]].page.locator("body").inner_text()
    nowhere = go(refused[-1:], thing.nowhere)[refused[-1]]
    nowhere.expect_forbidden()
    expect(nowhere.page.locator("body")).to_have_text(words, use_inner_text=True)


@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.route)
def test_a_list_holds_what_is_its_readers(go, each):
    there = go((*EVERYBODY, STAFF), each.route)
    for name, tab in there.items():
        if name in each.seen_by:
            tab.expect_seen(each.marker)
            continue
        settle(tab.page)
        if each.route.startswith("/admin"):
            tab.expect_forbidden()
        tab.expect_without(each.marker)
    if each.route != routes.SETTINGS_PROFILE:  # it is her own
        expect_no_act(there[VIEWER].page)


def expect_no_act(page: Page) -> None:
    """Fail when a viewer is offered anything that changes more than what she sees."""
    settle(page)
    offered = set(page.evaluate(ACTS)) - VIEWERS_ACTS
    assert not offered, f"{page.url} offers a viewer {offered}"


def test_a_page_of_the_other_side_leads_back_to_what_it_belongs_to(server, go):
    contract = next(each for each in THINGS if each.route == routes.CONTRACT).address(server)
    page = go((OTHER,), f"{contract}/fund")[OTHER].page
    steps = page.locator(".crumbs li:not([aria-hidden])")
    expect(steps).to_have_text(["Contracts", "Fund milestones"])
    page.get_by_role("link", name="Back to the contract").click()
    page.wait_for_url(f"**{contract}")
    expect(page.get_by_text("Handover and training").first).to_be_visible()


def test_a_file_is_fetched_by_its_people_and_by_nobody_else(server, crowd):
    query = "SELECT public_id FROM stored_file WHERE name = 'low-end-phone-tests.txt'"
    path = routes.file(rows(server, query)[0][0])
    answers = {name: crowd(name).request.get(path) for name in (*EVERYBODY, STAFF)}
    assert {name for name, answer in answers.items() if answer.status == 200} == set(BOTH)
    missing = crowd(FREELANCER).request.get(routes.file(NOBODYS))
    assert missing.status == answers[FREELANCER].status == 404
    assert missing.text() == answers[FREELANCER].text()


def test_every_page_is_here():
    pages = {thing.route for thing in (*THINGS, *LISTS)}
    assert pages & OF_NOBODY == set()
    assert pages | OF_NOBODY == page_routes()
