"""The short journey in Chromium, Firefox and WebKit: the same words, the same presses."""

import os
import shutil
import sys

import pytest

from freelance_app import routes
from freelance_app.demo.cast import PASSWORD
from tests.e2e import server as servers
from tests.e2e.demo import address
from tests.engines import install, journey
from tests.engines.chromium import Chromium
from tests.engines.firefox import Firefox
from tests.engines.person import Person
from tests.engines.webkit import WebKit
from tests.engines.window import Engine

IS_FULL = os.environ.get("HARBOUR_PROOF") == "full"
ENGINES = ["chromium", "firefox", "webkit"] if IS_FULL else ["chromium"]

# The date of the first milestone: where it is, its outline, its height and its neighbour's.
DATE = """() => {
  const named = (name) => document.querySelector(`[name=${name}]`);
  const [amount, date] = [named("amount-1"), named("due-1")];
  date?.scrollIntoView({ block: "center" });
  const at = date?.getBoundingClientRect();
  return at && [at.left + 20, at.top + at.height / 2, getComputedStyle(date).outlineStyle,
    date.offsetHeight, amount.offsetHeight];
}"""


@pytest.fixture
def own_server(built, tmp_path):
    """Serve the demo data anew: the journey spends what it finds there."""
    running = servers.start(tmp_path, demo=True)
    yield running
    running.stop()


@pytest.fixture
def start(browser, tmp_path):
    """Start an engine by its name; one that is not installed is skipped with the line to type."""
    engines: list[Engine] = []

    def begin(name: str) -> Engine:
        folder = tmp_path / "engine"
        folder.mkdir()
        if name == "chromium":
            engines.append(Chromium(browser, folder))
        elif install.missing(name):
            pytest.skip(f"{name} is not installed: {install.line(name)}")
        else:
            kind = {"firefox": Firefox, "webkit": WebKit}[name]
            engines.append(kind(str(shutil.which(install.PROGRAMS[name][0])), folder))
        return engines[0]

    yield begin
    for engine in engines:
        engine.close()


@pytest.mark.prove
@pytest.mark.parametrize("name", ENGINES)
def test_the_short_journey_runs_in(name, start, own_server):
    engine = start(name)
    journey.walk(engine, own_server)
    sys.stdout.write(f"{engine.version()}: {len(journey.STEPS)} steps\n")


@pytest.mark.prove
@pytest.mark.parametrize("name", ENGINES)
def test_a_date_shows_that_the_keys_go_there(name, start, server):
    window = start(name).window()  # the only one: of several just one has the keys
    client = Person(window, server.url)
    client.sign_in("ingrid@example.org", PASSWORD)
    client.visit(address(server, "ingrid@example.org", routes.OFFER_NEW))
    client.wait(DATE)
    left, top, *_ = window.run(DATE)
    window.click(left, top)
    *_, outline, height, neighbours = window.run(DATE)
    assert (outline, height) == ("solid", neighbours)
