"""A proposal of Fatuma's and the terms that Alice types for it."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from freelance_app import clock, db
from freelance_app.services.hiring import offer_views, offers
from freelance_app.services.hiring.offer_terms import MilestoneForm, OfferForm
from tests.services.contracts.signed import add_proposal


def proposal_of(world) -> str:
    """Add an open post of Alice's and Fatuma's proposal for it; return the proposal's public id."""
    return db.write(_public_id, world)


def _public_id(session: Session, world) -> str:
    return add_proposal(session, world).public_id


def day(number: int) -> str:
    """Return the day so many days from now, as a date field sends it."""
    return (clock.now() + timedelta(days=number)).date().isoformat()


def typed(**changes) -> OfferForm:
    """Return good terms, with some of them changed."""
    form = OfferForm(
        title="Field app",
        scope="An app that works **offline**.",
        hours_a_week="20",
        rate="",
        starts_on=day(0),
        ends_on=day(60),
        milestones=(
            MilestoneForm("1", "Plan", "100.00", day(10)),
            MilestoneForm("2", "App", "250.50", day(60)),
        ),
    )
    return replace(form, **changes)


def send(world, proposal_id: str, *, by=None, **changes) -> str:
    arguments = {"proposal_id": proposal_id, "form": typed(**changes)}
    return db.write(offers.send, actor=by or world.alice, **arguments)


def sent(world, **changes) -> str:
    """Send an offer of Alice's to Fatuma and return its public id."""
    return send(world, proposal_of(world), **changes)


def view(offer_id: str, actor):
    return db.read(offer_views.get_view, actor=actor, offer_id=offer_id)


def accept(world, offer_id: str, *, by=None, terms_hash: str = "") -> str:
    """Accept what Fatuma sees, and return the contract's public id."""
    seen = terms_hash or view(offer_id, world.fatuma).terms_hash
    arguments = {"offer_id": offer_id, "terms_hash": seen}
    return db.write(offers.accept, actor=by or world.fatuma, **arguments)
