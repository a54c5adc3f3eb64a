"""Every deadline of a contract, as both sides see it, each in their own zone."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from freelance_app import clock
from freelance_app.models import Contract, Milestone, MilestoneStatus
from freelance_app.services.contracts import milestone_views, milestones
from freelance_app.services.contracts.milestones import DRAFT, RELEASED, SUBMITTED
from freelance_app.services.instance import deadlines
from freelance_app.services.instance.deadlines import ClockTone
from freelance_app.services.instance.views import ClockView
from freelance_app.text import _, day_text, zone_of_actor


def list_for(session: Session, contract: Contract) -> list[ClockView]:
    """Return the running clocks, the next one first; the caller has checked who asks."""
    rows = milestones.of_contract(session, contract)
    found = [*_reviews(session, contract, rows), *_due_days(contract, rows)]
    return [view for _at, view in sorted(found, key=lambda each: each[0])]


def _reviews(
    session: Session, contract: Contract, rows: Sequence[Milestone]
) -> Iterator[tuple[datetime, ClockView]]:
    by_id = {row.id: row for row in rows}
    for milestone_id, review in milestone_views.reviews_of(session, contract).items():
        row = by_id[milestone_id]
        words = _("Milestone {number}: {amount} released by itself").format(
            number=row.number, amount=milestones.rest(row, contract).format()
        )
        yield review.due_at, deadlines.clock_of(review, effect=words)


def _due_days(
    contract: Contract, rows: Sequence[Milestone]
) -> Iterator[tuple[datetime, ClockView]]:
    for row in rows:
        if row.status not in {SUBMITTED, RELEASED}:
            since = contract.accepted_at
            yield due_day(row.number, row.due_on, status=row.status, since=since)
    if any(row.status is not RELEASED for row in rows):
        words = _("Deadline of the contract")
        yield _day_clock(contract.ends_on, contract.accepted_at, words, "gray")


def due_day(
    number: int, due_on: date, *, status: MilestoneStatus, since: datetime
) -> tuple[datetime, ClockView]:
    """Return the end of the day on which a milestone is due, and its clock since the signing."""
    words = _("Milestone {number} due; no money moves").format(number=number)
    tone: ClockTone = "gray" if status is DRAFT else "blue"
    return _day_clock(due_on, since, words, tone)


def _day_clock(
    day: date, since: datetime, words: str, tone: ClockTone
) -> tuple[datetime, ClockView]:
    """Return the clock of a day's end in the reader's zone; an agreed day moves no money."""
    ends_at = datetime.combine(day + timedelta(days=1), time(), zone_of_actor())
    left = max(ends_at - clock.now(), timedelta())
    whole = max((ends_at - since).total_seconds(), 1)
    view = ClockView(
        left=deadlines.left_words(left) if left else _("Day has passed"),
        ends_at=day_text(day),
        percent_left=min(100, int(100 * left.total_seconds() // whole)),
        tone=tone,
        effect=words,
    )
    return ends_at, view
