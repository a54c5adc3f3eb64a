"""Two processes, several tasks each, acting on the same milestone: one wins."""

import multiprocessing
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection

import pytest

from freelance_app import db
from freelance_app.errors import ConflictError
from freelance_app.services.contracts import funding, releases, submissions
from freelance_app.services.instance import deadlines
from freelance_app.services.instance.deadlines import DueDeadline
from tests.services.contracts.signed import contract_of, earnings, held, sign, status

TASKS = 8


def approve(world, signed, _number) -> str:
    milestone_id = signed.milestones[0]
    return attempt(releases.approve, "released", actor=world.alice, milestone_id=milestone_id)


def release_all(world, signed, _number) -> str:
    milestone_id = signed.milestones[0]
    return attempt(releases.release, "released", actor=world.alice, milestone_id=milestone_id)


def release_tens(world, signed, _number) -> str:
    arguments = {"milestone_id": signed.milestones[0], "amount": "10.00"}
    return attempt(releases.release, "paid", actor=world.alice, **arguments)


def approve_or_change(world, signed, number) -> str:
    milestone_id = signed.milestones[0]
    if number % 3 == 0:
        words = {"words": "Not yet."}
        act = submissions.request_changes
        return attempt(act, "changes", actor=world.alice, milestone_id=milestone_id, **words)
    if number % 3 == 1:
        return attempt(deadlines.run, "ended", due=review_of(signed))
    return approve(world, signed, number)


def review_of(signed) -> DueDeadline:
    effect = "milestone.auto_release"
    row = db.read(deadlines.running, effect=effect, subject_id=signed.rows[0])
    return DueDeadline(row.id if row else 0, effect, signed.rows[0])


def release_each(world, signed, number) -> str:
    milestone_id = signed.milestones[number % 2]
    return attempt(releases.release, "released", actor=world.alice, milestone_id=milestone_id)


def attempt(service, word: str, **arguments) -> str:
    try:
        db.write(service, **arguments)
    except ConflictError as refused:
        return refused.message
    return word


def hammer(url: str, act, world, signed, answers: Connection) -> None:
    db.engine = db.make_engine(url)
    answers.send("ready")
    answers.recv()
    with ThreadPoolExecutor(TASKS) as threads:
        done = threads.map(lambda number: act(world, signed, number), range(TASKS))
        answers.send(list(done))


def heard(near: Connection):
    assert near.poll(timeout=60), "a racer died"
    return near.recv()


def race(act, world, signed) -> Counter:
    """Let two processes do the same at once and count what each attempt was told."""
    url = db.engine.url.render_as_string(hide_password=False)
    spawn = multiprocessing.get_context("spawn")
    pipes = [spawn.Pipe() for _ in range(2)]
    racers = [
        spawn.Process(target=hammer, args=(url, act, world, signed, far), daemon=True)
        for _, far in pipes
    ]
    for racer in racers:
        racer.start()
    assert [heard(near) for near, _ in pipes] == ["ready", "ready"]
    for near, _ in pipes:
        near.send("go")
    outcomes = Counter(outcome for near, _ in pipes for outcome in heard(near))
    for racer in racers:
        racer.join()
    return outcomes


def submitted(world, numbers=1):
    signed = sign(world)
    ids = signed.milestones[:numbers]
    db.write(funding.fund, actor=world.alice, milestone_ids=ids)
    for milestone_id in ids:
        arguments = {"milestone_id": milestone_id, "note": "Done."}
        db.write(submissions.submit, actor=world.fatuma, **arguments)
    return signed


@pytest.mark.parametrize("act", [approve, release_all])
def test_many_releases_pay_once(world, act):
    signed = submitted(world)
    outcomes = race(act, world, signed)
    already = "This milestone is already released."
    assert outcomes == {"released": 1, already: 2 * TASKS - 1}
    assert (earnings(world), held(signed)) == (100_00, 0)


def test_many_parts_never_pay_more_than_is_held(world):
    signed = submitted(world)
    outcomes = race(release_tens, world, signed)
    assert outcomes["paid"] == 10
    assert (earnings(world), held(signed)) == (100_00, 0)
    assert status(signed) == "released"


def test_approval_changes_and_the_end_of_the_review_do_not_mix(world):
    signed = submitted(world)
    outcomes = race(approve_or_change, world, signed)
    released = status(signed) == "released"
    assert outcomes["changes"] == (0 if released else 1)
    assert (earnings(world), held(signed)) == ((100_00, 0) if released else (0, 100_00))


def test_two_last_milestones_at_once_complete_the_contract(world):
    signed = submitted(world, numbers=2)
    race(release_each, world, signed)
    assert earnings(world) == 350_00
    assert contract_of(signed).status == "completed"
