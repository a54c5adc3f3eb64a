"""Every handler called with every hostile payload, by everybody who may not."""

import itertools
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from freelance_app.security import policy
from freelance_app.security.guard import ROOT
from tests.factories import World
from tests.hostile.payloads import Variant, variants
from tests.hostile.report import Report
from tests.hostile.target import Target
from tests.hostile.wire import EVENT, SECONDS, Socket, open_socket
from tests.snapshot import changed, snapshot
from tests.state import examples
from tests.state.events import cookie_of, route_of
from tests.state.handlers import fn_of, prepared, short, strangers

NOT_UNDERSTOOD, NOT_FOR_YOU = "could not be understood", "There is nothing here for you."
SIGN_IN, RELOAD = "/login?next=", "location.reload"
NOT_ALLOWED = "This is not allowed."
FAULT = "Something went wrong on our side."
LOADED = '"is_hydrated_rx_state_":true'
# What a stranger's well-formed call comes to is the service's business: it may say nothing.
PATIENCE = 0.4
STRANGER = "a stranger"


@dataclass(frozen=True)
class Caller:
    """Somebody who calls, in which tab, and what the server must answer.

    Attributes:
        may: Whether the person may call it, so that only malformed calls are refused.
        answers: One of these must stand in the answer to any call; empty when services decide.
        learns: What a handler that is open to everybody must say to a well-formed call.
    """

    who: str
    cookie: str
    client_token: str
    answers: tuple[str, ...] = ()
    may: bool = False
    learns: str = ""


def route_data(path: str, **more: object) -> dict[str, object]:
    """Return what a browser says of the page that it shows."""
    pattern, found = route_of(path)
    return {"pathname": pattern, "asPath": path, "query": found} | more


async def hydrate(socket: Socket, path: str) -> str:
    """Open a page without its on_load and return what the server sends."""
    await socket.event(f"{ROOT}.hydrate", router_data=route_data(path))
    return await socket.first_answer()


def told(frames: Iterable[str]) -> str:
    """Return what came as the sweep's tabs tell it, where an example's `says` is looked for."""
    events = [frame.removeprefix(EVENT) for frame in frames if frame.startswith(EVENT)]
    return repr([json.loads(each) for each in events])


async def leave_a_tab(
    target: Target, report: Report, name: str, call: examples.Call, cookie: str
) -> str:
    """Let the rightful person open the page and go; return the client token left behind."""
    async with open_socket(target.url, cookie=cookie) as socket:
        await hydrate(socket, call.path)
        await socket.event(
            f"{ROOT}.reflex___state____on_load_internal_state.on_load_internal",
            router_data=route_data(call.path),
        )
        is_loaded = await socket.until(LOADED)
        await socket.quiet()
    seen = told(socket.frames)
    is_full = call.says in seen if ".enter" in short(name) else call.by.name in seen
    words = f"the tab that was left at {call.path} for {short(name)} holds nothing"
    report.check("control", is_loaded and is_full, words)
    return socket.client_token


async def callers(
    target: Target, report: Report, world: World, name: str, call: examples.Call
) -> list[Caller]:
    """Return everybody who may not, and last the one who may."""
    mine = cookie_of(call.by)
    left = [await leave_a_tab(target, report, name, call, mine) for _ in range(2)]
    wrong, needed = strangers(world, call), policy.policy_of(fn_of(name))
    is_open = needed == policy.PUBLIC
    learns = call.says if is_open else ""
    unknown, unknown_here = ((), (RELOAD,)) if is_open else ((SIGN_IN,), (SIGN_IN,))
    refused = (NOT_FOR_YOU,) if needed == policy.STAFF else ()

    def caller(who: str, cookie: str, *answers: str, **more: Any) -> Caller:
        return Caller(who, cookie, more.pop("tab", secrets.token_hex(8)), answers, **more)

    return [
        caller("anonymous", "", *unknown, learns=learns),
        caller("forged session", secrets.token_urlsafe(32), *unknown, learns=learns),
        caller("anonymous in a stolen tab", "", *unknown_here, tab=left[0]),
        caller("another person in a stolen tab", cookie_of(wrong[0]), RELOAD, tab=left[1]),
        *[caller(STRANGER, cookie_of(who), *refused, learns=learns) for who in wrong],
        caller("the rightful person", mine, may=True),
    ]


async def attack(target: Target, report: Report, names: Iterable[str], *, every: int = 1) -> None:
    """Try each handler; of the variants each `every`th, so that a short run still sees all kinds.

    The first variant, the rightful person's own payload, is always tried.
    """
    turn = itertools.count()
    for name in names:
        world, call = prepared(name)
        found = list(variants(name, call))
        for caller in await callers(target, report, world, name, call):
            chosen = found[:1] + [each for each in found[1:] if next(turn) % every == 0]
            # What is not refused may answer late, with several frames: it comes last.
            chosen.sort(key=lambda each: not each.is_refused)
            await _call(target, report, name, call, caller, chosen)
        for fault in target.faults():
            report.note("log", f"{short(name)}: {fault}")


async def _call(
    target: Target,
    report: Report,
    name: str,
    call: examples.Call,
    caller: Caller,
    chosen: Sequence[Variant],
) -> None:
    before = snapshot()
    where = f"{short(name)} by {caller.who}"
    how = {"cookie": caller.cookie, "client_token": caller.client_token}
    async with open_socket(target.url, **how) as socket:
        if not caller.answers or "tab" not in caller.who:
            await hydrate(socket, call.path)
        own = len(socket.frames)  # what the person may know: the own name
        for each in chosen:
            if caller.may and not each.is_refused and "huge" not in each.kind:
                continue
            await _try(report, socket, name, call, caller, each, where)
        await socket.quiet()
        frames = "".join(socket.frames[own:])
    if not caller.may:
        for marker in call.markers:
            report.check("leak", marker not in frames, f"{where} learned {marker}")
    if not (call.own and caller.who == STRANGER):
        found = changed(before, snapshot())
        report.check("change", not found, f"{where} changed {found}")


async def _try(
    report: Report,
    socket: Socket,
    name: str,
    call: examples.Call,
    caller: Caller,
    variant: Variant,
    where: str,
) -> None:
    wanted = caller.answers + ((NOT_UNDERSTOOD,) if variant.is_refused else ())
    start, must_answer = len(socket.frames), wanted or caller.learns
    await socket.event(name, variant.payload, router_data=route_data(variant.path or call.path))
    answer = await socket.first_answer(SECONDS if must_answer else PATIENCE)
    if wanted:
        holds = any(words in answer for words in wanted)
    else:
        holds = not caller.learns or await _learns(socket, start, caller.learns, variant)
    shown = json.dumps([variant.path, variant.payload])[:120]
    report.check(
        f"handler, {variant.kind}, by {caller.who}",
        holds and FAULT not in answer and socket.is_open,
        f"{where} with {shown} got {answer[:200] or 'nothing'}",
    )


async def _learns(socket: Socket, start: int, words: str, variant: Variant) -> bool:
    """Whether what is open to everybody is said, but not to who made the link up."""
    await socket.quiet()
    seen = told(socket.frames[start:])
    return bool(socket.frames[start:]) and (words in seen) is not bool(variant.path)
