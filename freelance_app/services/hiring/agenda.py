"""What comes in seven days, and this week: work that is due, reviews and offers that end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from freelance_app import clock, routes
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
from freelance_app.security.actor import Actor
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


def _is_side(actor: Actor, table: type[Contract] | type[Offer]) -> ColumnElement[bool]:
    side = table.client_party_id if actor.is_company else table.freelancer_party_id
    return col(side) == actor.party_id


def _due_work(session: Session, actor: Actor) -> Iterator[Appointment]:
    today = _today()
    rows = session.exec(
        select(Milestone, Contract)
        .join(Contract, col(Contract.id) == Milestone.contract_id)
        .where(
            _is_side(actor, Contract),
            Contract.status == ContractStatus.ACTIVE,
            col(Milestone.status).in_([MilestoneStatus.FUNDED, MilestoneStatus.CHANGES_REQUESTED]),
            Milestone.due_on >= today,
            Milestone.due_on < today + timedelta(days=DAYS),
        )
        .order_by(col(Milestone.due_on))
        .limit(MOST)
    )
    for milestone, contract in rows:
        title = _("{title} is due").format(title=milestone.title)
        href = routes.contract(contract.public_id)
        yield _whole_day(milestone.due_on, title, contract.title, href)


def _ending_reviews(session: Session, actor: Actor) -> Iterator[Appointment]:
    rows = session.exec(
        select(Deadline, Milestone, Contract)
        .join(Milestone, col(Milestone.id) == Deadline.subject_id)
        .join(Contract, col(Contract.id) == Milestone.contract_id)
        .where(
            _is_side(actor, Contract),
            Deadline.effect == AUTO_RELEASE,
            Deadline.status == DeadlineStatus.DUE,
            Deadline.due_at < _end(),
        )
        .order_by(col(Deadline.due_at))
        .limit(MOST)
    )
    for deadline, milestone, contract in rows:
        title = _("{title} is released by itself").format(title=milestone.title)
        href = routes.contract(contract.public_id)
        yield _moment(deadline.due_at, title, contract.title, href)


def _ending_offers(session: Session, actor: Actor) -> Iterator[Appointment]:
    rows = session.exec(
        select(Offer)
        .where(
            _is_side(actor, Offer),
            Offer.status == OfferStatus.SENT,
            Offer.expires_at > clock.now(),
            Offer.expires_at < _end(),
        )
        .order_by(col(Offer.expires_at))
        .limit(MOST)
    )
    for offer in rows:
        yield _moment(
            offer.expires_at, _("An offer expires"), offer.title, routes.offer(offer.public_id)
        )


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
