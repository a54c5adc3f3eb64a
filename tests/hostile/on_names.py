"""Names that no page sends: automatic setters, helpers, dunders, substates, Reflex's own events."""

import re
from collections.abc import Iterator
from typing import Any

from reflex.state import BaseState, State
from reflex_base.registry import RegistrationContext

from freelance_app.build import ROOT as TREE
from freelance_app.security.guard import HYDRATE, INTERNAL, ROOT
from tests.factories import World
from tests.hostile.on_handlers import NOT_ALLOWED, NOT_UNDERSTOOD, SIGN_IN, route_data
from tests.hostile.report import Report
from tests.hostile.target import Target
from tests.hostile.wire import open_socket
from tests.snapshot import changed, snapshot
from tests.state.events import cookie_of

HOME = "/home"
ON_LOAD = f"{ROOT}.reflex___state____on_load_internal_state"
UPDATE = f"{ROOT}.reflex___state____update_vars_internal_state.update_vars_internal"
REPORTED = f"{ROOT}.reflex___state____frontend_event_exception_state.handle_frontend_exception"
IDENTITY = f"{ROOT}.freelance_app___security___guard____identity"
STRANGE = ("", ".", "__init__", "eval", "_redirect", "_call_function", "../x", "\0", "a" * 100_000)
NO_NAMES: tuple[Any, ...] = (None, 7, True, [ROOT], {"name": f"{ROOT}.hydrate"})
PAYLOADS_OF_INTERNALS: tuple[tuple[str, Any], ...] = (
    (f"{ROOT}.hydrate", {"x": 1}),
    (f"{ROOT}.hydrate", ["x"]),
    (f"{ROOT}.hydrate_and_load", {"vars": {f"{IDENTITY}._bound_to": [1, 1]}}),
    (f"{ROOT}.hydrate_and_load", {"vars": {f"{IDENTITY}.is_owner": True}}),
    (f"{ROOT}.hydrate_and_load", {"vars": 7, "hashes": {}}),
    (f"{ON_LOAD}.on_load_internal", {"x": 1}),
    (f"{ON_LOAD}.set_is_hydrated", {"value": {"a": 1}}),
    (f"{ON_LOAD}.set_is_hydrated", {}),
    (UPDATE, {"vars": {f"{IDENTITY}._bound_to": [1, 1]}}),
    (UPDATE, {"vars": {f"{IDENTITY}.staff_roles": ["administrator"]}}),
    (UPDATE, {"vars": {"a.b.c": 1}}),
    (UPDATE, {"vars": None}),
    (REPORTED, {"info": 7, "component_stack": []}),
    (REPORTED, {}),
)


def states(root: type[BaseState] = State) -> Iterator[type[BaseState]]:
    """Yield every class of the state tree."""
    yield root
    for each in root.get_substates():
        yield from states(each)


def names_in_bundle(language: str = "en") -> set[str]:
    """Return every dotted name of a state, or below one, that the build for browsers holds."""
    scripts = (TREE / "build" / language / "assets").glob("*.js")
    form = re.compile(rf"{ROOT}(?:\.\w+)*")
    return {name for path in scripts for name in form.findall(path.read_text(encoding="utf-8"))}


def unregistered() -> list[str]:
    """Return what stands in a state's class, its setters and itself, and is no handler."""
    registered = RegistrationContext.ensure_context().event_handlers
    found = {state.get_full_name() for state in states()}
    for state in states():
        path = state.get_full_name()
        found |= {f"{path}.{name}" for name in {*dir(state), *state.__dict__}}
        found |= {f"{path}.set_{name}" for name in state.vars}
    return sorted(found - set(registered))


async def attack(target: Target, report: Report, world: World, *, every: int = 1) -> None:
    """Call what is no handler, and Reflex's own events with payloads of their own."""
    before = snapshot()
    registered = RegistrationContext.ensure_context().event_handlers
    setters = [
        name
        for name in registered
        if name.endswith(".setvar") or (name.startswith(f"{ROOT}.set") and name not in INTERNAL)
    ]
    bundle = sorted(names_in_bundle() - set(registered))
    for who, cookie in (("a person", cookie_of(world.charlie)), ("anonymous", "")):
        async with open_socket(target.url, cookie=cookie) as socket:

            async def send(kind: str, name: Any, payload: Any, who=who, socket=socket) -> None:
                await socket.event(name, payload, router_data=route_data(HOME))
                answer = await socket.first_answer()
                wanted = (NOT_UNDERSTOOD, NOT_ALLOWED, SIGN_IN)
                is_refused = any(words in answer for words in wanted)
                said = f"{str(name)[-80:]} {str(payload)[:80]} got {answer[:200] or 'nothing'}"
                report.check(f"{kind}, by {who}", is_refused, said)

            for name in setters[:: max(1, every // 4)]:
                payload = {"var_name": "is_owner", "value": True}
                await send("setvar", name, payload)
            for name in unregistered()[::every]:
                await send("not a handler", name, {"value": True})
            for name in bundle[::every]:
                await send("a name in the bundle that is no handler", name, {})
            for name in (*STRANGE, *NO_NAMES):
                await send("strange name", name, {})
            for name, payload in PAYLOADS_OF_INTERNALS:
                await send("Reflex's own event, changed", name, payload)
            await _routes(report, socket, who)
    found = changed(before, snapshot(), but={"sign_in_session"})  # each visitor signed in here
    report.check("change", not found, f"names changed {found}")
    for fault in target.faults():
        report.note("log", fault)


async def _routes(report: Report, socket: Any, who: str) -> None:
    """Send Reflex's events with pages that are none."""
    wrong: tuple[Any, ...] = (
        7,
        ["/home"],
        {"pathname": 7},
        {"pathname": "/home", "asPath": {"a": 1}},
        {"pathname": "/jobs/[job_id]", "query": {"job_id": {"$ne": 1}}},
        {"pathname": "/jobs/[job_id]", "query": [1]},
    )
    for data in wrong:
        await socket.event(min(HYDRATE), {}, router_data=data)
        answer = await socket.first_answer()
        kind = f"a page of another shape, by {who}"
        report.check(kind, NOT_UNDERSTOOD in answer, f"{data} got {answer[:200] or 'nothing'}")
    odd = ("//evil.example", "javascript:alert(1)", "/\ud800", "/jobs/\0", "x" * 200_000, "/%00")
    for path in odd:
        page = {"pathname": path, "asPath": path, "query": {"job_id": path}}
        await socket.event(f"{ROOT}.hydrate", {}, router_data=page)
        answer = await socket.first_answer()
        report.check(f"a page that is none, by {who}", bool(answer), f"{path[:40]} got nothing")
