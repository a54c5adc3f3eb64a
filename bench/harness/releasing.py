"""Releases and plain inserts, timed in a process with the settings of one database.

`python -m bench.harness.releasing prepare WORLDS MILESTONES` signs and funds contracts,
`... alone JSON` takes turns between a release and an insert, `... crowd JSON` runs four tasks.
Each prints JSON.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table, insert
from sqlmodel import Session

from freelance_app import db
from freelance_app.security.actor import Actor
from freelance_app.services.contracts import funding, releases
from tests.factories import add_world
from tests.services.contracts.signed import sign

FLOOR = Table(
    "bench_floor", MetaData(), Column("id", Integer, primary_key=True), Column("words", String)
)
WORDS = "x" * 100
AMOUNT = 100_00

Act = tuple[Callable[..., object], dict[str, Any]]


def prepare(worlds: int, milestones: int) -> list[dict[str, Any]]:
    """Return who may release what: one client, freelancer and contract for each world."""
    FLOOR.create(db.engine)
    made: list[dict[str, Any]] = []
    for _ in range(worlds):
        world = db.write(add_world)
        amounts = (AMOUNT,) * milestones
        signed = sign(world, amounts=amounts, wallet_minor=AMOUNT * milestones)
        db.write(funding.fund, actor=world.alice, milestone_ids=signed.milestones)
        actor = asdict(world.alice) | {"staff_roles": []}
        made.append({"actor": actor, "milestones": signed.milestones})
    return made


def plain_insert(session: Session) -> None:
    """Add one row: what any write costs at least."""
    session.connection().execute(insert(FLOOR).values(words=WORDS))


INSERT: Act = (plain_insert, {})


def acts(share: dict[str, Any]) -> list[Act]:
    """Return the releases of a share: each is the service call that a page makes."""
    actor = Actor(**share["actor"] | {"staff_roles": frozenset()})
    return [
        (releases.release, {"actor": actor, "milestone_id": each}) for each in share["milestones"]
    ]


def alone(share: dict[str, Any]) -> dict[str, list[float]]:
    """Time a release, then an insert, and so on; return the seconds of each, and of CPU."""
    names = ("release", "insert", "release cpu", "insert cpu")
    found: dict[str, list[float]] = {name: [] for name in names}
    for act in acts(share):
        for name, (service, arguments) in (("release", act), ("insert", INSERT)):
            start, cpu = time.perf_counter(), time.process_time()
            db.write(service, **arguments)
            found[f"{name} cpu"].append(time.process_time() - cpu)
            found[name].append(time.perf_counter() - start)
    return found


async def crowd(shares: list[dict[str, Any]], *, what: str, start_at: float) -> dict[str, Any]:
    """Let one task for each share act in turn, as handlers do; begin at a moment."""
    plans = [acts(share) for share in shares]
    if what == "insert":
        plans = [[INSERT] * len(plan) for plan in plans]
    seconds: list[float] = []
    await asyncio.sleep(max(0.0, start_at - time.time()))
    began = time.time()
    await asyncio.gather(*[_task(plan, seconds) for plan in plans])
    return {"seconds": seconds, "began": began, "ended": time.time()}


async def _task(plan: list[Act], seconds: list[float]) -> None:
    for service, arguments in plan:
        start = time.perf_counter()
        await db.in_thread(db.write, service, **arguments)
        seconds.append(time.perf_counter() - start)


def main(verb: str, *words: str) -> Any:
    """Do what the command line says."""
    if verb == "prepare":
        return prepare(int(words[0]), int(words[1]))
    asked = json.loads(words[0])
    return alone(asked) if verb == "alone" else asyncio.run(crowd(**asked))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])))
