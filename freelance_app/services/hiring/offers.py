"""Offers: a client sends terms, the freelancer signs the very same or declines."""

from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from freelance_app import clock, routes
from freelance_app.errors import ConflictError, InvalidError, NotPermittedError
from freelance_app.models import Offer, OfferMilestone, OfferStatus, Party, Proposal
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import access
from freelance_app.services.contracts import contracts, terms
from freelance_app.services.contracts.terms import Terms
from freelance_app.services.hiring import offer_rows, offer_terms, proposals
from freelance_app.services.hiring.offer_rows import EXPIRE, SENT
from freelance_app.services.hiring.offer_terms import CheckedTerms, OfferForm
from freelance_app.services.instance import deadlines, effects, policies
from freelance_app.text import _, ngettext

MOST_REASON = 500


def send(session: Session, *, actor: Actor, proposal_id: str, form: OfferForm) -> str:
    """Offer terms to the freelancer of a proposal, and return the offer's public id.

    The policies of this moment and the rendered text are frozen with it.

    Raises:
        NotFoundError: no such proposal for this actor.
        NotPermittedError: the actor is no owner of the post's company.
        InvalidFormError: some fields cannot be used.
        ConflictError: the proposal is no longer active, or has an open offer.
    """
    proposal = proposals.get_row(session, actor=actor, proposal_id=proposal_id)
    _require_sender(actor, proposal)
    proposals.lock(session, proposal)
    if not can_have_offer(proposal):
        raise ConflictError(_("This proposal is no longer open."))
    typed = offer_terms.check(form, proposal.currency)
    offer = _new(session, actor, proposal, typed)
    _add(session, offer, typed)
    deadlines.set_deadline(session, effect=EXPIRE, subject_id=offer.id, due_at=offer.expires_at)
    offer_rows.record(session, actor, offer, "offer.sent")
    words = {"amount": _total(typed), "until": offer.expires_at}
    offer_rows.tell(session, offer, offer.freelancer_party_id, "offer.received", words, by=actor)
    return offer.public_id


def _require_sender(actor: Actor, proposal: Proposal) -> None:
    if proposal.party_id == actor.party_id:
        raise NotPermittedError(_("Only the client can send an offer."))
    access.require_company(actor)


def can_have_offer(proposal: Proposal) -> bool:
    """Whether a proposal still waits for the client's decision."""
    return proposal.status in proposals.OPEN


def _total(typed: CheckedTerms) -> Money:
    return Money(sum(each.amount.minor for each in typed.milestones), typed.rate.currency)


def _new(session: Session, actor: Actor, proposal: Proposal, typed: CheckedTerms) -> Offer:
    snapshot, now = policies.snapshot(session), clock.now()
    agreed = Terms(
        client=actor.party_name,
        freelancer=session.get_one(Party, proposal.party_id).name,
        title=typed.title,
        scope=typed.scope,
        milestones=typed.milestones,
        hours_a_week=typed.hours_a_week,
        rate=typed.rate,
        starts_on=typed.starts_on,
        ends_on=typed.ends_on,
        policies=snapshot,
    )
    text = terms.text_of(agreed)
    return Offer(
        proposal_id=proposal.id,
        client_party_id=actor.party_id,
        freelancer_party_id=proposal.party_id,
        author_id=actor.person_id,
        title=typed.title,
        scope=typed.scope,
        currency=proposal.currency,
        hours_a_week=typed.hours_a_week,
        rate_minor=typed.rate.minor,
        starts_on=typed.starts_on,
        ends_on=typed.ends_on,
        policies=snapshot,
        terms=text,
        terms_hash=terms.hash_of(text),
        sent_at=now,
        expires_at=now + timedelta(days=policies.frozen(snapshot)["offer_open_days"]),
    )


def _add(session: Session, offer: Offer, typed: CheckedTerms) -> None:
    """Write an offer; the database lets one open offer be for each proposal."""
    try:
        with session.begin_nested():
            session.add(offer)
            session.flush()
    except IntegrityError:
        raise ConflictError(_("There is an open offer already. Withdraw it first.")) from None
    session.add_all(
        OfferMilestone(
            offer_id=offer.id,
            number=number,
            title=each.title,
            amount_minor=each.amount.minor,
            due_on=each.due_on,
        )
        for number, each in enumerate(typed.milestones, 1)
    )
    session.flush()


def accept(session: Session, *, actor: Actor, offer_id: str, terms_hash: str) -> str:
    """Sign the terms that the actor saw, and return the new contract's public id.

    Args:
        session: a write unit of work.
        actor: an owner of the freelancing party.
        offer_id: its public id.
        terms_hash: sha256 of the terms that the actor saw.

    Raises:
        NotFoundError: no such offer for this actor.
        NotPermittedError: the actor is not the freelancer.
        ConflictError: these are not the terms, or the offer is no longer open.
    """
    offer = _for_freelancer(session, actor, offer_id)
    if terms_hash != offer.terms_hash or terms.hash_of(offer.terms) != terms_hash:
        raise ConflictError(_("These are not the terms of the offer. Reload and read them again."))
    proposals.lock(session, session.get_one(Proposal, offer.proposal_id))
    _end(session, offer, OfferStatus.ACCEPTED)
    proposals.mark_hired(session, proposal_id=offer.proposal_id)
    parts = offer_rows.parts_of(session, offer)
    contract = contracts.open_from_offer(session, actor=actor, offer=offer, parts=parts)
    offer_rows.record(session, actor, offer, "offer.accepted", contract_id=contract.id)
    offer_rows.tell(
        session,
        offer,
        offer.client_party_id,
        "offer.accepted",
        {},
        by=actor,
        href=routes.contract(contract.public_id),
    )
    return contract.public_id


def decline(session: Session, *, actor: Actor, offer_id: str, reason: str) -> None:
    """Refuse an offer with a reason; the proposal stays as it is.

    Raises:
        NotFoundError: no such offer for this actor.
        NotPermittedError: the actor is not the freelancer.
        InvalidError: there is no reason, or it is too long.
        ConflictError: the offer is no longer open.
    """
    offer = _for_freelancer(session, actor, offer_id)
    words = reason.strip()
    if not words:
        raise InvalidError(_("Say why, in a sentence."), field="reason")
    if len(words) > MOST_REASON:
        sentence = ngettext(
            "Write at most {most} character.", "Write at most {most} characters.", MOST_REASON
        )
        raise InvalidError(sentence.format(most=MOST_REASON), field="reason")
    _end(session, offer, OfferStatus.DECLINED, decline_reason=words)
    offer_rows.record(session, actor, offer, "offer.declined")
    offer_rows.tell(
        session, offer, offer.client_party_id, "offer.declined", {"reason": words}, by=actor
    )


def withdraw(session: Session, *, actor: Actor, offer_id: str) -> None:
    """Take an open offer back.

    Raises:
        NotFoundError: no such offer for this actor.
        NotPermittedError: the actor is no owner of the client.
        ConflictError: the offer is no longer open.
    """
    offer = offer_rows.get(session, actor=actor, offer_id=offer_id)
    if offer.client_party_id != actor.party_id:
        raise NotPermittedError(_("Only the client can withdraw an offer."))
    access.require_company(actor)
    _end(session, offer, OfferStatus.WITHDRAWN)
    offer_rows.record(session, actor, offer, "offer.withdrawn")
    offer_rows.tell(session, offer, offer.freelancer_party_id, "offer.withdrawn", {}, by=actor)


@effects.register(EXPIRE)
def expire(session: Session, *, subject_id: int) -> None:
    """End an offer that nobody answered; nothing happens when it was answered meanwhile."""
    offer = session.get_one(Offer, subject_id)
    if not offer_rows.move(session, offer, OfferStatus.EXPIRED):
        return
    offer_rows.record(session, None, offer, "offer.expired")
    for party_id in (offer.client_party_id, offer.freelancer_party_id):
        offer_rows.tell(session, offer, party_id, "offer.expired", {}, by=None)


def _for_freelancer(session: Session, actor: Actor, offer_id: str) -> Offer:
    offer = offer_rows.get(session, actor=actor, offer_id=offer_id)
    if offer.freelancer_party_id != actor.party_id:
        raise NotPermittedError(_("Only the freelancer can answer an offer."))
    access.require_freelancer(actor)
    return offer


def _end(session: Session, offer: Offer, status: OfferStatus, *, decline_reason: str = "") -> None:
    """Move an open offer to one of its ends; the clock is stopped first, as the worker locks it.

    Raises:
        ConflictError: it is not open (any more).
    """
    deadlines.cancel(session, EXPIRE, subject_id=offer.id)
    if offer.status is SENT and offer.expires_at <= clock.now():
        raise ConflictError(_("This offer has expired."))
    if not offer_rows.move(session, offer, status, decline_reason=decline_reason):
        raise ConflictError(offer_rows.already(offer))
