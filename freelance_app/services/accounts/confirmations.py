"""Proof that an e-mail address is its owner's: a link that works once, with the password.

The link alone would confirm an account that somebody else made for this address, and leave it to
them: they know its password.
"""

from dataclasses import dataclass

from sqlmodel import Session, col, update

from freelance_app import clock, routes
from freelance_app.errors import ConflictError, InvalidError
from freelance_app.models import Person, TokenPurpose
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import links, people, sessions, sign_ins
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


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whose account a link confirms, and what the typed password is checked against."""

    person_id: int
    email: str
    password_hash: str


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
                "address. Open the link within 24 hours to confirm it, and have the password at "
                "hand that you chose. "
                "If it was not you, do nothing."
            ).format(name=person.name, brand=instances.brand(session)),
            link=settings.public_url + routes.with_query(routes.VERIFY_EMAIL, token=token),
        )


def send_again(session: Session, *, person: Person) -> None:
    """Mail a new link, unless three mails went to this address within the hour."""
    if may_mail(session, person.email):
        send(session, person=person)


def send_instead(session: Session, *, person: Person) -> None:
    """Mail a link in place of the earlier ones; those go on when no mail may leave any more."""
    if may_mail(session, person.email):
        links.void(session, purpose=PURPOSE, person_id=person.id)
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


def find_waiting(session: Session, *, token: str) -> Waiting:
    """Return whose password is asked for; looking uses nothing up.

    Raises:
        ConflictError: the link was used or is older than a day.
    """
    found = links.peek(session, purpose=PURPOSE, token=token)
    if found is None or found.person_id is None:
        raise _too_late()
    person = session.get_one(Person, found.person_id)
    return Waiting(person.id, person.email, person.password_hash)


def wrong_password() -> InvalidError:
    """Return the refusal of a password; the link goes on."""
    return InvalidError(
        _(
            "This is not the password that you chose when you signed up. If you no longer know it, "
            "sign up again."
        ),
        field="password",
    )


def _too_late() -> ConflictError:
    return ConflictError(_("This link was used already or is too old. Ask for a new one."))


def confirm(
    session: Session, *, token: str, checked: Waiting, address: str, browser: Browser
) -> Opened:
    """Mark the address as confirmed, use every link for it up, and sign its person in.

    Args:
        session: a write unit of work.
        token: of the mail's link.
        checked: whose password was typed and is right; the try is taken back.
        address: of the client's machine, from which the try was counted.
        browser: gets the session.

    Raises:
        ConflictError: the link was used or is older than a day, or somebody signed up anew since
            the password was looked at.
    """
    # The person first, as a new sign-up does: else the two could wait for each other.
    won = session.exec(
        update(Person)
        .where(
            col(Person.id) == checked.person_id,
            col(Person.email_confirmed_at).is_(None),
            col(Person.password_hash) == checked.password_hash,
        )
        .values(email_confirmed_at=clock.now())
    ).rowcount
    found = links.use(session, purpose=PURPOSE, token=token)
    if won != 1 or found is None or found.person_id != checked.person_id:
        raise _too_late()
    links.void(session, purpose=PURPOSE, person_id=checked.person_id)
    sign_ins.take_back(session, email=checked.email, address=address)
    person = session.get_one(Person, checked.person_id)
    audit.record(
        session,
        actor=Actor(person.id, person.name),
        action="email.confirmed",
        subject=f"person:{person.id}",
    )
    return sessions.sign_in(session, person_id=person.id, browser=browser)
