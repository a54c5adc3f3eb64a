"""Two processes, several tasks each: nothing begins on what ends in the same moment."""

from sqlmodel import col, func, select

from freelance_app import db
from freelance_app.errors import ConflictError, NotFoundError
from freelance_app.models import JobPost, Offer, Proposal
from freelance_app.services.hiring import applicants, offers, proposals
from freelance_app.services.hiring.proposal_forms import ProposalForm
from tests.racing import race
from tests.services.hiring.sent import proposal_of, typed
from tests.services.jobs.posted import posted

ROUNDS = 12
LETTER = "I have built three apps that work without a signal, and can begin on Monday."
FORM = ProposalForm(letter=LETTER, bid="350.00", days="30")


def attempt(service, word: str, **arguments) -> str:
    try:
        db.write(service, **arguments)
    except (ConflictError, NotFoundError) as refused:
        return refused.message
    return word


def propose_or_close(world, job_ids: list[str], number: int) -> list[str]:
    """Send as one of two, or close, each post in turn."""
    return [_propose_or_close(world, job_id, number) for job_id in job_ids]


def _propose_or_close(world, job_id: str, number: int) -> str:
    if number == 0:
        asked = {"actor": world.alice, "job_id": job_id, "reason": "Hired elsewhere."}
        return attempt(applicants.close_post, "closed", **asked)
    sender = (world.fatuma, world.charlie)[number - 1]
    return attempt(proposals.send, "sent", actor=sender, job_id=job_id, form=FORM)


def offer_or_end(world, proposal_ids: list[str], number: int) -> list[str]:
    """Send an offer for each proposal in turn, or end it."""
    return [_offer_or_end(world, proposal_id, number) for proposal_id in proposal_ids]


def _offer_or_end(world, proposal_id: str, number: int) -> str:
    asked = {"proposal_id": proposal_id}
    if number == 0:
        return attempt(proposals.withdraw, "withdrawn", actor=world.fatuma, **asked)
    if number == 1:
        asked["reason"] = "Too far away."
        return attempt(proposals.decline, "declined", actor=world.alice, **asked)
    return attempt(offers.send, "offered", actor=world.alice, form=typed(), **asked)


def count(query) -> int:
    return db.read(
        lambda session: session.exec(select(func.count()).select_from(query.subquery())).one()
    )


def test_no_proposal_outlives_the_close_of_its_post(world):
    job_ids = [posted(world) for _round in range(ROUNDS)]
    outcomes = race(propose_or_close, world, job_ids, tasks=3)
    on_closed = select(Proposal.id).join(JobPost).where(JobPost.status == "closed")
    ours = on_closed.where(JobPost.party_id == world.alice.party_id)
    assert outcomes["closed"] == ROUNDS
    assert count(ours.where(col(Proposal.status).in_(proposals.OPEN))) == 0
    assert count(ours) == outcomes["sent"]


def test_no_offer_outlives_its_proposal(world):
    proposal_ids = [proposal_of(world) for _round in range(ROUNDS)]
    outcomes = race(offer_or_end, world, proposal_ids, tasks=3)
    is_open = (Offer.client_party_id == world.alice.party_id, Offer.status == "sent")
    open_offers = select(Offer.id).join(Proposal).where(*is_open)
    assert count(open_offers.where(col(Proposal.status).not_in(proposals.OPEN))) == 0
    assert outcomes["offered"] + outcomes["withdrawn"] + outcomes["declined"] == ROUNDS
