"""Offers in lists: those of a party, and those that wait for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, func, select

from freelance_app import routes
from freelance_app.models import Deadline, DeadlineStatus, Offer, OfferMilestone
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.hiring import offer_rows, offer_views
from freelance_app.services.hiring.offer_rows import EXPIRE, SENT
from freelance_app.services.instance import counts, deadlines, keyset, needs
from freelance_app.services.instance.keyset import FIRST, Place
from freelance_app.services.instance.needs import Need
from freelance_app.services.instance.views import NO_CLOCK, ClockView, PersonView, TodoView
from freelance_app.text import _, moment_text

ROWS = 20


@dataclass(frozen=True, slots=True)
class OfferSummary:
    """An offer in a list."""

    id: str
    href: str
    title: str
    other: PersonView
    status: str
    who: str
    total: str
    clock: ClockView
    sent_at: str


@dataclass(frozen=True, slots=True)
class OffersView:
    """A page of offers, the newest first; the keys lead to the pages beside it."""

    rows: list[OfferSummary] = field(default_factory=list[OfferSummary])
    older: str = ""
    newer: str = ""


def list_for(session: Session, *, actor: Actor, place: Place = FIRST) -> OffersView:
    """Return a page of the offers of the actor's party, the newest first."""
    page = keyset.read(session, offer_rows.visible_to(actor), Offer, place=place, most=ROWS)
    others = offer_views.others(session, page.rows, actor)
    totals, clocks = _totals(session, page.rows), _clocks(session, page.rows)
    rows = [
        _summary(row, actor, others[row.id], totals.get(row.id, 0), clocks.get(row.id, NO_CLOCK))
        for row in page.rows
    ]
    return OffersView(rows, page.older, page.newer)


def _summary(
    row: Offer, actor: Actor, other: PersonView, total_minor: int, clock: ClockView
) -> OfferSummary:
    status, who = offer_views.badge(row, actor, other.name)
    return OfferSummary(
        id=row.public_id,
        href=routes.offer(row.public_id),
        title=row.title,
        other=other,
        status=status,
        who=who,
        total=Money(total_minor, row.currency).format(),
        clock=clock,
        sent_at=_("Sent {moment}").format(moment=moment_text(row.sent_at)),
    )


def _totals(session: Session, rows: Sequence[Offer]) -> dict[int, int]:
    sums = session.exec(
        select(OfferMilestone.offer_id, func.sum(OfferMilestone.amount_minor))
        .where(col(OfferMilestone.offer_id).in_([row.id for row in rows]))
        .group_by(col(OfferMilestone.offer_id))
    )
    return {offer_id: int(total) for offer_id, total in sums}


def _clocks(session: Session, rows: Sequence[Offer]) -> dict[int, ClockView]:
    running = session.exec(
        select(Deadline).where(
            Deadline.effect == EXPIRE,
            Deadline.status == DeadlineStatus.DUE,
            col(Deadline.subject_id).in_([row.id for row in rows]),
        )
    )
    effect = _("Then the offer expires by itself.")
    return {row.subject_id: deadlines.clock_of(row, effect=effect) for row in running}


@counts.register("offers")
def count_waiting(session: Session, actor: Actor) -> int:
    """Return how many offers wait for the actor's answer."""
    waiting = select(func.count()).where(
        Offer.freelancer_party_id == actor.party_id, Offer.status == SENT
    )
    return session.exec(waiting).one() if actor.is_freelancer else 0


@needs.register
def list_needs(session: Session, *, actor: Actor) -> list[Need]:
    """Return the offers that wait for the actor's answer."""
    if not actor.is_freelancer:
        return []
    waiting = offer_rows.visible_to(actor).where(
        Offer.status == SENT, Offer.freelancer_party_id == actor.party_id
    )
    rows = session.exec(waiting.order_by(col(Offer.expires_at)).limit(ROWS)).all()
    if not rows:
        return []
    others, totals = offer_views.others(session, rows, actor), _totals(session, rows)
    clocks = _clocks(session, rows)
    return [
        _need(row, others[row.id].name, totals.get(row.id, 0), clocks.get(row.id, NO_CLOCK))
        for row in rows
    ]


def _need(row: Offer, client: str, total_minor: int, clock: ClockView) -> Need:
    todo = TodoView(
        kind="offer",
        title=_("Answer the offer of {name}").format(name=client),
        about=row.title,
        status="waits_for_you",
        amount=Money(total_minor, row.currency).format(),
        who=client,
        clock=clock,
        act=_("Answer"),
        href=routes.offer(row.public_id),
    )
    return Need(todo, row.expires_at)


@needs.register_waits
def list_waits(session: Session, *, actor: Actor) -> list[Need]:
    """Return the offers of the actor's company that wait for a freelancer's answer."""
    waiting = offer_rows.visible_to(actor).where(
        Offer.status == SENT, Offer.client_party_id == actor.party_id
    )
    rows = session.exec(waiting.order_by(col(Offer.expires_at)).limit(ROWS)).all()
    if not rows:
        return []
    others, totals = offer_views.others(session, rows, actor), _totals(session, rows)
    clocks = _clocks(session, rows)
    return [
        _wait(row, others[row.id].name, totals.get(row.id, 0), clocks.get(row.id, NO_CLOCK))
        for row in rows
    ]


def _wait(row: Offer, freelancer: str, total_minor: int, clock: ClockView) -> Need:
    todo = TodoView(
        kind="offer",
        title=_("{name} answers your offer").format(name=freelancer),
        about=row.title,
        status="waits_for_other",
        amount=Money(total_minor, row.currency).format(),
        who=freelancer,
        clock=clock,
        act="",
        href=routes.offer(row.public_id),
    )
    return Need(todo, row.expires_at)
