"""Notices: one table of kinds, an in-app row and a mail for each person told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, func, select, update

from freelance_app import clock, db
from freelance_app.errors import NotFoundError
from freelance_app.markup import one_line
from freelance_app.models import Notice
from freelance_app.money import Money, MoneyView
from freelance_app.security.actor import Actor
from freelance_app.services.instance import deadlines, events, keyset, outbox, readers
from freelance_app.services.instance.keyset import FIRST, Place
from freelance_app.services.instance.readers import Reader
from freelance_app.services.instance.views import PersonView, person_view
from freelance_app.settings import settings
from freelance_app.text import _, day_text, moment_text, ngettext, recent_text, speaking

PAGE = 20
Word = str | Money | datetime | date | timedelta


@dataclass(frozen=True, slots=True)
class Subject:
    """What a notice is about.

    Attributes:
        href: path of the page to open.
        words: values for the kind's sentences, such as {"title": ...}. Give money, moments, days
            and spans as such: they are told in the reader's language and zone, not the actor's.
        actor_name: who did it; empty for what happens by itself.
    """

    href: str
    words: Mapping[str, Word]
    actor_name: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """Title and detail with {words}; `by_mail` says whether a mail goes out too."""

    title: str
    detail: str
    by_mail: bool = True


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice for its reader.

    Attributes:
        icon: what it is about, such as milestone; shown when nobody did it.
        who: who did it; without initials when it happened by itself.
    """

    id: str
    icon: str
    title: str
    detail: str
    href: str
    at: str
    iso: str
    is_unread: bool
    who: PersonView


@dataclass(frozen=True, slots=True)
class NoticesView:
    """A page of notices; the keys lead to older and newer ones, `unread` counts all of them."""

    notices: list[NoticeView] = field(default_factory=list[NoticeView])
    older: str = ""
    newer: str = ""
    has_unread: bool = False
    unread: str = ""


def _mark(sentence: str) -> str:
    """Mark a sentence for the catalogue; it is translated when somebody is told."""
    return sentence


# Babel finds these by the keyword _mark.
KINDS: dict[str, Kind] = {
    "job.changed": Kind(
        _mark("A job that you answered has changed"), _mark("{title}. Changed: {changes}.")
    ),
    "proposal.received": Kind(
        _mark("{actor} sent a proposal"), _mark("{title}, {amount}. Read it and answer.")
    ),
    "proposal.declined": Kind(
        _mark("Your proposal was declined"), _mark("{title}. Reason: {reason}")
    ),
    "message.received": Kind(_mark("{actor} wrote to you"), _mark("{title}: {opening}")),
    "offer.received": Kind(
        _mark("{actor} sent you an offer"),
        _mark("{title}, {amount}. Accept or decline it until {until}."),
    ),
    "offer.accepted": Kind(
        _mark("{actor} accepted your offer"),
        _mark("{title}. Fund the first milestone so that the work can start."),
    ),
    "offer.declined": Kind(_mark("{actor} declined your offer"), _mark("{title}. {reason}")),
    "offer.withdrawn": Kind(_mark("{actor} withdrew an offer"), _mark("{title}.")),
    "offer.expired": Kind(
        _mark("An offer has expired"), _mark("{title}. Nobody answered in time.")
    ),
    "deposit.settled": Kind(
        _mark("Your deposit of {amount} has arrived"), _mark("Reference {reference}. {outcome}")
    ),
    "milestone.funded": Kind(
        _mark("{title} is funded"), _mark("{amount} is held. The work can start.")
    ),
    "milestone.submitted": Kind(
        _mark("{actor} submitted {title}"),
        _mark("Approve {amount} or ask for changes until {until}; then it is released by itself."),
    ),
    "milestone.changes_requested": Kind(
        _mark("{actor} asks for changes to {title}"),
        _mark("The clock is stopped until you submit."),
    ),
    "milestone.released": Kind(
        _mark("{amount} was released to you"), _mark("{title}. Ask for a payout when you like.")
    ),
    "milestone.auto_released": Kind(
        _mark("{title} was released by itself"), _mark("{amount}: the review time had ended.")
    ),
    "milestone.reminder": Kind(
        _mark("Review {title}: {left}"), _mark("{amount} is released by itself on {until}.")
    ),
    "payout.requested": Kind(
        _mark("{actor} asks for a payout"), _mark("{amount}. Send it and mark it as sent.")
    ),
    "payout.paid": Kind(_mark("Your payout of {amount} was sent"), _mark("To {account}.")),
    "payout.failed": Kind(
        _mark("Your payout of {amount} failed"),
        _mark("The money is back in your earnings. Reason: {reason}"),
    ),
    "payout.returned": Kind(
        _mark("Your payout of {amount} came back"),
        _mark("The money is back in your earnings. Reason: {reason}"),
    ),
    "payout_method.added": Kind(
        _mark("A bank account was added for your payouts"),
        _mark(
            "{account}, usable from {until}. If it was not you, remove it and change the password."
        ),
    ),
    "deposit.announced": Kind(
        _mark("{actor} announced a deposit"), _mark("{amount}, reference {reference}.")
    ),
}


def notify(session: Session, *, person_id: int, kind: str, subject: Subject) -> None:
    """Tell a person, in that person's language and zone: a row for the bell, and a mail.

    Raises:
        KeyError: no such kind, or its sentence needs a word that the subject lacks (a bug).
    """
    tell(session, readers.get(session, person_id), kind=kind, subject=subject)


def tell(session: Session, reader: Reader, *, kind: str, subject: Subject) -> None:
    """Tell a person who was looked up before; else as `notify`."""
    with speaking(reader.language, reader.time_zone):
        words = {name: _word(value) for name, value in subject.words.items()}
        words["actor"] = subject.actor_name
        title = _(KINDS[kind].title).format(**words)
        detail = _(KINDS[kind].detail).format(**words)
    notice = {
        "person_id": reader.person_id,
        "kind": kind,
        "title": title[:200],
        "detail": detail[:300],
        "href": subject.href,
        "actor_name": subject.actor_name,
        "created_at": clock.now(),
    }
    db.insert(session, Notice, notice)
    if KINDS[kind].by_mail:
        outbox.post(
            session,
            person_id=reader.person_id,
            address=reader.email,
            subject=title[:200],
            body=detail,
            link=f"{settings.public_url}{subject.href}",
        )
    events.announce(session, events.person_topic(reader.person_id))


def _word(value: Word) -> str:
    match value:
        case Money():
            return MoneyView.of(value).text
        case datetime():
            return moment_text(value)
        case date():
            return day_text(value)
        case timedelta():
            return deadlines.left_words(value)
        case _:
            return one_line(value)


def list_for(session: Session, *, actor: Actor, place: Place = FIRST) -> NoticesView:
    """Return a page of what the actor was told, newest first, whichever party it was about."""
    query = select(Notice).where(Notice.person_id == actor.person_id)
    page = keyset.read(session, query, Notice, place=place, most=PAGE)
    unread = unread_count(session, actor=actor)
    return NoticesView(
        notices=[_view(notice) for notice in page.rows],
        older=page.older,
        newer=page.newer,
        has_unread=bool(unread),
        unread=_unread_words(unread),
    )


_LATEST = (
    sql_select(*Notice.metadata.tables["notice"].columns)
    .where(col(Notice.person_id) == bindparam("person_id"))
    .order_by(col(Notice.id).desc())
    .limit(bindparam("most"))
)


def latest_for(session: Session, *, actor: Actor, most: int) -> list[NoticeView]:
    """Return the last things that the actor was told, newest first."""
    return [_view(row) for row in db.ask(session, _LATEST, person_id=actor.person_id, most=most)]


def unread_count(session: Session, *, actor: Actor) -> int:
    """Return how many of the actor's notices are unread."""
    unread = select(func.count()).where(
        Notice.person_id == actor.person_id, col(Notice.read_at).is_(None)
    )
    return session.exec(unread).one()


def mark_read(session: Session, *, actor: Actor, notice_id: str) -> str:
    """Mark one of the actor's notices as read and return its link; nothing happens when it was.

    Raises:
        NotFoundError: the actor has no such notice.
    """
    known = select(Notice.id, Notice.href).where(
        Notice.public_id == notice_id, Notice.person_id == actor.person_id
    )
    found = session.exec(known).first()
    if found is None:
        raise NotFoundError(_("There is no such notice."))
    row_id, href = found
    session.exec(
        update(Notice)
        .where(col(Notice.id) == row_id, col(Notice.read_at).is_(None))
        .values(read_at=clock.now())
    )
    events.announce(session, events.person_topic(actor.person_id))
    return href


def mark_all_read(session: Session, *, actor: Actor) -> int:
    """Mark all of the actor's notices as read and return how many were not."""
    marked = session.exec(
        update(Notice)
        .where(col(Notice.person_id) == actor.person_id, col(Notice.read_at).is_(None))
        .values(read_at=clock.now())
    ).rowcount
    events.announce(session, events.person_topic(actor.person_id))
    return marked


def _unread_words(count: int) -> str:
    if not count:
        return _("Nothing new.")
    return ngettext("{count} new notice.", "{count} new notices.", count).format(count=count)


def _view(notice: Any) -> NoticeView:
    name = notice.actor_name
    return NoticeView(
        id=notice.public_id,
        icon=notice.kind.split(".")[0],
        title=notice.title,
        detail=notice.detail,
        href=notice.href,
        at=recent_text(notice.created_at, now=clock.now()),
        iso=notice.created_at.isoformat(),
        is_unread=notice.read_at is None,
        who=person_view(name, row_id=sum(map(ord, name))) if name else PersonView(),
    )
