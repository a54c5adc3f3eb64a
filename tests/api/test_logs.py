"""No line of the log holds what would open somebody's page."""

import io
import logging
import logging.config

import pytest
from uvicorn.config import LOGGING_CONFIG

from freelance_app.security import logs

TOKEN = "5f3b0e1a-2c4d-4e6f-8a90-secretsecret"
ADDRESS = f"/_event/?token={TOKEN}&EIO=4&transport=websocket"


@pytest.fixture
def lines(monkeypatch):
    """What uvicorn's own handlers write, with their own formatters, after our configuration."""
    kept = {name: list(logging.getLogger(name).handlers) for name in ("uvicorn", "uvicorn.access")}
    ours = logging.getLogger("freelance_app")
    level, handlers = ours.level, list(ours.handlers)
    logging.config.dictConfig(LOGGING_CONFIG)
    written = io.StringIO()
    for name in kept:
        for handler in logging.getLogger(name).handlers:
            monkeypatch.setattr(handler, "stream", written)
    logs.configure()
    for handler in ours.handlers:
        monkeypatch.setattr(handler, "stream", written)
    yield lambda: written.getvalue()
    logging.setLogRecordFactory(logs._make_record)
    ours.setLevel(level)
    ours.handlers[:] = handlers
    for name, before in kept.items():
        logging.getLogger(name).handlers[:] = before


def test_a_socket_is_told_without_its_token(lines):
    log = logging.getLogger("uvicorn.error")
    log.info('%s - "WebSocket %s" [accepted]', "127.0.0.1:5", ADDRESS)
    assert '"WebSocket /_event/?token=-&EIO=4&transport=websocket" [accepted]' in lines()
    assert TOKEN not in lines()


def test_the_log_of_requests_has_none_either(lines):
    log = logging.getLogger("uvicorn.access")
    polled = ADDRESS + "&sid=Secret-1"
    log.info('%s - "%s %s HTTP/%s" %d', "127.0.0.1:5", "GET", polled, "1.1", 200)
    assert "GET /_event/?token=-&EIO=4" in lines()
    assert TOKEN not in lines()
    assert "Secret-1" not in lines()


@pytest.mark.parametrize("said", [(f"at {ADDRESS}",), ("%s", {"at": ADDRESS}), ("%(at)s", {})])
def test_nor_has_any_other_line(lines, said):
    words, *values = said
    log = logging.getLogger("uvicorn.error")
    log.warning(words, *([{"at": ADDRESS}] if values == [{}] else values))
    assert "token=-" in lines()
    assert TOKEN not in lines()


def test_nor_has_the_story_of_a_fault(lines):
    try:
        int(ADDRESS)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("an event failed")
    assert "ValueError: invalid literal for int() with base 10: '/_event/?token=-&" in lines()
    assert TOKEN not in lines()


def test_what_we_say_ourselves_is_shown(lines):
    logging.getLogger("freelance_app.worker.heads").info("sealed: %s", "ledger:1:ab")
    assert lines() == "INFO:     freelance_app.worker.heads: sealed: ledger:1:ab\n"
