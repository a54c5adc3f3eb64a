"""Each decision about a payout is made once and in order, and leaves its trace."""

import pytest
from sqlmodel import select

from freelance_app import db
from freelance_app.errors import ConflictError
from freelance_app.models import AuditEntry, Notice, Payout
from freelance_app.services.money import ledger, payouts
from tests.services.money import books
from tests.services.money.test_money_race import asked, earn


@pytest.fixture
def payout_id(world) -> str:
    db.write(books.open_bank)
    db.write(earn, world)
    return asked(world).payout


def decide(world, verb: str, payout_id: str) -> None:
    reason = {} if verb == "paid" else {"reason": "The account is closed."}
    service = getattr(payouts, f"mark_{verb}")
    db.write(service, actor=world.frank, payout_id=payout_id, **reason)


def row_of(session, payout_id: str) -> Payout:
    return session.exec(select(Payout).where(Payout.public_id == payout_id)).one()


def transit(payout_id: str) -> int:
    def read(session) -> int:
        account = ledger.transit_of(row_of(session, payout_id).id)
        return ledger.balance(session, account, "EUR").minor

    return db.read(read)


@pytest.mark.parametrize(
    ("steps", "late"),
    [
        (["paid"], "paid"),
        (["paid"], "failed"),
        (["failed"], "failed"),
        (["failed"], "paid"),
        (["failed"], "returned"),
        ([], "returned"),
        (["paid", "returned"], "returned"),
        (["paid", "returned"], "failed"),
    ],
)
def test_each_decision_is_made_once_and_in_order(world, payout_id, steps, late):
    for step in steps:
        decide(world, step, payout_id)
    before = books.earnings(world), transit(payout_id)
    with pytest.raises(ConflictError):
        decide(world, late, payout_id)
    assert (books.earnings(world), transit(payout_id)) == before


@pytest.mark.parametrize("steps", [["paid"], ["failed"], ["paid", "returned"]])
def test_nothing_stays_on_its_way_and_both_sides_know(world, payout_id, steps):
    assert transit(payout_id) == 500_00
    for step in steps:
        decide(world, step, payout_id)
    assert transit(payout_id) == 0

    def trace(session) -> tuple[list[str], list[str]]:
        subject = f"payout:{row_of(session, payout_id).id}"
        acts = (
            select(AuditEntry.action).where(AuditEntry.subject == subject).order_by(AuditEntry.id)
        )
        mine = select(Notice.kind).where(Notice.person_id == world.fatuma.person_id)
        return list(session.exec(acts)), list(session.exec(mine))

    acts, kinds = db.read(trace)
    words = [f"payout.{step}" for step in steps]
    assert acts == ["payout.requested", *words]
    assert set(words) <= set(kinds)
