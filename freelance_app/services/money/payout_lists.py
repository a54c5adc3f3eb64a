"""Lists of payouts: of a party, and for the finance staff."""

from sqlmodel import Session, col, select

from freelance_app.errors import NotFoundError
from freelance_app.models import Party, Payout, PayoutMethod, PayoutStatus
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import access
from freelance_app.services.instance import keyset
from freelance_app.services.money import payout_views, tellings
from freelance_app.services.money.payout_views import PayoutsToSend, PayoutsView
from freelance_app.text import _

ROWS = 20
DECIDED = PayoutStatus.PAID, PayoutStatus.FAILED, PayoutStatus.RETURNED


def newest_of(session: Session, *, actor: Actor) -> str:
    """Return the public id of the newest payout of the actor's party; empty while there is none."""
    own = select(Payout.public_id).where(Payout.party_id == actor.party_id)
    return session.exec(own.order_by(col(Payout.id).desc()).limit(1)).first() or ""


def list_for(session: Session, *, actor: Actor, place: keyset.Place = keyset.FIRST) -> PayoutsView:
    """Return a page of the payouts of the actor's party, the newest first.

    Raises:
        NotFoundError: the actor acts for nobody who is paid.
    """
    if not actor.is_freelancer:
        raise NotFoundError(_("There is nothing here."))
    own = select(Payout).where(Payout.party_id == actor.party_id)
    page = keyset.read(session, own, Payout, place=place, most=ROWS)
    methods = keyset.by_id(session, PayoutMethod, [row.method_id for row in page.rows])
    rows = [payout_views.for_party(row, methods[row.method_id]) for row in page.rows]
    return PayoutsView(rows, page.older, page.newer)


def list_requested(
    session: Session, *, actor: Actor, place: keyset.Place = keyset.FIRST
) -> PayoutsToSend:
    """Return a page of the payouts that wait to be sent, the oldest first, and where to.

    Raises:
        NotFoundError: the actor is no finance staff.
    """
    return _list(session, actor, (PayoutStatus.REQUESTED,), place, keyset.OLDEST)


def list_decided(
    session: Session, *, actor: Actor, place: keyset.Place = keyset.FIRST
) -> PayoutsToSend:
    """Return a page of the payouts that were sent or failed; a sent one may still come back.

    Raises:
        NotFoundError: the actor is no finance staff.
    """
    return _list(session, actor, DECIDED, place)


def _list(
    session: Session,
    actor: Actor,
    statuses: tuple[PayoutStatus, ...],
    place: keyset.Place,
    order: keyset.Order = keyset.NEWEST,
) -> PayoutsToSend:
    access.require_staff(actor, *tellings.FINANCE_ROLES)
    query = select(Payout).where(col(Payout.status).in_(statuses))
    page = keyset.read(session, query, Payout, place=place, most=ROWS, order=order)
    methods = keyset.by_id(session, PayoutMethod, [row.method_id for row in page.rows])
    parties = keyset.by_id(session, Party, [row.party_id for row in page.rows])
    rows = [
        payout_views.for_finance(row, methods[row.method_id], parties[row.party_id])
        for row in page.rows
    ]
    return PayoutsToSend(rows, page.older, page.newer)
