"""A release beside a plain insert of one row and its commit, on SQLite and on PostgreSQL.

A release is the service call that a page makes, in one unit of work: it looks whether the actor
may, moves the milestone, posts to the ledger, stops the clocks, writes the audit, tells people. The
floor is a unit of work that inserts one row of a hundred characters. Both wait for the disk: the
databases are as durable as they ship (SQLite: WAL, synchronous FULL; PostgreSQL: fsync on).

- alone: one caller; a release and an insert take turns, so that noise hits both.
- crowd: two processes with four tasks each, through the pools that handlers use; each task pays its
  own contract. First the inserts, then the releases, then again.

    python -m bench.ledger [--short]
"""

import json
import subprocess
import sys
import time
from typing import Any

from bench.harness import databases
from bench.harness.figures import calm, goal, options, percentile, say
from scripts.serving import ROOT, command

MODULE = "bench.harness.releasing"
PROCESSES, TASKS = 2, 4
GOALS = {"sqlite": 0.65, "postgresql": 0.40}
SLOWEST = 0.5
START_SECONDS = 4.0


def measure(name: str, *, alone: int, each: int, rounds: int) -> None:
    """Measure one database and print its figures."""
    with databases.migrated(name) as settings:
        worlds = PROCESSES * TASKS
        words = str(1 + worlds), str(max(alone, each * rounds))
        made = json.loads(command(settings, MODULE, "prepare", *words))
        first = {**made[0], "milestones": made[0]["milestones"][:alone]}
        timed = json.loads(command(settings, MODULE, "alone", json.dumps(first)))
        _say_alone(name, timed)
        rates: dict[str, list[float]] = {"insert": [], "release": []}
        seconds: list[float] = []
        for number in range(rounds):
            part = slice(number * each, (number + 1) * each)
            shares = [{**row, "milestones": row["milestones"][part]} for row in made[1:]]
            for what in rates:
                rate, took = _crowd(settings, shares, what)
                rates[what].append(rate)
                seconds += took if what == "release" else []
        say(command(settings, "freelance_app", "verify-ledger").strip())
    _say_crowd(name, rates, seconds)


def _crowd(
    settings: dict[str, str], shares: list[dict[str, Any]], what: str
) -> tuple[float, list[float]]:
    """Run the processes at the same moment; return the acts a second and the time of each."""
    start_at = time.time() + START_SECONDS
    running = [
        subprocess.Popen(
            [sys.executable, "-m", MODULE, "crowd", json.dumps(asked)],
            cwd=ROOT,
            env=settings,
            stdout=subprocess.PIPE,
        )
        for asked in (
            {"shares": shares[at : at + TASKS], "what": what, "start_at": start_at}
            for at in range(0, len(shares), TASKS)
        )
    ]
    answers = [json.loads(process.communicate()[0]) for process in running]
    took = [one for answer in answers for one in answer["seconds"]]
    began = min(answer["began"] for answer in answers)
    return len(took) / (max(answer["ended"] for answer in answers) - began), took


def _say_alone(name: str, timed: dict[str, list[float]]) -> None:
    release, insert = (calm(timed[what]) * 1000 for what in ("release", "insert"))
    cpu, floor = (calm(timed[f"{what} cpu"]) * 1000 for what in ("release", "insert"))
    say(f"{name}, alone: release {release:.2f} ms, insert {insert:.2f} ms (calm quarter)")
    say(f"  of it CPU in our process {cpu:.2f} and {floor:.2f} ms")
    say(f"  a release does {insert / release:.2f} x the inserts' rate")


def _say_crowd(name: str, rates: dict[str, list[float]], seconds: list[float]) -> None:
    release, insert = max(rates["release"]), max(rates["insert"])
    p50, p99 = percentile(seconds, 50), percentile(seconds, 99)
    say(f"{name}, {PROCESSES} x {TASKS}: {release:.0f} releases/s, {insert:.0f} inserts/s")
    say(f"  of {len(seconds)} releases p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms")
    goal("release to insert", release / insert, GOALS[name], at_least=True)
    goal("p99 in seconds", p99, SLOWEST)


def main() -> None:
    """Measure both databases."""
    asked = options(__doc__)
    alone, each, rounds = (20, 5, 1) if asked.short else (100, 25, 4)
    for name in GOALS:
        measure(name, alone=alone, each=each, rounds=rounds)


if __name__ == "__main__":
    main()
