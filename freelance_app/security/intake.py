"""The door for frames: what no page of ours sends is refused before Reflex reads or logs it.

Left to itself, Reflex writes an event that it does not know to the log, session cookie and all,
takes "connect" from the wire for its own call (new headers, another tab's token), keeps binary
pieces without end, and answers each malformed frame with a traceback.
"""

# Reflex and its socket server give no other place to stand:
# pyright: standard
import asyncio
import json
import logging
import re
from typing import Any

import reflex as rx
from reflex.app import EventNamespace
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.constants import RouteVar
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext

from freelance_app.security import policy
from freelance_app.security.guard import INTERNAL
from freelance_app.text import _

NAMESPACE = "/_event"
READABLE = (
    f"0{NAMESPACE},",
    f"1{NAMESPACE},",
    f'2{NAMESPACE},["event",',
    f'2{NAMESPACE},["client_error",',
)
# JSON can carry what neither a database nor UTF-8 can: NUL and half a character.
UNFIT = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
REPORT_LENGTH = 2_000
ROUTE_WORDS = ("pathname", "asPath")
FORM = "__reflex_form_data__"

log = logging.getLogger(__name__)


class Intake(EventNamespace):
    """Lets an event in when it has the shape of one and a handler of ours."""

    def __init__(self, namespace: str, app: rx.App) -> None:
        """Take the app whose events come in here."""
        super().__init__(namespace, app)
        self._leaving: set[str] = set()

    async def on_event(self, sid: str, data: Any) -> None:
        """Pass an event on, or tell its tab that it was not understood."""
        if _is_event(data):
            await super().on_event(sid, data)
            return
        refusal = rx.toast.error(_("This could not be understood. Reload the page."))
        update = StateUpdate(events=Event.from_event_type([refusal]))
        await self.emit("event", update, to=sid)

    def on_disconnect(self, sid: str) -> asyncio.Task[Any] | None:
        """End what the tab's page had listening: Reflex itself ends only what its load began."""
        token = self.sid_to_token.get(sid)
        record = self._token_manager.token_to_socket.get(token) if token else None
        processor = self.app._event_processor
        if record is not None and record.sid == sid and processor is not None:
            for key in [each for each in processor._superseded if each[1] == token]:
                for future in processor._superseded.pop(key, {}).values():
                    future.cancel()
        if task := super().on_disconnect(sid):
            self._leaving.add(sid)
            task.add_done_callback(lambda _task: self._leaving.discard(sid))
        return task

    def has_left(self, sid: str) -> bool:
        """Whether a socket is closed, from the moment on in which its listeners were ended."""
        return sid in self._leaving or sid not in self.sid_to_token


class NobodyListens(Middleware):
    """Lets no listener begin for a tab that left while its events still waited for their turn."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """Return an empty update instead of a listener that nothing would ever end."""
        sid, door = state.router_data.get(RouteVar.SESSION_ID), app.event_namespace
        found = RegistrationContext.get().event_handlers.get(event.name)
        is_listener = found is not None and found.handler.is_background
        if is_listener and sid and isinstance(door, Intake) and door.has_left(sid):
            return StateUpdate()
        return None


def put_before(app: rx.App) -> None:
    """Put the door before the sockets of an app."""
    server = app.sio
    if server is None:
        raise RuntimeError("The app has no state, so it has no sockets.")
    app._event_namespace = Intake(NAMESPACE, app)
    server.register_namespace(app._event_namespace)
    app.add_middleware(NobodyListens())
    read = server.eio.handlers["message"]

    async def message(sid: str, frame: str | bytes) -> None:
        try:
            await read(sid, _readable(frame))
        except Exception as error:  # noqa: BLE001  (its content and its traceback say no more)
            log.warning("a frame was refused: %s", type(error).__name__)
            await server.eio.disconnect(sid)

    server.eio.handlers["message"] = message


def note_report(exception: Exception) -> None:
    """Log what a browser says went wrong there: one line, of a bounded length."""
    log.warning("a browser reports: %r", str(exception)[:REPORT_LENGTH])


def _readable(frame: str | bytes) -> str:
    """Return a frame whose text fits a database.

    Raises:
        ValueError: no page of ours sends such a frame.
    """
    if not isinstance(frame, str) or not frame.startswith(READABLE):
        raise ValueError("unexpected frame")
    if not UNFIT.search(frame):
        return frame
    head, separator, body = frame.partition(",")
    return f"{head}{separator}{json.dumps(_fit(json.loads(body)))}"


def _fit(value: Any) -> Any:
    if isinstance(value, str):
        whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return whole.replace("\0", "")
    if isinstance(value, list):
        return [_fit(each) for each in value]
    if isinstance(value, dict):
        return {_fit(name): _fit(each) for name, each in value.items()}
    return value


def _is_event(data: Any) -> bool:
    """Whether this has the shape of an event; the guard decides whether it may happen."""
    if not isinstance(data, dict) or not isinstance(name := data.get("name"), str):
        return False
    payload, route = data.get("payload") or {}, data.get("router_data") or {}
    found = RegistrationContext.get().event_handlers.get(name)
    if found is None or found.handler.is_background:  # those are begun by a handler, not by a tab
        return False
    if not isinstance(payload, dict) or not _is_route(route):
        return False
    if not all(_is_form(each) for each in payload.values() if isinstance(each, dict)):
        return False
    if name not in INTERNAL:
        return True
    # No state keeps a var in the browser, so none comes from there.
    return not payload.get("vars") and policy.has_valid_payload(found.handler.fn, payload)


def _is_form(value: dict[str, Any]) -> bool:
    """Whether this is a form as it travels, pairs of names and values, or no form at all."""
    pairs = value.get(FORM, [])
    return isinstance(pairs, list) and all(
        isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) for pair in pairs
    )


def _is_route(route: Any) -> bool:
    if not isinstance(route, dict):
        return False
    query = route.get("query") or {}
    return (
        all(isinstance(route.get(word, ""), str) for word in ROUTE_WORDS)
        and isinstance(query, dict)
        and all(_is_words(each) for each in query.values())
    )


def _is_words(value: Any) -> bool:
    several = value if isinstance(value, list) else [value]
    return all(isinstance(each, str) for each in several)
