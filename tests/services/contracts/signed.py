"""A contract that Alice's company and Fatuma have signed, with money in Alice's wallet."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import Session, select

from freelance_app import clock, db
from freelance_app.models import (
    Category,
    Contract,
    Deadline,
    Engagement,
    JobPost,
    Milestone,
    MilestoneStatus,
    Offer,
    OfferMilestone,
    Proposal,
)
from freelance_app.money import Money
from freelance_app.services.contracts import contracts, terms
from freelance_app.services.contracts.terms import MilestoneTerms, Terms
from freelance_app.services.instance import deadlines, policies
from freelance_app.services.instance.deadlines import DueDeadline
from freelance_app.services.money import ledger
from freelance_app.services.money.ledger import Cause, Leg
from tests.factories import World

CURRENCY = "USD"
AMOUNTS = (100_00, 250_00)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Signed:
    """Public and row ids of a contract and its milestones, in their order."""

    contract_id: str
    row_id: int
    offer_id: str
    milestones: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


def sign(world: World, *, amounts=AMOUNTS, wallet_minor=500_00, **changed: int) -> Signed:
    """Let Alice and Fatuma sign, under the policies of this moment and those that are changed."""
    return db.write(_sign, world, amounts, wallet_minor, changed)


def _sign(session: Session, world: World, amounts, wallet_minor: int, changed) -> Signed:
    proposal = add_proposal(session, world)
    offer, parts = _offer(session, world, proposal, amounts, changed)
    contract = contracts.open_from_offer(session, actor=world.fatuma, offer=offer, parts=parts)
    if wallet_minor:
        fill(session, world, wallet_minor)
    rows = session.exec(
        select(Milestone).where(Milestone.contract_id == contract.id).order_by(Milestone.number)
    ).all()
    return Signed(
        contract_id=contract.public_id,
        row_id=contract.id,
        offer_id=offer.public_id,
        milestones=[row.public_id for row in rows],
        rows=[row.id for row in rows],
    )


def add_proposal(session: Session, world: World, *, by=None) -> Proposal:
    """Add an open post of Alice's with a proposal of Fatuma's."""
    category = Category(slug=secrets.token_hex(6), name=f"Apps {secrets.token_hex(4)}")
    session.add(category)
    session.flush()
    job = JobPost(
        party_id=world.alice.party_id,
        author_id=world.alice.person_id,
        category_id=category.id,
        title=f"Field app {world.run}",
        description="An app that works **offline**.",
        engagement=Engagement.PART_TIME,
        hours_a_week=20,
        budget_minor=400_00,
        currency=CURRENCY,
        status="open",
        created_at=clock.now(),
        published_at=clock.now(),
    )
    session.add(job)
    session.flush()
    author = by or world.fatuma
    proposal = Proposal(
        job_id=job.id,
        client_party_id=job.party_id,
        party_id=author.party_id,
        author_id=author.person_id,
        cover_letter="I have done this before.",
        bid_minor=350_00,
        currency=CURRENCY,
        duration_days=30,
        created_at=clock.now(),
    )
    session.add(proposal)
    session.flush()
    return proposal


def _offer(session: Session, world: World, proposal: Proposal, amounts, changed):
    today = clock.now().date()
    ends_on = today + 60 * DAY
    snapshot = _snapshot(session, changed)
    agreed = Terms(
        client=world.alice.party_name,
        freelancer=world.fatuma.party_name,
        title=f"Field app {world.run}",
        scope="An app that works **offline**.",
        milestones=tuple(
            MilestoneTerms(f"Part {number}", Money(minor, CURRENCY), today + 10 * number * DAY)
            for number, minor in enumerate(amounts, 1)
        ),
        hours_a_week=20,
        rate=Money(0, CURRENCY),
        starts_on=today,
        ends_on=ends_on,
        policies=snapshot,
    )
    offer = _row(world, proposal, agreed)
    session.add(offer)
    session.flush()
    return offer, _parts(session, offer, agreed)


def _row(world: World, proposal: Proposal, agreed: Terms) -> Offer:
    text = terms.text_of(agreed)
    return Offer(
        proposal_id=proposal.id,
        client_party_id=world.alice.party_id,
        freelancer_party_id=world.fatuma.party_id,
        author_id=world.alice.person_id,
        title=agreed.title,
        scope=agreed.scope,
        currency=CURRENCY,
        hours_a_week=agreed.hours_a_week,
        rate_minor=0,
        starts_on=agreed.starts_on,
        ends_on=agreed.ends_on,
        policies=agreed.policies,
        terms=text,
        terms_hash=terms.hash_of(text),
        status="accepted",
        sent_at=clock.now(),
        expires_at=clock.now() + 7 * DAY,
        answered_at=clock.now(),
    )


def _parts(session: Session, offer: Offer, agreed: Terms) -> list[OfferMilestone]:
    parts = [
        OfferMilestone(
            offer_id=offer.id,
            number=number,
            title=each.title,
            amount_minor=each.amount.minor,
            due_on=each.due_on,
        )
        for number, each in enumerate(agreed.milestones, 1)
    ]
    session.add_all(parts)
    session.flush()
    return parts


def _snapshot(session: Session, changed) -> str:
    for key, new in changed.items():
        policies.change(session, key=key, new=new)
    snapshot = policies.snapshot(session)
    for key in changed:
        policies.change(session, key=key, new=policies.POLICIES[key][0])
    return snapshot


def fill(session: Session, world: World, minor: int) -> None:
    """Put money into the wallet of Alice's company."""
    legs = [
        Leg(
            ledger.clearing_of("bank"),
            ledger.wallet_of(world.alice.party_id),
            Money(minor, CURRENCY),
        )
    ]
    ledger.post(session, cause=Cause(f"test:{secrets.token_hex(8)}", "deposit"), legs=legs)


def wallet(world: World) -> int:
    """Return what is free in Alice's wallet, in cents."""
    return balance(ledger.wallet_of(world.alice.party_id))


def earnings(world: World) -> int:
    """Return what Fatuma has earned, in cents."""
    return balance(ledger.earnings_of(world.fatuma.party_id))


def held(signed: Signed, number: int = 1) -> int:
    """Return what is held for a milestone, in cents."""
    return balance(ledger.held_for(signed.rows[number - 1]))


def balance(account) -> int:
    return db.read(ledger.balance, account, CURRENCY).minor


def status(signed: Signed, number: int = 1) -> MilestoneStatus:
    return db.read(_get, Milestone, signed.rows[number - 1]).status


def contract_of(signed: Signed) -> Contract:
    return db.read(_get, Contract, signed.row_id)


def _get(session: Session, table, row_id: int):
    return session.get_one(table, row_id)


def due_now(signed: Signed) -> list[DueDeadline]:
    """Return the deadlines of the contract that are due now, the first one first."""
    return db.read(_due_now, signed.row_id)


def _due_now(session: Session, contract_id: int) -> list[DueDeadline]:
    rows = session.exec(
        select(Deadline)
        .where(
            Deadline.contract_id == contract_id,
            Deadline.status == "due",
            Deadline.due_at <= clock.now(),
        )
        .order_by(Deadline.due_at)
    )
    return [DueDeadline(row.id, row.effect, row.subject_id) for row in rows]


def run_due(signed: Signed) -> list[str]:
    """Run every deadline of the contract that is due now, and return their effects."""
    ran = []
    while found := due_now(signed):
        db.write(deadlines.run, due=found[0])
        ran.append(found[0].effect)
    return ran
