"""The same texts and files, looked at in the same way, are caught where the rules are off."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page
from sqlalchemy import create_engine

from freelance_app import routes
from tests.e2e import server as servers
from tests.e2e.demo import address
from tests.e2e.server import Server
from tests.hostile import test_content as texts
from tests.hostile import test_uploads as files
from tests.hostile.texts import poison
from tests.hostile.uploads import UPLOADS

CALM = "addEventListener('error', event => event.preventDefault())"
# A file, and what its name alone lets a browser do with it.
SHOWN = {
    "page.html": "ran: html",
    "picture.svg": "ran elsewhere: svg",
    "script.js": "ran elsewhere: js",
    "gif-js.js": "ran: gif as js",
    "style.css": "styled",
}


@pytest.fixture
def unsafe(built, tmp_path) -> Iterator[Server]:
    """Serve the demo without sanitizer and CSP, its files shown in the page."""
    running = servers.start(
        tmp_path,
        demo=True,
        factory="tests.e2e.unsafe_server:asgi",
        WORKER_IN_SERVER="false",
    )
    yield running
    running.stop()


@pytest.fixture
def tab(unsafe: Server, visit: Callable[..., Page]) -> Page:
    """Return a page in which errors are expected: what is no script is tried as one."""
    page = visit(unsafe, expected=[""])
    page.context.add_init_script(CALM)
    return page


def test_files_that_are_shown_are_caught(unsafe, tab):
    tab.context.add_init_script(texts.TRAP)
    texts.sign_in(tab, "achieng@example.org")
    for upload in [each for each in UPLOADS if each.name in SHOWN]:
        file = files.send(tab, upload)[1]["id"]
        assert SHOWN[upload.name] in files.embed(tab, [f"/files/{file}"])
        faults = " ".join(files.faults_of(upload, files.headers_of(tab, unsafe, file)))
        for words in ("shown in the page", "be guessed", "no sandbox", "load something"):
            assert words in faults
        assert f"shown: {unsafe.url}/files/{file}" in files.open_alone(tab, f"/files/{file}")


def test_texts_that_are_not_cleaned_are_caught(unsafe, tab):
    path = address(unsafe, "ingrid@example.org", routes.CONTRACT_TERMS)
    asked: list[str] = []
    texts.watch(tab, asked, unsafe.url)
    texts.sign_in(tab, "ingrid@example.org")
    engine = create_engine(unsafe.environment["DATABASE_URL"])
    wanted = {" ran: ", " holds <", texts.FOREIGN}
    for turn in range(2):
        with engine.begin() as connection:
            poison(connection, turn)
        tab.goto(path)
        for _try in range(20):
            found = "\n".join(texts.faults_now(tab) + asked)
            wanted -= {each for each in wanted if each in found}
            if not wanted:
                break
            tab.wait_for_timeout(500)
    engine.dispose()
    assert wanted == set(), "the hostile texts did none of this on a server without the rules"
