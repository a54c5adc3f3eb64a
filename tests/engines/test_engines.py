"""The short journey in Chromium, Firefox and WebKit: the same words, the same presses."""

import os
import shutil
import sys

import pytest

from tests.e2e import server as servers
from tests.engines import install, journey
from tests.engines.chromium import Chromium
from tests.engines.firefox import Firefox
from tests.engines.webkit import WebKit
from tests.engines.window import Engine

IS_FULL = os.environ.get("HARBOUR_PROOF") == "full"
ENGINES = ["chromium", "firefox", "webkit"] if IS_FULL else ["chromium"]


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
