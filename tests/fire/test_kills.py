"""kill -9 at six points of a release, and at any moment under the load of 8 clients."""

import os
import secrets
import time

import pytest
from sqlmodel import col, update

from freelance_app import db
from freelance_app.errors import ConflictError
from freelance_app.models import Milestone
from freelance_app.services.contracts import funding, releases
from tests.fire import dying
from tests.fire.whole import half_done
from tests.racing import CONTEXT
from tests.services.contracts.signed import earnings, held, sign, status
from tests.services.contracts.test_race import submitted
from tests.services.money import books

KILLS = 50 if os.environ.get("HARBOUR_PROOF") == "full" else 3
PART = 1_00
WHOLE = 10_000_00


@pytest.mark.parametrize("point", dying.POINTS)
def test_a_release_that_is_killed_happened_whole_or_not_at_all(world, point):
    signed = submitted(world)
    child = dying.start(dying.approve_and_die, point, world.alice, signed.milestones[0])
    child.join(dying.SECONDS_TO_START)
    assert child.exitcode == -9
    has_happened = point == "after the commit"
    assert (earnings(world), held(signed)) == ((100_00, 0) if has_happened else (0, 100_00))
    assert db.read(half_done, [signed.row_id]) == []
    approve_again(world, signed, has_happened=has_happened)
    assert (status(signed), earnings(world)) == ("released", 100_00)


def approve_again(world, signed, *, has_happened: bool) -> None:
    asked = {"actor": world.alice, "milestone_id": signed.milestones[0]}
    if has_happened:
        with pytest.raises(ConflictError, match="already released"):
            db.write(releases.approve, **asked)
    else:
        db.write(releases.approve, **asked)


@pytest.mark.prove
@pytest.mark.timeout(1_800)
def test_whenever_the_server_is_killed_nothing_is_half_done(world):
    db.write(books.open_bank)
    method = books.add_method(world)
    signed = sign(world, amounts=(WHOLE,) * dying.CLIENTS, wallet_minor=WHOLE * dying.CLIENTS)
    db.write(funding.fund, actor=world.alice, milestone_ids=signed.milestones)
    paid = []
    for _ in range(KILLS):
        kill_at_work(world, signed, method)
        assert db.read(half_done, [signed.row_id]) == []
        paid.append(sum(WHOLE - held(signed, number) for number in range(1, dying.CLIENTS + 1)))
    assert paid == sorted(set(paid)), "each time some work was done before the kill"


def kill_at_work(world, signed, method: str) -> None:
    near, far = CONTEXT.Pipe()
    child = dying.start(dying.work_for_ever, world, signed.milestones, method, far)
    assert near.poll(dying.SECONDS_TO_START)
    time.sleep(secrets.randbelow(300) / 1000)
    child.kill()
    child.join()


def test_what_is_half_done_would_be_seen(world):
    signed = submitted(world)
    bare = update(Milestone).where(col(Milestone.id) == signed.rows[0])
    with db.unit_of_work(write=True) as session:
        session.exec(bare.values(released_minor=1))
    assert db.read(half_done, [signed.row_id]) == [
        f"milestone {signed.rows[0]} is submitted and 10000 are held, not 9999"
    ]
