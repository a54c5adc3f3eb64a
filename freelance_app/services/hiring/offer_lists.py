"""Offers in lists: those of a party, and those that wait for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ScalarSelect, and_, label
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, func, select

from freelance_app import db, routes
from freelance_app.models import Deadline, DeadlineStatus, Offer, OfferMilestone, Party
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.hiring import offer_rows, offer_views
from freelance_app.services.hiring.offer_rows import EXPIRE, SENT
from freelance_app.services.instance import counts, deadlines, keyset, needs, numbers
from freelance_app.services.instance.keyset import FIRST, Place
from freelance_app.services.instance.needs import Need
from freelance_app.services.instance.numbers import PARTY_ID
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


def _waiting(own: Any, other: Any) -> Any:
    """Return the SELECT of the open offers of one side, with the other's name; built once."""
    parts = select(func.sum(OfferMilestone.amount_minor)).where(OfferMilestone.offer_id == Offer.id)
    clock = and_(
        col(Deadline.subject_id) == Offer.id,
        col(Deadline.effect) == EXPIRE,
        col(Deadline.status) == DeadlineStatus.DUE,
    )
    return (
        sql_select(
            label("public_id", col(Offer.public_id)),
            label("title", col(Offer.title)),
            label("currency", col(Offer.currency)),
            label("expires_at", col(Offer.expires_at)),
            label("other", col(Party.name)),
            label("total", func.coalesce(parts.scalar_subquery(), 0)),
            label("starts_at", col(Deadline.starts_at)),
            label("due_at", col(Deadline.due_at)),
        )
        .join(Party, col(Party.id) == other)
        .outerjoin(Deadline, clock)
        .where(col(own) == PARTY_ID, col(Offer.status) == SENT)
    )


_RECEIVED = _waiting(Offer.freelancer_party_id, Offer.client_party_id)
_SENT = _waiting(Offer.client_party_id, Offer.freelancer_party_id)
_FIRST = (col(Offer.expires_at), col(Offer.id))
_RECEIVED_FIRST = _RECEIVED.order_by(*_FIRST).limit(ROWS)
_SENT_FIRST = _SENT.order_by(*_FIRST).limit(ROWS)


@counts.register_number("offers")
def count_waiting(role: Actor) -> ScalarSelect[int] | None:
    """Return the number of offers that wait for the actor's answer."""
    waiting = _RECEIVED.with_only_columns(func.count())
    return waiting.scalar_subquery() if role.is_freelancer else None


@needs.register_number
def count_needs(role: Actor) -> ScalarSelect[int] | None:
    """Return the number of those that are listed."""
    waiting = _RECEIVED.with_only_columns(col(Offer.id))
    return numbers.at_most(waiting, ROWS) if role.is_freelancer else None


@needs.register
def list_needs(session: Session, *, actor: Actor) -> list[Need]:
    """Return the offers that wait for the actor's answer."""
    if not actor.is_freelancer:
        return []
    title, act = _("Answer the offer of {name}"), _("Answer")
    return [
        _need(row, title=title, status="waits_for_you", act=act)
        for row in db.ask(session, _RECEIVED_FIRST, party_id=actor.party_id)
    ]


@needs.register_waits
def list_waits(session: Session, *, actor: Actor) -> list[Need]:
    """Return the offers of the actor's company that wait for a freelancer's answer."""
    if not actor.is_company:
        return []
    title = _("{name} answers your offer")
    return [
        _need(row, title=title, status="waits_for_other", act="")
        for row in db.ask(session, _SENT_FIRST, party_id=actor.party_id)
    ]


def _need(row: Any, *, title: str, status: str, act: str) -> Need:
    effect = _("Then the offer expires by itself.")
    todo = TodoView(
        kind="offer",
        title=title.format(name=row.other),
        about=row.title,
        status=status,
        amount=Money(int(row.total), row.currency).format(),
        who=row.other,
        clock=deadlines.clock_of(row if row.due_at else None, effect=effect),
        act=act,
        href=routes.offer(row.public_id),
    )
    return Need(todo, row.expires_at)
