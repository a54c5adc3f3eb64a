"""Many jobs and contracts, written as rows: `python -m bench.harness.bulk 100000`.

One contract is signed through the services and then copied, with its milestones, its job, a
proposal, its audit entries and the posting that holds its money, hashes and all: `verify-ledger`
must find the books sound afterwards. A tenth of everything belongs to one company, the rest is
spread over ninety others. The first 200 contracts are active, with money held and a milestone that
waits for some; the others are completed, released and paid into earnings: in a large market, too, a
company has about twenty contracts in work. Every post is open and has a proposal, the first 200
unread. It prints who may look at it and where the pages start, as JSON.
"""

import json
import sys
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert
from sqlmodel import Session, SQLModel, col, func, select

from freelance_app import clock, db
from freelance_app.models import (
    AccountKind,
    AuditEntry,
    Contract,
    ContractStatus,
    JobPost,
    JobStatus,
    LedgerAccount,
    LedgerRelease,
    LedgerTransaction,
    LedgerTransfer,
    Milestone,
    MilestoneStatus,
    Party,
    PartyKind,
    Proposal,
    ProposalStatus,
)
from freelance_app.models.base import new_public_id
from freelance_app.money import Money
from freelance_app.services.accounts import sessions
from freelance_app.services.contracts import contracts
from freelance_app.services.jobs import post_views
from freelance_app.services.money import ledger, ledger_hash
from freelance_app.services.money.ledger import Cause, Leg
from freelance_app.services.money.ledger_hash import Moved, Said
from tests.factories import World, add_party, add_world
from tests.services.contracts.signed import CURRENCY, Signed, sign

BATCH = 5_000
OTHERS = 90
HELD, MILESTONES = 100_00, 2
FAR = 200
FIRST_FREE = 1_000  # ids of the ledger's rows, behind those that services wrote
WAITING = 200  # copies, a tenth of them the company's

TABLES = (
    *(JobPost, Proposal, Contract, Milestone, LedgerAccount),
    *(LedgerTransaction, LedgerTransfer, LedgerRelease, AuditEntry),
)

Rows = dict[type[SQLModel], list[dict[str, Any]]]


def fill(count: int) -> dict[str, Any]:
    """Write the rows and return where to look."""
    world = db.write(add_world)
    signed = sign(world, wallet_minor=0)
    others = db.write(_others)
    wallets = [db.write(_wallet, party_id=each, count=count) for each in _clients(world, others)]
    earnings = db.write(_earnings, party_id=world.fatuma.party_id)
    template = db.read(_template, signed=signed)
    for first in range(0, count, BATCH):
        with db.unit_of_work(write=True) as session:
            numbers = range(first, min(count, first + BATCH))
            _insert(
                session.connection(),
                _copies(template, world, others, [*wallets, earnings], numbers),
            )
    return db.write(_places, world=world)


def _others(session: Session) -> list[int]:
    return [add_party(session, f"Other {n}", PartyKind.COMPANY).id for n in range(OTHERS)]


def _clients(world: World, others: list[int]) -> list[int]:
    return [world.alice.party_id, *others]


def _wallet(session: Session, *, party_id: int, count: int) -> int:
    """Fill a wallet for all that will be held, and return its account."""
    wallet, amount = ledger.wallet_of(party_id), Money(count * HELD, CURRENCY)
    legs = [Leg(ledger.clearing_of("bank"), wallet, amount)]
    ledger.post(session, cause=Cause(f"bench:deposit:{party_id}", "deposit"), legs=legs)
    is_wallet = LedgerAccount.owner == wallet.owner, LedgerAccount.kind == wallet.kind
    return session.exec(select(LedgerAccount.id).where(*is_wallet)).one()


def _earnings(session: Session, *, party_id: int) -> int:
    """Open the account of what the freelancer earns."""
    owner = ledger.earnings_of(party_id).owner
    row = LedgerAccount(kind=AccountKind.EARNINGS, owner=owner, currency=CURRENCY, guarded=True)
    session.add(row)
    session.flush()
    return row.id


def _template(session: Session, *, signed: Signed) -> Rows:
    """Return the rows of the signed contract, as values."""
    contract = session.get_one(Contract, signed.row_id)
    found: dict[type[SQLModel], list[Any]] = {
        Contract: [contract],
        Milestone: [session.get_one(Milestone, row_id) for row_id in signed.rows],
        JobPost: [session.exec(select(JobPost)).one()],
        Proposal: [session.exec(select(Proposal)).one()],
    }
    return {table: [row.model_dump() for row in rows] for table, rows in found.items()}


def _copies(
    template: Rows, world: World, others: list[int], accounts: list[int], numbers: range
) -> Rows:
    """Return the rows of a batch; every id follows from the copy's number."""
    made: Rows = {table: [] for table in TABLES}
    for number in numbers:
        at = 0 if number % 10 == 0 else 1 + number % OTHERS
        party_id = _clients(world, others)[at]
        _add_job(made, template, party_id, number)
        _add_contract(made, template, party_id, number)
        _add_money(made, accounts[at], accounts[-1], number)
    return made


def _add_job(made: Rows, template: Rows, party_id: int, number: int) -> None:
    at = clock.now() - timedelta(seconds=number)
    own = {"id": 10 + number, "public_id": new_public_id()}
    post = template[JobPost][0] | own | {"party_id": party_id, "status": JobStatus.OPEN}
    made[JobPost].append(post | {"created_at": at, "published_at": at})
    own |= {"public_id": new_public_id(), "job_id": 10 + number, "status": ProposalStatus.SUBMITTED}
    own["client_party_id"] = party_id
    seen = {"viewed_at": None if number < WAITING else at}
    made[Proposal].append(template[Proposal][0] | own | seen)


def _add_contract(made: Rows, template: Rows, party_id: int, number: int) -> None:
    is_done, now = number >= WAITING, clock.now()
    own = {"id": 10 + number, "public_id": new_public_id(), "offer_id": 10 + number}
    ended = {"status": ContractStatus.COMPLETED, "ended_at": now} if is_done else {}
    made[Contract].append(template[Contract][0] | own | {"client_party_id": party_id} | ended)
    first = {"status": MilestoneStatus.FUNDED, "funded_at": now}
    if is_done:
        paid = {"released_minor": HELD, "releases": 1, "released_at": now}
        first |= {"status": MilestoneStatus.RELEASED, **paid}
    for index, row in enumerate(template[Milestone][: 1 if is_done else MILESTONES]):
        own = {"id": _milestone_id(number) + index, "public_id": new_public_id()}
        made[Milestone].append(row | own | {"contract_id": 10 + number} | ({} if index else first))
    for action in ("contract.signed", "milestone.funded"):
        subject = f"milestone:{_milestone_id(number)}"
        entry = {"at": clock.now(), "action": action, "actor_id": 1, "party_id": party_id}
        made[AuditEntry].append(
            entry | {"subject": subject, "contract_id": 10 + number, "words": "100.00 USD"}
        )


def _add_money(made: Rows, wallet: int, earnings: int, number: int) -> None:
    """Hold the first milestone's money as a funding does, and release it where it is done."""
    escrow, milestone_id = FIRST_FREE + number, _milestone_id(number)
    account = {"kind": AccountKind.ESCROW, "owner": ledger.held_for(milestone_id).owner}
    account |= {"id": escrow, "currency": CURRENCY, "guarded": True, "balance_minor": 0}
    made[LedgerAccount].append(account)
    said = Said(f"milestone:{milestone_id}:fund", "fund", 1, "", 10 + number)
    _post(made, said, Moved(1, wallet, escrow, CURRENCY, HELD))
    if number >= WAITING:
        said = Said(f"milestone:{milestone_id}:release:1", "release", 1, "", 10 + number)
        _post(made, said, Moved(1, escrow, earnings, CURRENCY, HELD))
        _count(made)


def _count(made: Rows) -> None:
    """Count the last posting for the sides of the last contract, as the ledger does."""
    contract, transfer = made[Contract][-1], made[LedgerTransfer][-1]
    made[LedgerRelease].append(
        {
            "transfer_id": transfer["id"],
            "client_party_id": contract["client_party_id"],
            "freelancer_party_id": contract["freelancer_party_id"],
            "currency": CURRENCY,
            "amount_minor": HELD,
            "released_at": made[LedgerTransaction][-1]["effective_at"],
        }
    )


def _post(made: Rows, said: Said, moved: Moved) -> None:
    now, asked = clock.now(), ledger_hash.of_request(said, [moved])
    hashes = {"request_hash": asked, "hash": ledger_hash.of_row(asked, now, now)}
    # Two for each copy: the funding has the even id, the release the odd one.
    row_id = FIRST_FREE + 2 * (said.contract_id or 0) + (said.kind == "release")
    times = {"effective_at": now, "created_at": now}
    made[LedgerTransaction].append({"id": row_id, **said._asdict(), **hashes, **times})
    made[LedgerTransfer].append({"id": row_id, "transaction_id": row_id, **moved._asdict()})


def _milestone_id(number: int) -> int:
    return 10 + MILESTONES * number


def _insert(connection: Connection, rows: Rows) -> None:
    for table, values in rows.items():
        if values:
            connection.execute(insert(table), values)


def _places(session: Session, *, world: World) -> dict[str, Any]:
    """Return cookies, a contract in the middle, and the first rows of the pages that are far."""
    mine = Contract.client_party_id == world.alice.party_id
    own = select(Contract.public_id).where(mine).order_by(col(Contract.id).desc())
    open_posts = (
        select(JobPost.public_id)
        .join(Party, col(Party.id) == JobPost.party_id)
        .where(JobPost.status == JobStatus.OPEN)
        .order_by(col(JobPost.published_at).desc(), col(JobPost.id).desc())
    )
    count = session.exec(select(func.count()).select_from(Contract).where(mine)).one()
    return {
        "client": sessions.open_for(session, person_id=world.alice.person_id),
        "freelancer": sessions.open_for(session, person_id=world.charlie.person_id),
        "contract": session.exec(own.offset(count // 2).limit(1)).one(),
        "contracts": _before(session, own, contracts.ROWS),
        "jobs": _before(session, open_posts, post_views.PAGE),
    }


def _before(session: Session, query: Any, most: int) -> str:
    """Return the last row of page 199, which page 200 comes after; "" when there are fewer."""
    return session.exec(query.offset((FAR - 1) * most - 1).limit(1)).first() or ""


if __name__ == "__main__":
    sys.stdout.write(json.dumps(fill(int(sys.argv[1]))))
