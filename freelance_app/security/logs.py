"""What is logged, and what never is: the token of a socket opens the state of its page."""

import logging
import re
from typing import Any

# The client token of Reflex and the session of Engine.IO, as addresses carry them.
SECRET = re.compile(r"\b(token|sid)=(?!-(?:[&\s\"']|$))[^&\s\"']+")
HIDDEN = r"\1=-"
FORMAT = "%(levelname)s:     %(name)s: %(message)s"  # beside the lines of uvicorn

_FORMATTER = logging.Formatter(FORMAT)
_make_record = logging.getLogRecordFactory()


def configure() -> None:
    """Show our own news on stderr, and take the secrets out of everybody's lines."""
    logging.setLogRecordFactory(_without_secrets)
    ours = logging.getLogger("freelance_app")
    ours.setLevel(logging.INFO)
    if not ours.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(_FORMATTER)
        ours.addHandler(handler)


def _without_secrets(*args: Any, **kwargs: Any) -> logging.LogRecord:
    """Make a record whose words and values hold no secret, whoever logs and formats it."""
    record = _make_record(*args, **kwargs)
    record.msg = _hide(record.msg)
    if isinstance(record.args, tuple):
        record.args = tuple(map(_hide, record.args))
    if SECRET.search(said := record.getMessage()):  # in a value that is no text
        record.msg, record.args = SECRET.sub(HIDDEN, said), None
    if record.exc_info:  # every formatter takes the text that is there
        record.exc_text = _hide(_FORMATTER.formatException(record.exc_info))
    return record


def _hide(value: Any) -> Any:
    return SECRET.sub(HIDDEN, value) if isinstance(value, str) else value
