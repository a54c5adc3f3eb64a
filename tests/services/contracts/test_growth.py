"""A long past costs nothing: what a page asks walks what is in work, not what is over."""

import secrets
from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert
from sqlmodel import Session, select

from freelance_app import clock, db
from freelance_app.models import (
    AccountKind,
    Contract,
    ContractStatus,
    Deadline,
    JobPost,
    LedgerAccount,
    Milestone,
    MilestoneStatus,
    Proposal,
)
from freelance_app.services.contracts import (
    contracts,
    funding,
    milestones,
    needs,
    releases,
    submissions,
)
from freelance_app.services.hiring import agenda, proposal_views
from freelance_app.services.instance import counts
from freelance_app.services.money import held
from tests.factories import add_world
from tests.services.contracts.signed import CURRENCY, sign

MANY = 2_000
FIRST = 10_000
ASKED = {
    "the frame of a page": counts.shell,
    "what has to be done": needs.list_for,
    "what is waited for": needs.list_waits,
    "the contracts": contracts.list_for,
    "what comes": agenda.coming,
    "what is held": held.by_kind,
    "what is new": proposal_views.list_needs,
}


def add_past(session: Session) -> None:
    """Copy the signed contract, its post and its proposal, as over and read."""
    connection, now = session.connection(), clock.now()
    tables = (JobPost, Proposal, Contract, Milestone)
    rows = [session.exec(select(table)).first().model_dump() for table in tables]
    post, proposal, contract, milestone = rows
    over = {"status": ContractStatus.COMPLETED, "ended_at": now}
    paid = {"status": MilestoneStatus.RELEASED, "released_minor": milestone["amount_minor"]}
    add(connection, JobPost, post)
    add(connection, Proposal, proposal | {"viewed_at": now}, job_id=FIRST)
    add(connection, Contract, contract | over, offer_id=FIRST)
    add(connection, Milestone, milestone | paid, contract_id=FIRST)


def add(connection: Connection, table, row: dict, **first: int) -> None:
    """Insert copies of a row; the columns that are named count up with the id."""
    rows = [
        row
        | {"id": FIRST + number, "public_id": secrets.token_hex(10)}
        | {name: start + number for name, start in first.items()}
        for number in range(MANY)
    ]
    connection.execute(insert(table), rows)


def steps(service, *, write: bool = False, **arguments) -> int:
    """Return how many steps of its machine SQLite makes for a service."""
    count = [0]

    def step() -> None:
        count[0] += 1

    with db.unit_of_work(write=write) as session:
        raw = session.connection().connection.driver_connection
        raw.set_progress_handler(step, 1)
        service(session, **arguments)
        raw.set_progress_handler(None, 0)
    return count[0]


@pytest.mark.parametrize("own_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("side", ["alice", "fatuma"])
def test_a_long_past_is_not_walked(own_database, side):
    world = db.write(add_world)
    sign(world)
    actor = getattr(world, side)
    before = {name: steps(ask, actor=actor) for name, ask in ASKED.items()}
    db.write(add_past)
    for name, ask in ASKED.items():
        assert steps(ask, actor=actor) < before[name] + MANY, name


def add_reviews(session: Session) -> None:
    """Let reviews of others end within the week."""
    now = clock.now()
    row = {"effect": milestones.AUTO_RELEASE, "starts_at": now, "due_at": now + timedelta(days=3)}
    add(session.connection(), Deadline, row | {"tries": 0, "status": "due"}, subject_id=FIRST)


@pytest.mark.parametrize("own_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("side", ["alice", "fatuma"])
def test_the_reviews_of_others_are_not_walked(own_database, side):
    world = db.write(add_world)
    signed = sign(world)
    db.write(funding.fund, actor=world.alice, milestone_ids=signed.milestones[:1])
    work = {"milestone_id": signed.milestones[0], "note": "Done."}
    db.write(submissions.submit, actor=world.fatuma, **work)
    actor = getattr(world, side)
    before = {name: steps(ask, actor=actor) for name, ask in ASKED.items()}
    db.write(add_reviews)
    for name, ask in ASKED.items():
        assert steps(ask, actor=actor) < before[name] + MANY, name


def add_accounts(session: Session) -> None:
    """Open an account for each of many milestones."""
    held = {"kind": AccountKind.ESCROW, "currency": CURRENCY, "guarded": True, "balance_minor": 0}
    rows = [held | {"owner": f"milestone:{FIRST + number}"} for number in range(MANY)]
    session.connection().execute(insert(LedgerAccount), rows)


@pytest.mark.parametrize("own_database", ["sqlite"], indirect=True)
def test_a_release_does_not_walk_the_accounts_of_others(own_database):
    world = db.write(add_world)
    signed = sign(world, amounts=(10_00,) * 4)
    db.write(funding.fund, actor=world.alice, milestone_ids=signed.milestones)
    acts = [{"actor": world.alice, "milestone_id": each} for each in signed.milestones]
    db.write(releases.release, **acts[0])  # opens the account of earnings
    before = steps(releases.release, write=True, **acts[1])
    db.write(add_accounts)
    assert steps(releases.release, write=True, **acts[2]) < before + MANY
