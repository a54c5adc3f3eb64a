"""A process that acts for people and is killed: at a named point, or whenever the test wants."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from sqlalchemy import event
from sqlmodel import Session

from freelance_app import db, engines
from freelance_app.errors import DomainError
from freelance_app.services.contracts import milestones, releases
from freelance_app.services.money import ledger, payouts
from tests.racing import CONTEXT

CLIENTS = 8
ACTS_BEFORE = 16  # so that each run has done something when it is killed
SECONDS_TO_START = 60


def die(*_arguments: object, **_named: object) -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def _then_die(function: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(*arguments: Any, **named: Any) -> None:
        function(*arguments, **named)
        die()

    return wrapped


def _die_at(point: str) -> None:
    match point:
        case "the milestone is locked":
            milestones.lock = _then_die(milestones.lock)
        case "the status is written":
            releases._count_payment = _then_die(releases._count_payment)
        case "before the posting":
            ledger.post = die
        case "after the posting":
            ledger.post = _then_die(ledger.post)
        case "before the commit":
            event.listen(Session, "before_commit", die)
        case "after the commit":
            event.listen(Session, "after_commit", die)


# In the order of an approval: only behind the last one has it happened.
POINTS = (
    "the milestone is locked",
    "the status is written",
    "before the posting",
    "after the posting",
    "before the commit",
    "after the commit",
)


def approve_and_die(url: str, point: str, actor, milestone_id: str) -> None:
    """Approve a milestone and die at a point of it."""
    db.engine = engines.make_engine(url)
    _die_at(point)
    db.write(releases.approve, actor=actor, milestone_id=milestone_id)


def work_for_ever(url: str, world, milestone_ids: list[str], method: str, far: Connection) -> None:
    """Be 8 clients who release a little of their milestone, and the freelancer who asks for it."""
    db.engine = engines.make_engine(url)
    done: list[int] = []

    def serve(number: int) -> None:
        while True:
            with suppress(DomainError):
                asked = {"milestone_id": milestone_ids[number], "amount": "1.00"}
                db.write(releases.release, actor=world.alice, **asked)
                asked = {"method_id": method, "amount": "1.00", "currency": "USD"}
                db.write(payouts.request, actor=world.fatuma, **asked)
            done.append(number)
            if len(done) == ACTS_BEFORE:
                far.send("working")

    with ThreadPoolExecutor(CLIENTS) as threads:
        for each in [threads.submit(serve, number) for number in range(CLIENTS)]:
            each.result()


def start(target: Callable[..., None], *arguments: Any) -> BaseProcess:
    """Start a function of this module in a process of its own, on the test's database."""
    url = db.engine.url.render_as_string(hide_password=False)
    process = CONTEXT.Process(target=target, args=(url, *arguments), daemon=True)
    process.start()
    return process
