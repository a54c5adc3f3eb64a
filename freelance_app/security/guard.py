"""The guard: every event of every tab passes here, and what has no policy is refused.

Reflex makes each function of a State a public call, checks no types and knows no user; this is
the one module below the interface that knows Reflex.
"""

# Reflex keeps the root of a state tree private:
# pyright: standard
from collections.abc import Awaitable, Callable

import reflex as rx
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event, EventHandler
from reflex_base.registry import RegistrationContext
from reflex_base.utils.form import form_data_as_dict

from freelance_app import routes
from freelance_app.security import policy, tokens
from freelance_app.security.actor import Actor
from freelance_app.text import _

ROOT = "reflex___state____state"
CONNECT = f"{ROOT}.hydrate_and_load"
HYDRATE = frozenset({f"{ROOT}.hydrate", CONNECT})
LOADED = f"{ROOT}.reflex___state____on_load_internal_state.set_is_hydrated"
INTERNAL = HYDRATE | {
    f"{ROOT}.reflex___state____on_load_internal_state.on_load_internal",
    LOADED,
    f"{ROOT}.reflex___state____update_vars_internal_state.update_vars_internal",
    f"{ROOT}.reflex___state____frontend_event_exception_state.handle_frontend_exception",
}
NOBODY = (0, 0)
# The tab drops its state token, else it would come back to the state of the one before.
DROP = "sessionStorage.removeItem('token'); "
SIGN_IN = (
    f"{DROP}window.location.assign('{routes.LOGIN}?next=' + "
    "encodeURIComponent(window.location.pathname + window.location.search));"
)
RELOAD = f"{DROP}window.location.reload();"

# What the browser gets instead of an answer, as a test recognises it.
REFUSALS = (
    "This is not allowed.",
    "There is nothing here for you.",
    "This could not be understood.",
    "window.location",
)

Identify = Callable[[str], Awaitable[Actor | None]]
Touch = Callable[[str], Awaitable[None]]


class Identity(rx.State):
    """Whose data the state tree of this tab holds: client tokens prove nothing.

    `_came_back` while a page loads again because its socket was lost: the browser still has it.
    """

    name: str = ""
    party_name: str = ""
    party_kind: str = ""
    is_owner: bool = False
    is_confirmed: bool = True
    staff_roles: list[str] = []
    _bound_to: tuple[int, int] = NOBODY
    _came_back: bool = False


class Guard(Middleware):
    """Look the session up at every event, so that a revoked one ends at once."""

    def __init__(self, identify: Identify, touch: Touch) -> None:
        """Take what finds the person of a session token, and what notes that it is in use."""
        self._identify, self._touch = identify, touch

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """Return None to let the event through, or the update that is sent instead of it."""
        token = tokens.in_cookie(state.rx_router_headers.cookie)
        actor = await self._identify(token)
        identity = await state.get_state(Identity)
        if event.name in HYDRATE:
            if actor:
                await self._touch(token)
            _bind(identity, actor)
            identity._came_back = _is_of_open_page(event)
        elif event.name == LOADED:
            identity._came_back = False
        if event.name in INTERNAL:
            return None
        handler = RegistrationContext.get().event_handlers[event.name].handler
        return _refusal(identity, actor, handler, event)


def _key(actor: Actor | None) -> tuple[int, int]:
    return (actor.person_id, actor.party_id) if actor else NOBODY


def _is_of_open_page(event: Event) -> bool:
    """Whether an open page connects again: a new one sends the hashes of its first vars."""
    return event.name == CONNECT and "hashes" not in event.payload


def _bind(identity: Identity, actor: Actor | None) -> None:
    """Give the state tree to this person and party; empty it first when it was another's."""
    if identity._bound_to != _key(actor):
        identity._get_root_state().reset()
        identity._bound_to = _key(actor)
    identity.name = actor.name if actor else ""
    identity.party_name = actor.party_name if actor else ""
    identity.party_kind = actor.party_kind if actor else ""
    identity.is_owner = actor.is_owner if actor else False
    identity.is_confirmed = actor.is_confirmed if actor else True
    identity.staff_roles = sorted(actor.staff_roles) if actor else []


def _refusal(
    identity: Identity, actor: Actor | None, handler: EventHandler, event: Event
) -> StateUpdate | None:
    needed = policy.policy_of(handler.fn)
    if needed is None or event.name.endswith(".setvar"):
        return _answer(rx.toast.error(_("This is not allowed.")))
    if needed != policy.PUBLIC and actor is None:
        return _answer(rx.call_script(SIGN_IN))
    if identity._bound_to != _key(actor):
        return _answer(rx.call_script(RELOAD))
    if actor and needed == policy.STAFF and not actor.staff_roles & policy.roles_of(handler.fn):
        return _not_staff(identity, actor, handler)
    payload = {name: form_data_as_dict(value) for name, value in event.payload.items()}
    if not policy.has_valid_payload(handler.fn, payload):
        return _answer(rx.toast.error(_("This could not be understood. Reload the page.")))
    return None


def _not_staff(identity: Identity, actor: Actor, handler: EventHandler) -> StateUpdate:
    """Say it once: a page that was loaded says it in its own place (components/frame.py).

    A tab of somebody who was staff when it was opened shows more than that, until it is reloaded.
    """
    said = _("There is nothing here for you.")
    if identity.staff_roles != sorted(actor.staff_roles):
        return _answer(rx.call_script(RELOAD))
    if policy.page_tells(handler.fn):
        return _answer(rx.console_log(said))
    return _answer(rx.toast.error(said))


def _answer(event: rx.event.EventSpec) -> StateUpdate:
    return StateUpdate(events=Event.from_event_type([event]))


def handlers_without_policy() -> list[str]:
    """Return the registered handlers that their author forgot (a test wants none)."""
    handlers = RegistrationContext.ensure_context().event_handlers
    return sorted(
        name
        for name, registered in handlers.items()
        if name not in INTERNAL
        and not name.startswith(f"{ROOT}.set")
        and not name.endswith(".setvar")
        and policy.policy_of(registered.handler.fn) is None
    )
