"""The network goes away for a moment, as when a phone shows another app: what is typed stays."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from freelance_app import routes
from tests.e2e.demo import address, settle
from tests.e2e.server import Server
from tests.e2e.test_hostile_markdown import room_of

CLIENT = "ingrid@example.org"
AWAY = "WebSocket"  # what a browser says of a socket that nobody answers
IS_LOADED = '"is_hydrated_rx_state_":true'
WORDS = "I looked at the plan, and what I miss is"


@dataclass
class Network:
    """The way of a page's sockets; while it is away a new one gets no answer."""

    page: Page
    is_away: bool = False
    sockets: list[WebSocketRoute] = field(default_factory=list)
    loads: int = 0

    def __post_init__(self) -> None:
        """Let the page's sockets pass here; before the page is opened."""
        self.page.route_web_socket(re.compile("/_event/"), self._begin)

    def _begin(self, socket: WebSocketRoute) -> None:
        self.sockets.append(socket)
        if not self.is_away:
            self._connect(socket)

    def _connect(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: self._receive(socket, message))

    def _receive(self, socket: WebSocketRoute, message: str | bytes) -> None:
        self.loads += IS_LOADED in str(message)
        socket.send(message)

    def go(self) -> None:
        """End the page's socket, and answer no new one."""
        self.is_away = True
        self.sockets.pop().close()
        while not self.sockets:
            self.page.wait_for_timeout(50)

    def come_back(self) -> None:
        """Answer the page, and wait until it has loaded what it shows."""
        before, self.is_away = self.loads, False
        self._connect(self.sockets[-1])
        while self.loads == before:
            self.page.wait_for_timeout(50)
        settle(self.page)


@pytest.fixture
def online(person) -> Callable[[str], tuple[Page, Network]]:
    """Open a page of Ingrid's whose network can go away."""

    def open_page(path: str) -> tuple[Page, Network]:
        page = person(CLIENT, expected=[AWAY])
        network = Network(page)
        page.goto(path)
        settle(page)
        return page, network

    return open_page


@pytest.mark.parametrize("where", ["its own page", "the page of its contract"])
def test_a_message_half_written_is_there_when_the_socket_comes_back(server: Server, online, where):
    path = f"/messages/{room_of(server, 'Offline-first')}"
    if where != "its own page":
        path = f"{address(server, CLIENT, routes.CONTRACT)}/messages"
    page, network = online(path)
    composer = page.get_by_label("Message to")
    composer.fill(WORDS)
    network.go()
    composer.press_sequentially(" the part")
    network.come_back()
    expect(composer).to_have_value(f"{WORDS} the part")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("log").get_by_text(f"{WORDS} the part").last).to_be_visible()
    expect(composer).to_have_value("")


def test_the_form_of_an_offer_keeps_its_rows_when_the_socket_comes_back(server: Server, online):
    page, network = online(address(server, CLIENT, routes.OFFER_NEW))
    page.get_by_label("Title").first.fill("Another title")
    send = page.get_by_role("button", name=re.compile("Send offer of"))
    page.locator("[name=amount-1]").fill("1000")
    expect(send.first).to_contain_text("1,000.00")
    page.get_by_role("button", name="Add a milestone").click()
    page.locator("[name=milestone-2]").fill("The second part")
    network.go()
    page.locator("[name=amount-2]").fill("250.50")
    network.come_back()
    expect(page.locator("[name=milestone-2]")).to_have_value("The second part")
    expect(page.locator("[name=amount-2]")).to_have_value("250.50")
    expect(page.locator("[name=amount-1]")).to_have_value("1000")
    expect(page.get_by_label("Title").first).to_have_value("Another title")
    expect(send.first).to_contain_text("1,250.50")
    page.reload()
    settle(page)
    expect(page.locator("[name=milestone-2]")).to_have_count(0)
