"""Two processes, several tasks each, which begin at the same moment."""

import multiprocessing
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection

from freelance_app import db, engines
from freelance_app.errors import ConflictError

PROCESSES = 2
TASKS = 8
# Processes are forked from one that has imported everything and done nothing: quick, and clean.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.services.contracts.signed", "tests.services.money.books"])


def attempt(service, word: str, **arguments) -> str:
    try:
        db.write(service, **arguments)
    except ConflictError as refused:
        return refused.message
    return word


def _hammer(url: str, act, world, about, tasks: int, answers: Connection) -> None:
    db.engine = engines.make_engine(url)
    answers.send("ready")
    answers.recv()
    with ThreadPoolExecutor(tasks) as threads:
        done = threads.map(lambda number: act(world, about, number), range(tasks))
        answers.send([word for each in done for word in _words(each)])


def _words(told: str | list[str]) -> list[str]:
    return [told] if isinstance(told, str) else told


def _heard(near: Connection):
    assert near.poll(timeout=100), "a racer died, or 100 s were not enough"
    return near.recv()


def race(act, world, about, *, tasks: int = TASKS) -> Counter:
    """Let each task of each process call `act(world, about, number)`; count what all were told."""
    url = db.engine.url.render_as_string(hide_password=False)
    pipes = [CONTEXT.Pipe() for _ in range(PROCESSES)]
    racers = [
        CONTEXT.Process(target=_hammer, args=(url, act, world, about, tasks, far), daemon=True)
        for _, far in pipes
    ]
    for racer in racers:
        racer.start()
    assert [_heard(near) for near, _ in pipes] == ["ready"] * PROCESSES
    for near, _ in pipes:
        near.send("go")
    outcomes = Counter(outcome for near, _ in pipes for outcome in _heard(near))
    for racer in racers:
        racer.join()
    return outcomes
