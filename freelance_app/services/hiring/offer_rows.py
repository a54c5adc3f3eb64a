"""Offers as rows: who may know of which, how one moves, and who is told."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, or_, select, update
from sqlmodel.sql.expression import SelectOfScalar

from freelance_app import clock, routes
from freelance_app.errors import NotFoundError
from freelance_app.models import Offer, OfferMilestone, OfferStatus, Party
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import doors
from freelance_app.services.contracts import tellings, terms
from freelance_app.services.contracts.terms import Terms
from freelance_app.services.instance import audit, events
from freelance_app.services.instance.notices import Word
from freelance_app.text import _

SENT = OfferStatus.SENT
EXPIRE = "offer.expire"


def visible_to(actor: Actor) -> SelectOfScalar[Offer]:
    """Return the query of the offers of the acting party; every other query starts from it."""
    return select(Offer).where(
        or_(
            Offer.client_party_id == actor.party_id,
            Offer.freelancer_party_id == actor.party_id,
        )
    )


def get(session: Session, *, actor: Actor, offer_id: str) -> Offer:
    """Return the row, for services of this wing only.

    Raises:
        NotFoundError: no such offer for this actor.
    """
    offer = session.exec(visible_to(actor).where(Offer.public_id == offer_id)).first()
    if offer is None:
        raise NotFoundError(_("There is no such offer."))
    return offer


def parts_of(session: Session, offer: Offer) -> list[OfferMilestone]:
    """Return the milestones of an offer in their order."""
    rows = select(OfferMilestone).where(OfferMilestone.offer_id == offer.id)
    return list(session.exec(rows.order_by(col(OfferMilestone.number))))


def terms_of(session: Session, offer: Offer) -> Terms:
    """Return the terms that an offer's rows hold."""
    names = [
        session.get_one(Party, party_id).name
        for party_id in (offer.client_party_id, offer.freelancer_party_id)
    ]
    parts = parts_of(session, offer)
    return terms.of_rows(offer, parts, client=names[0], freelancer=names[1])


def move(session: Session, offer: Offer, status: OfferStatus, **values: object) -> bool:
    """Move an open offer's status in one guarded UPDATE, and return whether this call did it."""
    won = session.exec(
        update(Offer)
        .where(col(Offer.id) == offer.id, col(Offer.status) == SENT)
        .values(status=status, answered_at=clock.now(), **values)
    ).rowcount
    session.refresh(offer)
    return won == 1


def already(offer: Offer) -> str:
    """Return why an offer cannot be answered any more."""
    match offer.status:
        case OfferStatus.SENT:
            return _("This offer is open.")
        case OfferStatus.ACCEPTED:
            return _("This offer is already accepted.")
        case OfferStatus.DECLINED:
            return _("This offer is already declined.")
        case OfferStatus.WITHDRAWN:
            return _("This offer was withdrawn.")
        case OfferStatus.EXPIRED:
            return _("This offer has expired.")


def record(
    session: Session,
    actor: Actor | None,
    offer: Offer,
    action: str,
    *,
    contract_id: int | None = None,
) -> None:
    """Write down an act on an offer."""
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=f"offer:{offer.id}",
        contract_id=contract_id,
        words=f"terms {offer.terms_hash[:12]}",
    )


def tell(
    session: Session,
    offer: Offer,
    party_id: int,
    kind: str,
    words: Mapping[str, Word],
    *,
    by: Actor | None,
    href: str = "",
) -> None:
    """Notify one side, and wake what both have open."""
    tellings.tell_owners(
        session,
        party_id,
        kind,
        href=href or routes.offer(offer.public_id),
        words={"title": offer.title, **words},
        by=by.party_name if by else "",
    )
    events.announce(session, events.offer_topic(offer.public_id))
    tellings.wake_parties(session, offer.client_party_id, offer.freelancer_party_id)


@doors.register(routes.OFFERS)
def open_page(session: Session, actor: Actor, parts: Sequence[str]) -> None:
    """Open the pages of an offer.

    Raises:
        NotFoundError: there is none for this actor.
    """
    get(session, actor=actor, offer_id="".join(parts[:1]))
