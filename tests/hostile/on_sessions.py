"""Tokens of other tabs, forged headers, and sessions that end in mid-connection."""

import asyncio
from datetime import timedelta
from typing import Any

from sqlmodel import col, delete, update

from freelance_app import clock, db, routes
from freelance_app.models import MemberRole, Membership, SignInSession, StaffMember
from freelance_app.security import tokens
from freelance_app.security.actor import Actor
from freelance_app.security.guard import ROOT
from freelance_app.services.accounts import sessions
from freelance_app.state.contracts.contract import ContractState
from freelance_app.state.contracts.funding import FundingState
from freelance_app.state.instance.instance_settings import InstanceSettingsState
from freelance_app.state.messages.room import RoomState
from tests.factories import World
from tests.hostile.on_handlers import LOADED, RELOAD, SIGN_IN, hydrate, route_data
from tests.hostile.on_names import ON_LOAD
from tests.hostile.payloads import MARK
from tests.hostile.report import Report
from tests.hostile.target import Target
from tests.hostile.wire import Socket, open_socket
from tests.services.contracts.signed import Signed, sign
from tests.snapshot import changed, snapshot
from tests.state import examples
from tests.state.events import cookie_of, name_of
from tests.state.examples import messages as talk

ENTER = name_of(ContractState.enter)
LISTEN = name_of(RoomState.listen)
TO_NOBODY = "send delta to disconnected client"
SETTINGS = name_of(InstanceSettingsState.enter)


async def load(socket: Socket, path: str) -> str:
    """Open a page as a browser does, its on_load and its listeners included."""
    start = len(socket.frames)
    await hydrate(socket, path)
    await socket.event(f"{ON_LOAD}.on_load_internal", router_data=route_data(path))
    await socket.until(LOADED, start=start)
    await socket.quiet()
    return "".join(socket.frames[start:])


async def attack(target: Target, report: Report, world: World) -> None:
    """Try everything about who somebody is."""
    await attack_tabs(target, report, world)
    await attack_ended(target, report, world)
    await _role_changed(target, report, world, sign(world))
    await _listeners(target, report, world)
    await _left_listening(target, report, world)
    for fault in target.faults():
        report.note("log", fault)


async def attack_tabs(target: Target, report: Report, world: World) -> None:
    """Use another's client token, or name another's session, to see a contract of Alice's."""
    path, title = routes.contract(sign(world).contract_id), f"Field app {world.run}"
    before = snapshot()
    await _stolen_while_in_use(target, report, world, path, title)
    await _stolen_when_left(target, report, world, path, title)
    await _forged_route(target, report, world, path, title)
    found = changed(before, snapshot(), but={"sign_in_session"})  # each visitor signed in here
    report.check("change", not found, f"tokens changed {found}")


async def _stolen_while_in_use(
    target: Target, report: Report, world: World, path: str, title: str
) -> None:
    kind = "a client token that is in use"
    async with open_socket(target.url, cookie=cookie_of(world.alice)) as mine:
        seen = await load(mine, path)
        report.check("control", title in seen, "Alice does not see her own contract")
        for cookie in ("", cookie_of(world.charlie)):
            how = {"cookie": cookie, "client_token": mine.client_token}
            start = len(mine.frames)
            async with open_socket(target.url, **how) as thief:
                await load(thief, path)
                await thief.event(ENTER, router_data=route_data(path))
                await thief.quiet()
                got = "".join(thief.frames)
            report.check(kind, title not in got, "the thief sees the contract")
            report.check(kind, mine.is_open, "the owner was thrown out")
            news = "".join(mine.frames[start:])
            report.check(kind, "location" not in news, f"the owner got {news[:200]}")
        report.check(kind, title in await load(mine, path), "the owner no longer sees it")


async def _stolen_when_left(
    target: Target, report: Report, world: World, path: str, title: str
) -> None:
    alice = world.alice.party_name
    for who, cookie in (("nobody", ""), ("charlie", cookie_of(world.charlie))):
        for first in (ENTER, f"{ON_LOAD}.on_load_internal", f"{ROOT}.hydrate_and_load"):
            boot = {"name": first, "payload": {}, "router_data": route_data(path)}
            for auth in (None, {"event": boot}):
                async with open_socket(target.url, cookie=cookie_of(world.alice)) as mine:
                    seen = await load(mine, path)
                report.check("control", title in seen, "Alice leaves a tab without her contract")
                how = {"cookie": cookie, "client_token": mine.client_token}
                async with open_socket(target.url, auth=auth, **how) as thief:
                    await thief.event(first, router_data=route_data(path))
                    await thief.quiet()
                    await load(thief, path)
                    got = "".join(thief.frames)
                kind = f"a client token left behind, taken by {who}"
                how_first = f"{first}{' as it connects' if auth else ''}"
                report.check(kind, title not in got and alice not in got, f"{how_first} shows it")


async def _forged_route(
    target: Target, report: Report, world: World, path: str, title: str
) -> None:
    """Name another's session in the event itself: only the handshake's cookie may count."""
    alice, token = world.alice.party_name, cookie_of(world.alice)
    stolen = f"{tokens.COOKIE}={token}"
    forged: list[dict[str, Any]] = [
        {"headers": {"cookie": stolen}},
        {"headers": {"Cookie": stolen, "x-forwarded-for": "127.0.0.1"}},
        {"headers": {"raw_headers": {"cookie": stolen}}, "ip": "127.0.0.1"},
        {"token": "x", "sid": "x", "session_id": "x", "client_token": "x"},
        {"query": {"cookie": stolen, tokens.COOKIE: token}},
    ]
    for who, cookie in (("anonymous", ""), ("a stranger", cookie_of(world.charlie))):
        kind = f"forged router_data, by {who}"
        said = {f"{ROOT}.hydrate": "delta", f"{ON_LOAD}.on_load_internal": "is_hydrated"}
        said[ENTER] = "delta" if cookie else SIGN_IN  # an empty page tells what there is none of
        for more in forged:
            async with open_socket(target.url, cookie=cookie) as socket:
                for name in said:
                    data = route_data(path) | more
                    await socket.event(name, router_data=data, token="x", state="x", headers=more)
                    answer = await socket.first_answer()
                    await socket.quiet()
                    report.check(kind, said[name] in answer, f"{name} with {more}: {answer[:200]}")
                got = "".join(socket.frames)
            report.check(kind, title not in got and alice not in got, f"{more} shows it")


async def attack_ended(target: Target, report: Report, world: World) -> None:
    """Revoke or expire a session under an open socket: the next event is refused."""
    path, title = routes.contract(sign(world).contract_id), f"Field app {world.run}"

    def expire(session: Any, *, token: str) -> None:
        where = col(SignInSession.token_hash) == tokens.digest(token)
        past = clock.now() - timedelta(seconds=1)
        session.exec(update(SignInSession).where(where).values(expires_at=past))

    for how, end in (("revoked", sessions.end), ("expired", expire)):
        cookie = cookie_of(world.alice)
        async with open_socket(target.url, cookie=cookie) as socket:
            report.check("control", title in await load(socket, path), "Alice sees nothing")
            db.write(end, token=cookie)
            await socket.event(ENTER, router_data=route_data(path))
            answer = await socket.first_answer()
            kind = f"a session {how} in mid-connection"
            report.check(kind, SIGN_IN in answer and title not in answer, f"got {answer[:200]}")
            again = await load(socket, path)
            report.check(kind, title not in again, "the page still loads")


async def _role_changed(target: Target, report: Report, world: World, signed: Signed) -> None:
    """Take a role or a seat away under an open socket."""
    await _no_longer_staff(target, report, world)
    path, title = routes.contract(signed.contract_id), f"Field app {world.run}"
    async with open_socket(target.url, cookie=cookie_of(world.alice)) as socket:
        await load(socket, path)
        db.write(_set_role, actor=world.alice, role=MemberRole.VIEWER)
        before = snapshot()
        payload = {"milestone_ids": signed.milestones[:1]}
        await socket.event(
            name_of(FundingState.fund),
            payload,
            router_data=route_data(routes.contract_fund(signed.contract_id)),
        )
        await socket.first_answer()
        await socket.quiet()
        found = changed(before, snapshot())
        report.check("an owner who became a viewer", not found, f"still changes {found}")
        db.write(_set_role, actor=world.alice, role=MemberRole.OWNER)
    cookie = cookie_of(world.bob)
    async with open_socket(target.url, cookie=cookie) as socket:
        report.check("control", title in await load(socket, path), "Bob sees nothing")
        db.write(_remove_seat, actor=world.bob)
        await socket.event(ENTER, router_data=route_data(path))
        answer = await socket.first_answer()
        await socket.quiet()
        kind = "a member who was taken out of the company"
        report.check(kind, RELOAD in answer and title not in answer, f"got {answer[:200]}")


async def _no_longer_staff(target: Target, report: Report, world: World) -> None:
    path = routes.ADMIN_SETTINGS
    async with open_socket(target.url, cookie=cookie_of(world.frank)) as socket:
        await load(socket, path)
        db.write(_take_roles, actor=world.frank)
        await socket.event(SETTINGS, router_data=route_data(path))
        answer = await socket.first_answer()
        report.check("a dismissed administrator", RELOAD in answer, f"got {answer[:200]}")


async def _listeners(target: Target, report: Report, world: World) -> None:
    """A page that is open shows what others write, until its session ends."""
    call = talk.EXAMPLES["RoomState.listen"](world)
    cookie = cookie_of(world.fatuma)
    async with open_socket(target.url, cookie=cookie) as socket:
        await load(socket, call.path)
        await _write(target, world, call, "heard while signed in")
        is_live = await socket.until("heard while signed in")
        report.check("control", is_live, "the listener does not deliver")
        db.write(sessions.end, token=cookie)
        await _write(target, world, call, "written after the end")
        await socket.quiet(0.5)
        got = "".join(socket.frames)
        kind = "a listener whose session ended"
        report.check(kind, "written after the end" not in got, "it still delivers")


async def _left_listening(target: Target, report: Report, world: World) -> None:
    """Begin listeners by the hundred and go: none may stay behind and read for nobody."""
    call = talk.EXAMPLES["RoomState.listen"](world)
    enter, data = name_of(RoomState.enter), route_data(call.path)
    async with open_socket(target.url, cookie=cookie_of(world.fatuma)) as socket:
        await hydrate(socket, call.path)
        for name, payload in ((LISTEN, call.payload), (enter, {})):
            for _turn in range(100):
                await socket.event(name, payload, router_data=data)
        await socket.quiet(0.5)
    late = await _sent_to_nobody(target, world, call)
    report.check("listeners left behind", not late, f"{late} still read and send")
    for _turn in range(20):
        async with open_socket(target.url, cookie=cookie_of(world.fatuma)) as socket:
            await hydrate(socket, call.path)
            for _each in range(20):
                await socket.event(enter, router_data=data)
    late = await _sent_to_nobody(target, world, call)
    kind = "listeners of tabs that left before their turn"
    report.check(kind, not late, f"{late} still read and send")


async def _sent_to_nobody(target: Target, world: World, call: examples.Call) -> int:
    """Return how often a message still goes to tabs that left.

    The events that they sent are done first, and these answer; what listens does so for ever. A
    tab that is there tells when the message has reached the listeners.
    """
    late = 0
    async with open_socket(target.url, cookie=cookie_of(world.fatuma)) as present:
        await load(present, call.path)
        for turn in range(10):
            before, words = target.server.log.count(TO_NOBODY), f"who listens to {turn}?"
            await _write(target, world, call, words)
            assert await present.until(words), "the listener does not deliver"
            await asyncio.sleep(0.5)
            late = target.server.log.count(TO_NOBODY) - before
            if not late:
                break
            await asyncio.sleep(1)
    return late


async def _write(target: Target, world: World, call: examples.Call, words: str) -> None:
    """Let Alice write a message, over a socket of her own: the server itself must tell others."""
    form = {"room": call.payload["room_id"], "body": words, "nonce": words}
    payload = {"form": {MARK: [[name, value] for name, value in form.items()]}}
    async with open_socket(target.url, cookie=cookie_of(world.alice)) as socket:
        await hydrate(socket, call.path)
        data = route_data(call.path)
        await socket.event(name_of(RoomState.send), payload, router_data=data)
        await socket.first_answer()
        await socket.quiet()


def _set_role(session: Any, *, actor: Actor, role: MemberRole) -> None:
    mine = (
        col(Membership.person_id) == actor.person_id,
        col(Membership.party_id) == actor.party_id,
    )
    session.exec(update(Membership).where(*mine).values(role=role))


def _remove_seat(session: Any, *, actor: Actor) -> None:
    session.exec(delete(Membership).where(col(Membership.person_id) == actor.person_id))


def _take_roles(session: Any, *, actor: Actor) -> None:
    session.exec(delete(StaffMember).where(col(StaffMember.person_id) == actor.person_id))
