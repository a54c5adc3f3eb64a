"""Every registered handler with its example, and who may not call it."""

from reflex_base.registry import RegistrationContext

from freelance_app import db
from freelance_app.security import guard, policy
from tests.factories import World, add_world
from tests.state import examples
from tests.state.events import app

__all__ = ["app"]  # imported first, it registers the handlers

REGISTERED = RegistrationContext.ensure_context().event_handlers
OWN = sorted(
    name
    for name in set(REGISTERED) - guard.INTERNAL
    if not name.startswith(f"{guard.ROOT}.set") and not name.endswith(".setvar")
)
EXAMPLES = examples.every()


def short(name: str) -> str:
    """Return "JobsState.enter" for a wire name."""
    function = REGISTERED[name].handler.fn
    return ".".join(function.__qualname__.split(".")[-2:])


def fn_of(name: str):
    return REGISTERED[name].handler.fn


OPEN = [name for name in OWN if policy.policy_of(fn_of(name)) == policy.PUBLIC]
CLOSED = [name for name in OWN if name not in OPEN]


def prepared(name: str) -> tuple[World, examples.Call]:
    world = db.write(add_world)
    return world, EXAMPLES[short(name)](world)


def strangers(world: World, call: examples.Call):
    return call.wrong or tuple(who for who in (world.charlie, world.dora) if who != call.by)


def wire(name: str, call: examples.Call) -> dict:
    """Return the payload as a browser sends it: a form travels as pairs."""
    form = call.payload.get("form")
    pairs = {} if form is None else {"form": {"__reflex_form_data__": [*map(list, form.items())]}}
    return call.payload | pairs
