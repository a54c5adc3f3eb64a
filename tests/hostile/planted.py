"""Harbour with a hole: `uvicorn --factory tests.hostile.planted:asgi`, HARBOUR_HOLE names it.

The same cases that find nothing in the product must find each of these. The product itself has no
such switch.
"""

import os
from collections.abc import Callable
from functools import cache
from typing import Any

from engineio.base_server import BaseServer
from starlette.types import ASGIApp

from freelance_app import db
from freelance_app.api import origin
from freelance_app.security import guard, policy
from freelance_app.services.accounts import actors, sessions
from freelance_app.services.instance import files

UNGUARDED = "contract_state.enter_money"


def no_guard_before_one_handler() -> None:
    """One handler runs without being asked who calls it."""
    refusal = guard._refusal

    def leave_one(identity: Any, actor: Any, handler: Any, event: Any) -> Any:
        is_left = event.name.endswith(UNGUARDED)
        return None if is_left else refusal(identity, actor, handler, event)

    guard._refusal = leave_one


def tabs_belong_to_nobody() -> None:
    """A state tree is given to whoever names its client token."""

    class Unbound(tuple):
        def __ne__(self, _other: object) -> bool:
            return False

    guard._key = lambda _actor: Unbound((0, 0))


def payloads_are_not_parsed() -> None:
    """A handler gets whatever was sent."""
    policy.has_valid_payload = lambda _handler, _payload: True


def origins_are_not_checked() -> None:
    """Another site's form counts as our own."""
    origin._refusal = lambda _request: None


def sockets_take_every_origin() -> None:
    """Another site's page may open our socket, with the person's cookie."""
    BaseServer._cors_allowed_origins = lambda _self, _environ: None


def sessions_are_remembered() -> None:
    """A session is looked up once, and believed for ever."""
    look_up, find = db.look_up, sessions.find_actor
    rows: dict[str, Any] = {}
    known: dict[str, Any] = {}

    async def remember_rows(statement: Any, values: Any) -> Any:
        if statement is not actors.STATEMENT:
            return await look_up(statement, values)
        key = values["token_hash"]
        rows[key] = rows.get(key) or await look_up(statement, values)
        return rows[key]

    def remember(session: Any, *, token: str) -> Any:
        known[token] = known.get(token) or find(session, token=token)
        return known[token]

    db.look_up, sessions.find_actor = remember_rows, remember


def every_path_is_ours() -> None:
    """After the sign-in the browser goes wherever the link said."""
    origin.safe_path = lambda wanted, default="/home": wanted or default


def files_are_open() -> None:
    """Whoever knows the id of a file may have it."""
    files._may_read = lambda _session, _actor, _row: True


HOLES: dict[str, Callable[[], None]] = {
    each.__name__: each
    for each in (
        no_guard_before_one_handler,
        tabs_belong_to_nobody,
        payloads_are_not_parsed,
        origins_are_not_checked,
        sockets_take_every_origin,
        sessions_are_remembered,
        every_path_is_ours,
        files_are_open,
    )
}


@cache
def _dig() -> None:
    HOLES[os.environ["HARBOUR_HOLE"]]()


def asgi() -> ASGIApp:
    """Return the app, imported only now, so that every module finds what was put in place."""
    _dig()
    from freelance_app.freelance_app import asgi as product

    return product()
