"""Proof that an e-mail address is its owner's: a link that works once."""

from dataclasses import dataclass

from sqlmodel import Session, col, update

from freelance_app import clock, routes
from freelance_app.errors import ConflictError
from freelance_app.models import Person, TokenPurpose
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import links, people, sessions
from freelance_app.services.accounts.sessions import Browser, Opened
from freelance_app.services.instance import audit, instances, limits, outbox
from freelance_app.settings import settings
from freelance_app.text import _, speaking

MAILS, HOUR = 3, 3_600
PURPOSE = TokenPurpose.CONFIRM_EMAIL


@dataclass(frozen=True, slots=True)
class LinkView:
    """What a link of a mail would confirm; the address is empty when it no longer works."""

    email: str = ""


def send(session: Session, *, person: Person) -> None:
    """Mail a new link; earlier ones keep working, since mails may arrive in any order."""
    token = links.issue(session, purpose=PURPOSE, person_id=person.id)
    with speaking(person.language, person.time_zone):
        outbox.post(
            session,
            person_id=person.id,
            address=person.email,
            subject=_("Confirm your e-mail address"),
            body=_(
                "Hello {name},\n\nsomebody, most likely you, signed up at {brand} with this "
                "address. Open the link within 24 hours to confirm it. "
                "If it was not you, do nothing."
            ).format(name=person.name, brand=instances.brand(session)),
            link=settings.public_url + routes.with_query(routes.VERIFY_EMAIL, token=token),
        )


def send_again(session: Session, *, person: Person) -> None:
    """Mail a new link, unless three mails went to this address within the hour."""
    if may_mail(session, person.email):
        send(session, person=person)


def may_mail(session: Session, email: str) -> bool:
    """Count a mail to an address that a guest typed, and return whether it may leave."""
    key = limits.key_of("mail", email)
    return limits.allows(session, key=key, most=MAILS, seconds=HOUR)


def count_resend(session: Session, *, email: str) -> None:
    """Count a wish for another mail, known or unknown the address: the answer tells nothing.

    Raises:
        TooManyError: three within the hour.
    """
    key = limits.key_of("resend", people.normal_email(email))
    limits.take(session, key=key, most=MAILS, seconds=HOUR)


def resend(session: Session, *, email: str) -> None:
    """Mail a new link to somebody who has not confirmed; nothing happens for anybody else."""
    person = people.find(session, email=people.normal_email(email))
    if person and person.email_confirmed_at is None:
        send_again(session, person=person)


def peek(session: Session, *, token: str) -> LinkView:
    """Return the address that a link would confirm; looking uses nothing up."""
    found = links.peek(session, purpose=PURPOSE, token=token)
    if found is None or found.person_id is None:
        return LinkView()
    return LinkView(session.get_one(Person, found.person_id).email)


def confirm(session: Session, *, token: str, browser: Browser) -> Opened:
    """Mark the address as confirmed, use every link for it up, and sign its person in.

    Raises:
        ConflictError: the link was used or is older than a day.
    """
    found = links.use(session, purpose=PURPOSE, token=token)
    if found is None or found.person_id is None:
        raise ConflictError(_("This link was used already or is too old. Ask for a new one."))
    session.exec(
        update(Person)
        .where(col(Person.id) == found.person_id, col(Person.email_confirmed_at).is_(None))
        .values(email_confirmed_at=clock.now())
    )
    links.void(session, purpose=PURPOSE, person_id=found.person_id)
    person = session.get_one(Person, found.person_id)
    audit.record(
        session,
        actor=Actor(person.id, person.name),
        action="email.confirmed",
        subject=f"person:{person.id}",
    )
    return sessions.sign_in(session, person_id=person.id, browser=browser)
