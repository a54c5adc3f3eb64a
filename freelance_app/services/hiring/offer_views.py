"""Offers as their two sides see them, and what waits for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from freelance_app import routes
from freelance_app.models import (
    Contract,
    Offer,
    OfferStatus,
    Party,
    Person,
    Proposal,
)
from freelance_app.security.actor import Actor
from freelance_app.services.contracts import tellings, terms
from freelance_app.services.contracts.terms import TermsView
from freelance_app.services.contracts.workroom import SignatureView
from freelance_app.services.hiring import offer_rows
from freelance_app.services.hiring.offer_rows import EXPIRE, SENT
from freelance_app.services.instance import deadlines
from freelance_app.services.instance.views import NO_CLOCK, ClockView, PersonView
from freelance_app.text import _, moment_text

ROWS = 20


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer for one side; empty while it loads.

    Attributes:
        badge: open, or how it ended.
        status: waits_for_you, waits_for_other, or how it ended.
        who: the badge's words.
        heading: the next action, or how it ended, with its sentence.
        terms_hash: handed back by who accepts, to sign just what was seen.
        signatures: who has signed; the freelancer's party comes last.
        unsigned: the side that has not signed; empty when both have.
    """

    id: str = ""
    title: str = ""
    other: PersonView = field(default_factory=PersonView)
    badge: str = "open"
    status: str = "waits_for_other"
    who: str = ""
    heading: str = ""
    sentence: str = ""
    sent_at: str = ""
    clock: ClockView = NO_CLOCK
    total: str = ""
    terms: TermsView = field(default_factory=TermsView)
    terms_hash: str = ""
    signatures: list[SignatureView] = field(default_factory=list[SignatureView])
    unsigned: str = ""
    contract_href: str = ""
    proposal_href: str = ""
    can_answer: bool = False
    can_withdraw: bool = False


def get_view(session: Session, *, actor: Actor, offer_id: str) -> OfferView:
    """Return the page of an offer.

    Raises:
        NotFoundError: no such offer for this actor.
    """
    offer = offer_rows.get(session, actor=actor, offer_id=offer_id)
    agreed = offer_rows.terms_of(session, offer)
    other = others(session, [offer], actor)[offer.id]
    status, who = badge(offer, actor, other.name)
    heading, sentence = _next(offer, actor, other.name)
    is_open, is_client = offer.status is SENT, _is_client(offer, actor)
    running = deadlines.running(session, effect=EXPIRE, subject_id=offer.id)
    return OfferView(
        id=offer.public_id,
        title=offer.title,
        other=other,
        badge="open" if is_open else status,
        status=status,
        who=who,
        heading=heading,
        sentence=sentence,
        sent_at=_("Sent {moment}").format(moment=moment_text(offer.sent_at)),
        clock=deadlines.clock_of(running, effect=_("Then the offer expires by itself.")),
        total=agreed.total.format(),
        terms=terms.view(agreed, text=offer.terms),
        terms_hash=offer.terms_hash,
        signatures=_signatures(session, offer),
        unsigned="" if offer.status is OfferStatus.ACCEPTED else agreed.freelancer,
        contract_href=_contract_href(session, offer),
        proposal_href=_proposal_href(session, offer),
        can_answer=is_open and not is_client and actor.is_owner,
        can_withdraw=is_open and is_client and actor.is_owner,
    )


def _is_client(offer: Offer, actor: Actor) -> bool:
    return offer.client_party_id == actor.party_id


def others(session: Session, rows: Sequence[Offer], actor: Actor) -> dict[int, PersonView]:
    """Return the side that the actor is not on, by the offer's row id."""
    sides = {
        row.id: row.freelancer_party_id if _is_client(row, actor) else row.client_party_id
        for row in rows
    }
    parties = session.exec(select(Party).where(col(Party.id).in_(set(sides.values()))))
    views = {party.id: tellings.party_view(party) for party in parties}
    return {offer_id: views[party_id] for offer_id, party_id in sides.items()}


def badge(offer: Offer, actor: Actor, other: str) -> tuple[str, str]:
    """Return the status and the badge's words for the reader."""
    words = {
        OfferStatus.ACCEPTED: _("Accepted"),
        OfferStatus.DECLINED: _("Declined"),
        OfferStatus.WITHDRAWN: _("Withdrawn"),
        OfferStatus.EXPIRED: _("Expired"),
    }
    if offer.status is not SENT:
        return offer.status.value, words[offer.status]
    if _is_client(offer, actor):
        return "waits_for_other", _("Waits for {name}").format(name=other)
    if not actor.is_owner:
        return "waits_for_other", _("Waits for an owner")
    return "waits_for_you", _("Waits for you")


def _next(offer: Offer, actor: Actor, other: str) -> tuple[str, str]:
    """Return what comes next, or how the offer ended, and one sentence about it."""
    is_client = _is_client(offer, actor)
    match offer.status:
        case OfferStatus.SENT if is_client:
            return (
                _("{name} reads your offer").format(name=other),
                _("When it is accepted, the contract begins and you fund the first milestone."),
            )
        case OfferStatus.SENT:
            return (
                _("Answer the offer of {name}").format(name=other),
                _("Read every term. When you accept, both have signed the same text."),
            )
        case OfferStatus.ACCEPTED:
            return _("The contract has begun"), _("Both have signed. The work goes on there.")
        case OfferStatus.DECLINED:
            return _("The offer was declined"), offer.decline_reason
        case OfferStatus.WITHDRAWN:
            return _("The offer was withdrawn"), _("It cannot be accepted any more.")
        case OfferStatus.EXPIRED:
            return _("The offer has expired"), _("Nobody answered in time.")


def _signatures(session: Session, offer: Offer) -> list[SignatureView]:
    """Return who signed: the client by sending, the freelancer by accepting."""
    signed = [(offer.author_id, offer.client_party_id, offer.sent_at)]
    if contract := _contract(session, offer):
        signed += [(contract.accepted_by_id, offer.freelancer_party_id, contract.accepted_at)]
    return [
        SignatureView(
            who=tellings.signer_view(session.get_one(Person, person_id)),
            party=session.get_one(Party, party_id).name,
            at=moment_text(at),
        )
        for person_id, party_id, at in signed
    ]


def _contract(session: Session, offer: Offer) -> Contract | None:
    return session.exec(select(Contract).where(Contract.offer_id == offer.id)).first()


def _contract_href(session: Session, offer: Offer) -> str:
    contract = _contract(session, offer)
    return routes.contract(contract.public_id) if contract else ""


def _proposal_href(session: Session, offer: Offer) -> str:
    return routes.proposal(session.get_one(Proposal, offer.proposal_id).public_id)
