"""The form of an offer as it opens: filled from the post and the freelancer's bid."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import Session, select

from freelance_app import clock, routes
from freelance_app.errors import InvalidError, NotPermittedError
from freelance_app.models import JobPost, Offer, Party, Proposal
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.contracts import tellings, terms
from freelance_app.services.hiring import offer_rows, offer_terms, offers, proposals
from freelance_app.services.instance import policies
from freelance_app.services.instance.views import PersonView
from freelance_app.text import _, ngettext, zone_of_actor

FIRST_KEY = "1"


@dataclass(frozen=True, slots=True)
class MilestoneDraft:
    """A row of the form; `key` ends the names of its fields."""

    key: str
    title: str = ""
    amount: str = ""
    due_on: str = ""


NO_ROW = MilestoneDraft(FIRST_KEY)


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """The form; empty while it loads.

    Attributes:
        offer_href: the open offer of this proposal, which has to be withdrawn first.
        blocked: why no offer can be sent; empty when one can.
        rules: the policies that are frozen with the offer, in words.
    """

    proposal_id: str = ""
    proposal_href: str = ""
    freelancer: PersonView = field(default_factory=PersonView)
    job: str = ""
    bid: str = ""
    currency: str = ""
    title: str = ""
    scope: str = ""
    hours_a_week: str = ""
    starts_on: str = ""
    ends_on: str = ""
    first: MilestoneDraft = NO_ROW
    offer_href: str = ""
    blocked: str = ""
    open_for: str = ""
    rules: list[terms.TermView] = field(default_factory=list[terms.TermView])


def get_draft(session: Session, *, actor: Actor, proposal_id: str) -> OfferDraft:
    """Return the form of an offer for a proposal.

    Raises:
        NotFoundError: no such proposal for this actor.
        NotPermittedError: the actor sent it.
    """
    proposal = proposals.get_row(session, actor=actor, proposal_id=proposal_id)
    if not actor.is_company or proposal.party_id == actor.party_id:
        raise NotPermittedError(_("Only the client can send an offer."))
    job = session.get_one(JobPost, proposal.job_id)
    freelancer = session.get_one(Party, proposal.party_id)
    bid = Money(proposal.bid_minor, proposal.currency)
    today = clock.now().astimezone(zone_of_actor()).date()
    ends_on = (today + timedelta(days=proposal.duration_days)).isoformat()
    open_offer = _open_offer(session, proposal)
    return OfferDraft(
        proposal_id=proposal.public_id,
        proposal_href=routes.proposal(proposal.public_id),
        freelancer=tellings.party_view(freelancer),
        job=job.title,
        bid=bid.format(),
        currency=proposal.currency,
        title=job.title,
        scope=job.description,
        hours_a_week=str(job.hours_a_week),
        starts_on=today.isoformat(),
        ends_on=ends_on,
        first=MilestoneDraft(FIRST_KEY, _("Whole work"), bid.as_typed(), ends_on),
        offer_href=routes.offer(open_offer.public_id) if open_offer else "",
        blocked=_blocked(actor, proposal, open_offer),
        open_for=_open_for(session),
        rules=terms.rules_of(policies.snapshot(session), proposal.currency),
    )


def _open_offer(session: Session, proposal: Proposal) -> Offer | None:
    is_open = (Offer.proposal_id == proposal.id, Offer.status == offer_rows.SENT)
    return session.exec(select(Offer).where(*is_open)).first()


def _blocked(actor: Actor, proposal: Proposal, open_offer: Offer | None) -> str:
    if open_offer:
        return _("There is an open offer already. Withdraw it first.")
    if not offers.can_have_offer(proposal):
        return _("This proposal is no longer open.")
    if not actor.is_owner:
        return _("You can look at this, but only an owner can send an offer.")
    return ""


def _open_for(session: Session) -> str:
    days = policies.value(session, "offer_open_days")
    sentence = ngettext(
        "The offer stays open for {days} day, then it expires by itself.",
        "The offer stays open for {days} days, then it expires by itself.",
        days,
    )
    return sentence.format(days=days)


def sum_of(session: Session, *, actor: Actor, proposal_id: str, amounts: Sequence[str]) -> str:
    """Return the sum of the amounts typed so far; those that are none count nothing.

    Raises:
        NotFoundError: no such proposal for this actor.
    """
    proposal = proposals.get_row(session, actor=actor, proposal_id=proposal_id)
    typed = amounts[: offer_terms.MOST_MILESTONES]
    minor = sum(_minor(each, proposal.currency) for each in typed)
    return Money(minor, proposal.currency).format()


def _minor(typed: str, currency: str) -> int:
    try:
        return Money.parse(typed, currency).minor
    except InvalidError:
        return 0
