"""Outgoing mails: rows first, sent by the worker after the commit, read by an administrator."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import Session, col, select, update

from freelance_app import clock, db
from freelance_app.errors import NotFoundError
from freelance_app.integrations.mail.registry import transport
from freelance_app.integrations.mail.transport import Delivery, Letter, Outcome
from freelance_app.models import Mail, MailStatus
from freelance_app.security.actor import Actor
from freelance_app.services.instance import audit, deadlines, effects, events, keyset
from freelance_app.services.instance.keyset import FIRST, Place
from freelance_app.text import _, moment_text, short_moment_text

LEASE = timedelta(minutes=5)
RETRY = "mail.retry"
PAGE = 25
# Waits between tries; after the last one the mail is given up and seen in the outbox.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
STATUS_OF = {
    Outcome.SENT: MailStatus.SENT,
    Outcome.KEPT: MailStatus.KEPT,
    Outcome.FAILED: MailStatus.FAILED,
    Outcome.REFUSED: MailStatus.FAILED,
    Outcome.UNKNOWN: MailStatus.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class DueMail:
    """A claimed mail: what the worker needs to send it, and no row."""

    id: int
    letter: Letter
    tries: int


@dataclass(frozen=True, slots=True)
class MailLine:
    """A mail in the list of the outbox; `status` names a badge."""

    id: str
    address: str
    subject: str
    status: str
    at: str
    tries: str
    fault: str


@dataclass(frozen=True, slots=True)
class MailsView:
    """A page of the outbox; the keys lead to older and newer mails."""

    lines: list[MailLine] = field(default_factory=list[MailLine])
    older: str = ""
    newer: str = ""


@dataclass(frozen=True, slots=True)
class MailView:
    """One mail with its text; `link` is empty when it may not be read."""

    id: str = ""
    address: str = ""
    subject: str = ""
    status: str = ""
    at: str = ""
    body: str = ""
    link: str = ""
    fault: str = ""
    is_link_hidden: bool = False


def post(
    session: Session,
    *,
    person_id: int | None,
    address: str,
    subject: str,
    body: str,
    link: str = "",
) -> None:
    """Write a mail in the caller's unit of work; the worker sends it once that has committed.

    Args:
        session: a write unit of work.
        person_id: row id of the reader, when the reader has an account.
        address: where it goes.
        subject: one line in the reader's language.
        body: plain text; says what happened and what to do next.
        link: absolute address that the mail asks to open.
    """
    now = clock.now()
    mail = {
        "person_id": person_id,
        "address": address,
        "subject": " ".join(subject.split())[:200],
        "body": body,
        "link": link,
        "created_at": now,
        "due_at": now,
    }
    db.insert(session, Mail, mail)
    events.announce(session, events.WORKER, events.OUTBOX)


def claim_due(session: Session) -> DueMail | None:
    """Take one due mail for five minutes; a worker that dies leaves it due again."""
    due = (
        select(Mail.id)
        .where(Mail.status == MailStatus.DUE, Mail.due_at <= clock.now())
        .order_by(col(Mail.due_at), col(Mail.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.exec(
        update(Mail)
        .where(col(Mail.id) == due.scalar_subquery())
        .values(due_at=clock.now() + LEASE, tries=Mail.tries + 1)
        .returning(Mail)
    ).scalar_one_or_none()
    if row is None:
        return None
    text = f"{row.body}\n\n{row.link}\n" if row.link else f"{row.body}\n"
    return DueMail(row.id, Letter(row.public_id, row.address, row.subject, text), row.tries)


def record(session: Session, *, due: DueMail, delivery: Delivery) -> None:
    """Write what became of a claimed mail; a failed one is tried again by a deadline.

    A mail that another worker took since, as the lease was over, is that one's to record.
    """
    mine = session.exec(
        update(Mail)
        .where(
            col(Mail.id) == due.id,
            col(Mail.status) == MailStatus.DUE,
            col(Mail.tries) == due.tries,
        )
        .values(status=STATUS_OF[delivery.outcome], fault=delivery.fault[:200], done_at=clock.now())
    ).rowcount
    if mine == 1 and delivery.outcome is Outcome.FAILED and due.tries <= len(WAITS):
        due_at = clock.now() + WAITS[due.tries - 1]
        deadlines.set_deadline(session, effect=RETRY, subject_id=due.id, due_at=due_at)
    events.announce(session, events.OUTBOX)


@effects.register(RETRY)
def retry(session: Session, *, subject_id: int) -> None:
    """Make a failed mail due again."""
    session.exec(
        update(Mail)
        .where(col(Mail.id) == subject_id, col(Mail.status) == MailStatus.FAILED)
        .values(status=MailStatus.DUE, due_at=clock.now(), done_at=None)
    )
    events.announce(session, events.WORKER, events.OUTBOX)


def list_for(
    session: Session, *, actor: Actor, status: str = "", place: Place = FIRST
) -> MailsView:
    """Return a page of the outbox, newest first, without the text of any mail.

    Args:
        session: a read is enough.
        actor: an administrator.
        status: only mails of this status; of every status for an unknown one.
        place: where the page starts.

    Raises:
        NotFoundError: the actor is no administrator.
    """
    _require_administrator(actor)
    query = select(Mail)
    if status in set(MailStatus):
        query = query.where(Mail.status == MailStatus(status))
    page = keyset.read(session, query, Mail, place=place, most=PAGE)
    return MailsView([_line(mail) for mail in page.rows], page.older, page.newer)


def open_mail(session: Session, *, actor: Actor, mail_id: str) -> MailView:
    """Return a mail with its text and its link, and write down that the actor looked.

    With a mail server the reader's own mailbox has the link, so staff no longer see it.

    Raises:
        NotFoundError: there is no such mail, or the actor is no administrator.
    """
    _require_administrator(actor)
    mail = session.exec(select(Mail).where(Mail.public_id == mail_id)).first()
    if mail is None:
        raise NotFoundError(_("There is no such mail."))
    audit.record(session, actor=actor, action="mail.viewed", subject=f"mail:{mail.id}")
    is_readable = transport().is_readable_by_staff
    return MailView(
        id=mail.public_id,
        address=mail.address,
        subject=mail.subject,
        status=_badge(mail),
        at=moment_text(mail.created_at),
        body=mail.body,
        link=mail.link if is_readable else "",
        fault=mail.fault,
        is_link_hidden=bool(mail.link) and not is_readable,
    )


def _require_administrator(actor: Actor) -> None:
    if "administrator" not in actor.staff_roles:
        raise NotFoundError(_("There is nothing here."))


def _line(mail: Mail) -> MailLine:
    return MailLine(
        id=mail.public_id,
        address=mail.address,
        subject=mail.subject,
        status=_badge(mail),
        at=short_moment_text(mail.created_at),
        tries=str(mail.tries),
        fault=mail.fault,
    )


def _badge(mail: Mail) -> str:
    """Return the name of the status in the table of badges."""
    return f"mail_{mail.status.value}"
