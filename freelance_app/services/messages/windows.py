"""Which messages of a room a page shows, as its reader sees them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, label, select
from sqlmodel import Session, col

from freelance_app import clock, db
from freelance_app.markup import SafeHtml, render
from freelance_app.models import Message, Party, Person
from freelance_app.security.actor import Actor
from freelance_app.services.instance.views import person_view
from freelance_app.text import _, day_text, time_text

PAGE = 30
MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message for one reader; `day` stands above the first of a day and is empty otherwise."""

    id: str
    author: str
    party: str
    initials: str
    tint: str
    is_mine: bool
    body: SafeHtml
    at: str
    iso: str
    date: str
    day: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """Rows of messages in order of time, and whether there are more beyond the far end."""

    rows: Sequence[Any]
    has_more: bool


# Of columns, and built once: whole entities and a new query cost more than the database itself.
_ROWS = (
    select(
        label("id", col(Message.id)),
        label("public_id", col(Message.public_id)),
        label("author_id", col(Message.author_id)),
        label("party_id", col(Message.party_id)),
        label("body", col(Message.body)),
        label("created_at", col(Message.created_at)),
        label("author", col(Person.name)),
        label("party", col(Party.name)),
    )
    .join(Person, col(Person.id) == Message.author_id)
    .join(Party, col(Party.id) == Message.party_id)
    .where(col(Message.room_id) == bindparam("room"))
    .limit(bindparam("most"))
)
_NEWEST = _ROWS.order_by(col(Message.id).desc())
_EDGE = select(col(Message.id)).where(col(Message.public_id) == bindparam("edge")).scalar_subquery()
_BEFORE = _NEWEST.where(col(Message.id) < _EDGE)
_AFTER = _ROWS.order_by(col(Message.id)).where(col(Message.id) > _EDGE)


def newest(session: Session, *, room_id: int, before: str = "") -> Window:
    """Return the newest messages of a room.

    Args:
        session: a unit of work.
        room_id: row id; the caller has checked who asks.
        before: public id of the first message on a page: those before it.
    """
    asked = {"room": room_id, "most": PAGE + 1, **({"edge": before} if before else {})}
    found = db.ask(session, _BEFORE if before else _NEWEST, **asked).all()
    return Window(found[:PAGE][::-1], has_more=len(found) > PAGE)


def after(session: Session, *, room_id: int, last: str) -> Window:
    """Return what was written after the last message on a page; nothing is left out between."""
    found = db.ask(session, _AFTER, room=room_id, most=PAGE + 1, edge=last).all()
    return Window(found[:PAGE], has_more=len(found) > PAGE)


def views(rows: Sequence[Any], *, actor: Actor) -> list[MessageView]:
    """Return messages as the actor sees them, with the day above the first of each day."""
    shown = [_view(row, actor) for row in rows]
    dates = ["", *(view.date for view in shown)]
    return [
        replace(view, day="" if view.date == dates[index] else _day(view.date))
        for index, view in enumerate(shown)
    ]


def _view(row: Any, actor: Actor) -> MessageView:
    who = person_view(row.author, row_id=row.author_id)
    is_mine = row.author_id == actor.person_id
    is_colleague = row.party_id == actor.party_id or row.party == row.author
    return MessageView(
        id=row.public_id,
        author=_("You") if is_mine else row.author,
        party="" if is_mine or is_colleague else row.party,
        initials=who.initials,
        tint=who.tint,
        is_mine=is_mine,
        body=render(row.body),
        at=time_text(row.created_at),
        iso=row.created_at.isoformat(),
        date=day_text(row.created_at),
    )


def _day(date: str) -> str:
    today = clock.now()
    names = {day_text(today): _("Today"), day_text(today - timedelta(days=1)): _("Yesterday")}
    return names.get(date, date)


def meets(earlier: Sequence[MessageView], later: Sequence[MessageView]) -> bool:
    """Whether the earlier ones reach as far as the first of the later ones, none left out."""
    return bool(later) and any(message.id == later[0].id for message in earlier)


def joined(earlier: Sequence[MessageView], later: Sequence[MessageView]) -> list[MessageView]:
    """Return both, the day that they share above its first message alone; none stands twice."""
    known = {message.id for message in earlier}
    fresh = [message for message in later if message.id not in known]
    if earlier and fresh and fresh[0].date == earlier[-1].date:
        fresh[0] = replace(fresh[0], day="")
    return [*earlier, *fresh]


def last_of(rows: Sequence[MessageView]) -> list[MessageView]:
    """Return the last messages, as many as a page shows; the first one tells its day."""
    shown = list(rows[-MOST_SHOWN:])
    if shown and not shown[0].day:
        shown[0] = replace(shown[0], day=shown[0].date)
    return shown
