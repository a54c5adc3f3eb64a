"""The frame counts what waits without reading it: as many as the first page lists, kind by kind."""

import secrets
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from freelance_app import clock, db, routes
from freelance_app.models import Deposit, PayoutMethod
from freelance_app.services.contracts import funding, submissions
from freelance_app.services.contracts import needs as contract_needs
from freelance_app.services.hiring import home, offer_lists, proposal_views
from freelance_app.services.instance import counts, needs, numbers
from freelance_app.services.money import needs as money_needs
from freelance_app.services.money import payouts
from freelance_app.worker import wings
from tests.factories import add_world
from tests.services.contracts.signed import CURRENCY, add_proposal, sign
from tests.services.hiring.sent import sent
from tests.services.money.books import add_method
from tests.services.money.test_payouts import earn

wings.load()
FEW, MANY, LISTED = 1, 22, 20


def to_fund(world, number: int) -> None:
    for _ in range(number):
        sign(world, wallet_minor=0)


def in_work(world, number: int) -> list[str]:
    """Fund milestones of one contract and return them; Fatuma has to hand in each."""
    signed = sign(world, amounts=(10_00,) * number)
    db.write(funding.fund, actor=world.alice, milestone_ids=signed.milestones)
    return signed.milestones


def to_review(world, number: int) -> None:
    for each in in_work(world, number):
        db.write(submissions.submit, actor=world.fatuma, milestone_id=each, note="Done.")


def to_answer(world, number: int) -> None:
    for _ in range(number):
        sent(world)


def to_read(world, number: int) -> None:
    """Let proposals come for so many posts, two for the first."""
    db.write(_to_read, world, number)


def _to_read(session: Session, world, number: int) -> None:
    posts = [add_proposal(session, world) for _ in range(number)]
    first = posts[0].model_dump(exclude={"id", "public_id", "party_id"})
    db.insert(session, type(posts[0]), first | {"party_id": world.charlie.party_id})


def announced(world, number: int) -> None:
    db.write(_announced, world, number)


def _announced(session: Session, world, number: int) -> None:
    row = {"party_id": world.alice.party_id, "author_id": world.alice.person_id}
    row |= {"amount_minor": 10_00, "currency": CURRENCY, "provider": "bank"}
    row |= {"created_at": clock.now()}
    references = [f"DEP-{secrets.token_hex(5)}" for _ in range(number)]
    db.insert(session, Deposit, *(row | {"reference": each} for each in references))


def to_send(world, number: int) -> None:
    method = db.read(_method, world)
    if not method:
        db.write(earn, world)
        method = add_method(world)
    asked = {"method_id": method, "amount": "1.00", "currency": "EUR"}
    for _ in range(number):
        db.write(payouts.request, actor=world.fatuma, **asked)


def _method(session: Session, world) -> str | None:
    own = select(PayoutMethod.public_id).where(PayoutMethod.party_id == world.fatuma.party_id)
    return session.exec(own).first()


# What fills it, for whom, its number, the reader that lists it, and which of the list it is.
KINDS = {
    "to review": (
        *(to_review, "alice", contract_needs.count_to_review, contract_needs.list_for),
        lambda todo: todo.status == "to_review",
    ),
    "to fund": (
        *(to_fund, "alice", contract_needs.count_to_fund, contract_needs.list_for),
        lambda todo: todo.status == "not_funded",
    ),
    "to hand in": (
        *(in_work, "fatuma", contract_needs.count_to_submit, contract_needs.list_for),
        lambda todo: todo.status == "funded",
    ),
    "to answer": (
        *(to_answer, "fatuma", offer_lists.count_needs, offer_lists.list_needs),
        lambda todo: todo.kind == "offer",
    ),
    "to read": (
        *(to_read, "alice", proposal_views.count_needs, proposal_views.list_needs),
        lambda todo: todo.kind == "proposal",
    ),
    "announced": (
        *(announced, "alice", money_needs.count_announced, money_needs.list_for),
        lambda todo: todo.kind == "deposit",
    ),
    "to confirm": (
        *(announced, "frank", money_needs.count_to_confirm, money_needs.list_for),
        lambda todo: todo.kind == "deposit",
    ),
    "to send": (
        *(to_send, "frank", money_needs.count_to_send, money_needs.list_for),
        lambda todo: todo.kind == "payout",
    ),
}
UNLIMITED = {"to read"}


def test_every_number_of_a_need_is_tried_here():
    assert {number for _fill, _who, number, *_rest in KINDS.values()} == set(needs.numbers())


@pytest.mark.parametrize("kind", KINDS)
def test_as_many_are_counted_as_are_listed(own_database, kind):
    fill, who, number, reader, is_it = KINDS[kind]
    world = db.write(add_world)
    for more, expected in ((0, 0), (FEW, FEW), (MANY, FEW + MANY)):
        if more:
            fill(world, more)
        shown = expected if kind in UNLIMITED else min(expected, LISTED)
        actor = getattr(world, who)
        listed = [need for need in db.read(reader, actor=actor) if is_it(need.todo)]
        assert len(listed) == shown
        assert db.read(numbers.total, (number,), actor) == shown
        all_agree(world)


def all_agree(world) -> None:
    for name in ("alice", "bob", "fatuma", "charlie", "dora", "frank"):
        actor = getattr(world, name)
        todos = db.read(home.get_view, actor=actor).todos
        shell = db.read(counts.shell, actor=actor)
        assert shell.needs == (str(len(todos)) if todos else ""), name
        for each in ("messages", "proposals", "offers"):
            assert getattr(shell, each) == db.read(counts.count, actor=actor, name=each), name


def test_what_is_held_elsewhere_does_not_hide_what_is_to_fund(sqlite_world, at):
    """Twenty drafts that are due first once stood before the one that waits."""
    world = sqlite_world
    signed = sign(world, amounts=(10_00,) * (LISTED + 2))
    db.write(funding.fund, actor=world.alice, milestone_ids=signed.milestones[:1])
    at(clock.now() + timedelta(days=365))
    waiting = sign(world)
    (need,) = db.read(contract_needs.list_for, actor=world.alice)
    assert need.todo.href == routes.contract_fund(waiting.contract_id)
    assert need.todo.title == "Fund Part 1"
    all_agree(world)
