"""What comes in seven days, and this week: work that is due, reviews and offers that end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, label, or_, select
from sqlmodel import Session, col

from freelance_app import clock, db, routes
from freelance_app.models import (
    Contract,
    ContractStatus,
    Deadline,
    DeadlineStatus,
    Milestone,
    MilestoneStatus,
    Offer,
    OfferStatus,
)
from freelance_app.models.base import UtcDateTime
from freelance_app.security.actor import Actor
from freelance_app.services.instance.numbers import PARTY_ID
from freelance_app.services.instance.views import AppointmentView, DayView
from freelance_app.text import _, date_text, time_text, zone_of_actor

DAYS = 7
MOST = 6
AUTO_RELEASE = "milestone.auto_release"


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something on a day in the actor's zone."""

    on: date
    view: AppointmentView


def _sides(build: Callable[[Any], Any], table: type[Contract] | type[Offer]) -> dict[bool, Any]:
    """Return a SELECT of columns for each side, built once, by whether the side is the client."""
    client, freelancer = col(table.client_party_id), col(table.freelancer_party_id)
    return {True: build(client == PARTY_ID), False: build(freelancer == PARTY_ID)}


def _work(is_side: ColumnElement[bool]) -> Any:
    due_on = col(Milestone.due_on)
    return (
        select(*_OF_CONTRACT, label("on", due_on))
        .join(Contract, col(Contract.id) == Milestone.contract_id)
        .where(
            is_side,
            col(Contract.status) == ContractStatus.ACTIVE,
            or_(
                col(Milestone.status) == MilestoneStatus.FUNDED,
                col(Milestone.status) == MilestoneStatus.CHANGES_REQUESTED,
            ),
            due_on >= bindparam("today"),
            due_on < bindparam("end"),
        )
        .order_by(due_on, col(Milestone.id))
        .limit(MOST)
    )


def _reviews(is_side: ColumnElement[bool]) -> Any:
    """Begin with the side's contracts: an inner join would walk every review of the market."""
    running = and_(
        col(Deadline.subject_id) == Milestone.id,
        col(Deadline.effect) == AUTO_RELEASE,
        col(Deadline.status) == DeadlineStatus.DUE,
    )
    due_at, end = col(Deadline.due_at), bindparam("end", type_=UtcDateTime())
    return (
        select(*_OF_CONTRACT, label("at", due_at))
        .join(Contract, col(Contract.id) == Milestone.contract_id)
        .outerjoin(Deadline, running)
        .where(
            is_side,
            col(Contract.status) == ContractStatus.ACTIVE,
            col(Milestone.status) == MilestoneStatus.SUBMITTED,
            func.coalesce(due_at, end) < end,
        )
        .order_by(due_at, col(Milestone.id))
        .limit(MOST)
    )


def _offers(is_side: ColumnElement[bool]) -> Any:
    at = col(Offer.expires_at)
    return (
        select(
            label("public_id", col(Offer.public_id)),
            label("about", col(Offer.title)),
            label("at", at),
        )
        .where(
            is_side,
            col(Offer.status) == OfferStatus.SENT,
            at > bindparam("now"),
            at < bindparam("end"),
        )
        .order_by(at, col(Offer.id))
        .limit(MOST)
    )


_OF_CONTRACT = (
    label("title", col(Milestone.title)),
    label("about", col(Contract.title)),
    label("public_id", col(Contract.public_id)),
)
_WORK, _REVIEWS = _sides(_work, Contract), _sides(_reviews, Contract)
_OFFERS = _sides(_offers, Offer)


def coming(session: Session, *, actor: Actor) -> list[Appointment]:
    """Return what comes for the actor's party, the earliest first."""
    if not actor.party_id:
        return []
    found = [
        *_due_work(session, actor),
        *_ending_reviews(session, actor),
        *_ending_offers(session, actor),
    ]
    return sorted(found, key=lambda each: (each.on, not each.view.at, each.view.at))[:MOST]


def days(appointments: list[Appointment]) -> list[DayView]:
    """Return the strip of this week, from Monday on."""
    busy = {each.on for each in appointments}
    today = _today()
    monday = today - timedelta(days=today.weekday())
    strip = [monday + timedelta(days=number) for number in range(DAYS)]
    return [
        DayView(
            name=date_text(day, "EEE"),
            number=str(day.day),
            is_busy=day in busy,
            is_today=day == today,
        )
        for day in strip
    ]


def _today() -> date:
    return clock.now().astimezone(zone_of_actor()).date()


def _end() -> datetime:
    """Return the end of the last of the seven days."""
    here = clock.now().astimezone(zone_of_actor())
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=DAYS)


def _due_work(session: Session, actor: Actor) -> Iterator[Appointment]:
    today = _today()
    asked = {"party_id": actor.party_id, "today": today, "end": today + timedelta(days=DAYS)}
    for row in db.ask(session, _WORK[actor.is_company], **asked):
        title = _("{title} is due").format(title=row.title)
        yield _whole_day(row.on, title, row.about, routes.contract(row.public_id))


def _ending_reviews(session: Session, actor: Actor) -> Iterator[Appointment]:
    asked = {"party_id": actor.party_id, "end": _end()}
    for row in db.ask(session, _REVIEWS[actor.is_company], **asked):
        title = _("{title} is released by itself").format(title=row.title)
        yield _moment(row.at, title, row.about, routes.contract(row.public_id))


def _ending_offers(session: Session, actor: Actor) -> Iterator[Appointment]:
    asked = {"party_id": actor.party_id, "now": clock.now(), "end": _end()}
    for row in db.ask(session, _OFFERS[actor.is_company], **asked):
        title = _("An offer expires")
        yield _moment(row.at, title, row.about, routes.offer(row.public_id))


def _whole_day(on: date, title: str, about: str, href: str) -> Appointment:
    view = AppointmentView(day=_day_name(on), at="", title=title, about=about, href=href)
    return Appointment(on, view)


def _moment(at: datetime, title: str, about: str, href: str) -> Appointment:
    on = at.astimezone(zone_of_actor()).date()
    view = AppointmentView(day=_day_name(on), at=time_text(at), title=title, about=about, href=href)
    return Appointment(on, view)


def _day_name(on: date) -> str:
    """Return ``Thu`` of this week, ``Mon 23`` of the next one."""
    today = _today()
    is_this_week = (on - today).days < DAYS - today.weekday()
    return date_text(on, "EEE" if is_this_week else "EEE d")
