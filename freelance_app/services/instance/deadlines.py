"""The one engine of deadlines: set, cancel, run when due, and tell what is left."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, bindparam, or_
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, func, select, update

from freelance_app import clock, db
from freelance_app.models import Deadline, DeadlineStatus
from freelance_app.services.instance import effects, events, policies
from freelance_app.text import _, moment_text

ClockTone = Literal["amber", "blue", "red", "gray"]
URGENT = timedelta(hours=48)
LEASE = timedelta(minutes=2)
MAX_TRIES = 8
HOUR, MINUTE = 3600, 60


@dataclass(frozen=True, slots=True)
class ClockView:
    """A deadline: what is left, when it ends, what then happens by itself."""

    left: str = ""
    ends_at: str = ""
    percent_left: int = 0
    tone: ClockTone = "amber"
    effect: str = ""


NO_CLOCK = ClockView()


@dataclass(frozen=True, slots=True)
class DueDeadline:
    """A claimed deadline, and how many times it was claimed."""

    id: int
    effect: str
    subject_id: int
    tries: int = 1


def set_deadline(
    session: Session,
    *,
    effect: str,
    subject_id: int,
    due_at: datetime,
    contract_id: int | None = None,
) -> None:
    """Let an effect happen to a subject at a moment, in place of a running one of the same kind."""
    cancel(session, effect, subject_id=subject_id)
    session.add(
        Deadline(
            effect=effect,
            subject_id=subject_id,
            contract_id=contract_id,
            starts_at=clock.now(),
            due_at=due_at,
        )
    )
    session.flush()


_CANCEL = (
    update(Deadline)
    .where(
        col(Deadline.effect).in_(bindparam("effects", expanding=True)),
        col(Deadline.subject_id) == bindparam("subject"),
        col(Deadline.status) == DeadlineStatus.DUE,
    )
    .values(status=DeadlineStatus.CANCELLED)
)


def cancel(session: Session, *effects: str, subject_id: int) -> None:
    """Stop the running deadlines of these effects; nothing happens when there are none."""
    db.change(session, _CANCEL, effects=effects, subject=subject_id)


def running(session: Session, *, effect: str, subject_id: int) -> Deadline | None:
    """Return the running deadline of an effect on a subject; the caller has checked who asks."""
    return session.exec(
        select(Deadline).where(
            Deadline.effect == effect,
            Deadline.subject_id == subject_id,
            Deadline.status == DeadlineStatus.DUE,
        )
    ).first()


_RUNNING = sql_select(col(Deadline.id)).where(
    col(Deadline.effect) == bindparam("effect"),
    col(Deadline.subject_id) == bindparam("subject"),
    col(Deadline.status) == DeadlineStatus.DUE,
)


def is_running(session: Session, *, effect: str, subject_id: int) -> bool:
    """Whether an effect on a subject has a running deadline."""
    running = db.ask(session, _RUNNING, effect=effect, subject=subject_id)
    return running.first() is not None


def set_reminder(
    session: Session,
    *,
    effect: str,
    subject_id: int,
    due_at_of_main: datetime,
    contract_id: int | None = None,
) -> None:
    """Let the next reminder of another deadline happen: 7, 2 or 1 days before it, then no more.

    Reminders are a chain, since one effect runs once at a time for a subject. Whoever sets the main
    deadline calls this with the reminder's effect; that effect tells the person and calls this
    again with the same values, which sets the next one. Whoever cancels the main deadline cancels
    this effect too. A worker that was away for days skips the reminders it missed::

        deadlines.set_deadline(session, effect=AUTO_RELEASE, subject_id=7, due_at=ends_at)
        deadlines.set_reminder(session, effect=REMINDER, subject_id=7, due_at_of_main=ends_at)

        @effects.register(REMINDER)
        def remind(session, *, subject_id):
            main = deadlines.running(session, effect=AUTO_RELEASE, subject_id=subject_id)
            if main:
                notices.notify(...)
                deadlines.set_reminder(
                    session, effect=REMINDER, subject_id=subject_id, due_at_of_main=main.due_at
                )

    Args:
        session: a write unit of work.
        effect: name of the reminder's effect, such as milestone.reminder.
        subject_id: row id of what is reminded of.
        due_at_of_main: when the other deadline ends.
        contract_id: row id of the contract whose sides see it.
    """
    cancel(session, effect, subject_id=subject_id)
    now = clock.now()
    after = max(now, _last_done(session, effect, subject_id) or now)
    moments = (due_at_of_main - timedelta(days=days) for days in policies.REMINDER_DAYS)
    if coming := [moment for moment in moments if moment > after]:
        set_deadline(
            session,
            effect=effect,
            subject_id=subject_id,
            due_at=min(coming),
            contract_id=contract_id,
        )


def _last_done(session: Session, effect: str, subject_id: int) -> datetime | None:
    """Return when the newest reminder was due: a clock that went back must not repeat it."""
    return session.exec(
        select(func.max(Deadline.due_at)).where(
            Deadline.effect == effect,
            Deadline.subject_id == subject_id,
            Deadline.status == DeadlineStatus.DONE,
        )
    ).one()


def claim_due(session: Session) -> DueDeadline | None:
    """Take one due deadline for two minutes; a worker that dies leaves it due again."""
    now = clock.now()
    due = (
        select(Deadline.id)
        .where(
            Deadline.status == DeadlineStatus.DUE,
            Deadline.due_at <= now,
            Deadline.tries < MAX_TRIES,
            _is_free(now),
        )
        .order_by(col(Deadline.due_at), col(Deadline.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.exec(
        update(Deadline)
        .where(col(Deadline.id) == due.scalar_subquery())
        .values(leased_until=now + LEASE, tries=Deadline.tries + 1)
        .returning(Deadline)
    ).scalar_one_or_none()
    return DueDeadline(row.id, row.effect, row.subject_id, row.tries) if row else None


def hold_all(session: Session, *, until: datetime | None) -> None:
    """Keep every running deadline from the workers until a moment, or give all back with None.

    For a command that acts in the past beside a living server, on a database of its own people.
    """
    held = update(Deadline).where(col(Deadline.status) == DeadlineStatus.DUE)
    session.exec(held.values(leased_until=until))


def next_held(session: Session) -> DueDeadline | None:
    """Return the earliest deadline that is due now, for who holds them all."""
    found = select(Deadline).where(
        Deadline.status == DeadlineStatus.DUE, Deadline.due_at <= clock.now()
    )
    row = session.exec(found.order_by(col(Deadline.due_at), col(Deadline.id)).limit(1)).first()
    return DueDeadline(row.id, row.effect, row.subject_id) if row else None


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(col(Deadline.leased_until).is_(None), col(Deadline.leased_until) <= now)


def run(session: Session, *, due: DueDeadline) -> None:
    """Run a claimed deadline's effect and mark it done, in one unit of work.

    A deadline that was cancelled since its claim, or that another worker ran, does nothing.
    """
    if finish(session, due=due):
        effects.run(session, due.effect, subject_id=due.subject_id)
        events.announce(session, events.WORKER)


def finish(session: Session, *, due: DueDeadline) -> bool:
    """Mark a claimed deadline done and return whether this call did it."""
    done = session.exec(
        update(Deadline)
        .where(col(Deadline.id) == due.id, col(Deadline.status) == DeadlineStatus.DUE)
        .values(status=DeadlineStatus.DONE)
    )
    return done.rowcount == 1


def put_off(session: Session, *, due: DueDeadline) -> None:
    """Try a deadline again later, since its effect raised a bug; each wait is twice the last."""
    wait = LEASE * 2 ** (due.tries - 1) if due.tries < MAX_TRIES else timedelta()
    session.exec(
        update(Deadline)
        .where(
            col(Deadline.id) == due.id,
            col(Deadline.status) == DeadlineStatus.DUE,
            col(Deadline.tries) == due.tries,
        )
        .values(leased_until=clock.now() + wait)
    )


def give_up(session: Session) -> list[DueDeadline]:
    """Stop trying what failed MAX_TRIES times, or killed that many workers, and return it.

    The rows stay, to be seen and mended by an operator.
    """
    rows = session.exec(
        update(Deadline)
        .where(
            col(Deadline.status) == DeadlineStatus.DUE,
            col(Deadline.tries) >= MAX_TRIES,
            _is_free(clock.now()),
        )
        .values(status=DeadlineStatus.FAILED)
        .returning(Deadline)
    ).scalars()
    return [DueDeadline(row.id, row.effect, row.subject_id, row.tries) for row in rows]


def clock_of(
    deadline: Deadline | None, *, effect: str = "", tone: ClockTone = "amber"
) -> ClockView:
    """Return the clock of a deadline in the actor's language and zone; an empty one for None."""
    if deadline is None:
        return NO_CLOCK
    left = max(deadline.due_at - clock.now(), timedelta())
    whole = max((deadline.due_at - deadline.starts_at).total_seconds(), 1)
    return ClockView(
        left=left_words(left),
        ends_at=moment_text(deadline.due_at),
        percent_left=min(100, int(100 * left.total_seconds() // whole)),
        tone="red" if left < URGENT and tone == "amber" else tone,
        effect=effect,
    )


def left_words(left: timedelta) -> str:
    """Return a span such as "12 d 3 h left"."""
    hours, rest = divmod(left.seconds, HOUR)
    if left.days:
        return _("{days} d {hours} h left").format(days=left.days, hours=hours)
    if hours:
        return _("{hours} h left").format(hours=hours)
    return _("{minutes} min left").format(minutes=rest // MINUTE)
