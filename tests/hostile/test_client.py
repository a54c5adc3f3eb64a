"""A hostile client against the production build: nothing changes, nothing leaks, nobody waits.

The same cases must find each of the holes that tests/hostile/planted.py digs. The end of the run
prints how many were tried, by kind, and tests/hostile/floors.py holds how many must be.
"""

import asyncio
import os
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from freelance_app import db
from freelance_app.security.guard import ROOT
from tests import servers
from tests.factories import World, add_world
from tests.hostile import on_handlers, on_http, on_names, on_sessions, on_sockets
from tests.hostile.floors import FULL, SHORT
from tests.hostile.planted import HOLES, UNGUARDED
from tests.hostile.report import Report
from tests.hostile.target import Target, aimed
from tests.state.handlers import CLOSED, OPEN, REGISTERED

IS_FULL = os.environ.get("HARBOUR_PROOF") == "full"
PATIENCE = 3_600
# Of the handlers, of the variants, of the names, of the forms each such; silent sockets.
HANDLERS, VARIANTS, NAMES, FORMS, SOCKETS = (1, 1, 1, 1, 400) if IS_FULL else (11, 9, 25, 4, 60)

Attack = Callable[[Target, Report, World], Coroutine[Any, Any, None]]


def attacked(target: Target, report: Report, attack: Attack) -> Report:
    """Try one family of cases on people of their own."""
    asyncio.run(attack(target, report, db.write(add_world)))
    return report


def faults(report: Report) -> str:
    """Return what got through, and what was hardly tried, a line each."""
    tried = SHORT[report.family] | (FULL.get(report.family, {}) if IS_FULL else {})
    return "\n".join(report.breaches + report.fewer_than(tried))


async def on_all_handlers(target: Target, report: Report, _world: World) -> None:
    await on_handlers.attack(target, report, [*OPEN, *CLOSED[::HANDLERS]], every=VARIANTS)


async def on_one_handler(target: Target, report: Report, _world: World) -> None:
    one = [name for name in CLOSED if name.endswith(UNGUARDED)]
    await on_handlers.attack(target, report, one, every=3)


async def on_all_names(target: Target, report: Report, world: World) -> None:
    await on_names.attack(target, report, world, every=NAMES)


async def on_requests(target: Target, report: Report, world: World) -> None:
    await on_http.attack(target, report, world, every=FORMS)


async def on_origins(target: Target, report: Report, world: World) -> None:
    await on_http.attack_origins(target, report, world, every=12)


async def under_load(target: Target, report: Report, world: World) -> None:
    await on_sockets.attack_load(target, report, world, size=SOCKETS)
    await on_http.attack_slowly(target, report, world, size=SOCKETS)


CLIENT: dict[str, Attack] = {
    "handlers": on_all_handlers,
    "names": on_all_names,
    "sessions": on_sessions.attack,
    "frames": on_sockets.attack_frames,
    "requests": on_requests,
}


@pytest.mark.prove
@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize("family", CLIENT)
def test_a_hostile_client_changes_and_learns_nothing(family, target, begun):
    assert faults(attacked(target, begun(family, "SQLite"), CLIENT[family])) == ""


@pytest.mark.prove
@pytest.mark.timeout(PATIENCE)
def test_floods_and_silence_keep_nobody_else_waiting(built, tmp_path, begun):
    with aimed(tmp_path, limited=True) as target:
        assert faults(attacked(target, begun("load", "SQLite"), under_load)) == ""


@pytest.mark.prove
@pytest.mark.timeout(PATIENCE)
@pytest.mark.skipif(not IS_FULL, reason="the full proof: the product asks both databases the same")
@pytest.mark.parametrize("family", CLIENT)
def test_neither_does_it_on_postgresql(family, built, tmp_path, begun):
    url = servers.new_postgres_database(f"hostile_{family}")
    with aimed(tmp_path, DATABASE_URL=url) as target:
        assert faults(attacked(target, begun(family, "PostgreSQL"), CLIENT[family])) == ""


def test_a_family_that_tries_less_than_it_did_is_a_fault():
    report = Report("names", "SQLite")
    report.cases.update({"setvar, by a person": 3, "setvar, by anonymous": 4, "change": 1})
    assert report.fewer_than({"setvar": 8, "by a person": 3, "change": 1, "in all": 10}) == []
    assert report.fewer_than({"setvar": 10}) == ["setvar: 7, at least 8"]
    assert report.fewer_than({"leak": 1}) == ["leak: 0, at least 1"]
    assert set(SHORT) == {*CLIENT, "load"}


def test_the_bundle_names_no_handler_that_the_server_lacks(built):
    states = {state.get_full_name() for state in on_names.states()}
    found = on_names.names_in_bundle()
    assert len(found & set(REGISTERED)) > len(CLOSED) / 2
    assert {name for name in found if name != ROOT} - set(REGISTERED) - states == set()
    listeners = {name for name in CLOSED if REGISTERED[name].handler.is_background}
    assert found & listeners == set(), "the door refuses a listener that a tab begins"


# Who finds each hole, and how the breach begins that it was dug for: another one is no proof.
FINDS: dict[str, tuple[Attack, str]] = {
    "no_guard_before_one_handler": (on_one_handler, "handler, forged: the payload of"),
    "payloads_are_not_parsed": (on_one_handler, "handler, extra argument, by the rightful person"),
    "tabs_belong_to_nobody": (on_sessions.attack_tabs, "a client token left behind, taken by"),
    "sessions_are_remembered": (on_sessions.attack_ended, "a session revoked in mid-connection"),
    "origins_are_not_checked": (on_origins, "a form of another site"),
    "sockets_take_every_origin": (on_sockets.attack_frames, "handshake of another site"),
    "every_path_is_ours": (on_http.attack_sign_in, "next after /auth/sign-in"),
    "files_are_open": (on_http.attack_files, "a file of others"),
}
# In the short form one hole each of the guard, the sessions and the files.
QUICK = ("no_guard_before_one_handler", "sessions_are_remembered", "files_are_open")


@pytest.mark.prove
@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize("hole", FINDS if IS_FULL else QUICK)
def test_a_planted_hole_is_found(hole, built, tmp_path, begun):
    attack, breach = FINDS[hole]
    with aimed(tmp_path, hole=hole) as target:
        report = attacked(target, begun(hole), attack)
    found = [each for each in report.breaches if each.startswith(breach)]
    assert found, f"no {breach!r} on a server with this hole, but {report.breaches}"


def test_every_planted_hole_is_looked_for():
    assert set(FINDS) == set(HOLES)
