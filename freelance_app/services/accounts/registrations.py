"""Signing up: a guest becomes a client with a company, or a freelancer."""

from dataclasses import dataclass, replace

from sqlmodel import Session, col, select, update

from freelance_app import routes
from freelance_app.errors import InvalidFormError, NotPermittedError
from freelance_app.models import Membership, Party, PartyKind, Person
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import confirmations, parties, people
from freelance_app.services.accounts.people import NewPerson
from freelance_app.services.instance import audit, instances, limits, outbox
from freelance_app.settings import settings
from freelance_app.text import _, speaking

TRIES, WINDOW = 30, 15 * 60
ROLES = {"client": PartyKind.COMPANY, "freelancer": PartyKind.FREELANCER}


@dataclass(frozen=True, slots=True)
class Registration:
    """What the sign-up form sends.

    Attributes:
        role: client or freelancer.
        company: a client's; not read for a freelancer.
        has_consented: to the terms as they are now.
        language: of the page on which it was typed.
        zone: what the browser says; the instance's when there is no such zone.
    """

    role: str = ""
    name: str = ""
    email: str = ""
    password: str = ""
    company: str = ""
    has_consented: bool = False
    language: str = "en"
    zone: str = ""


def count_try(session: Session, *, address: str) -> None:
    """Count a sign-up from a client's address.

    Raises:
        TooManyError: 30 within 15 minutes.
    """
    key = limits.key_of("sign-up", address)
    limits.take(session, key=key, most=TRIES, seconds=WINDOW)


def require_valid(session: Session, *, form: Registration) -> None:
    """Check the form before the slow hash is made.

    Raises:
        NotPermittedError: the instance is closed.
        InvalidFormError: with a sentence for each field that cannot be used.
    """
    if not instances.get(session).is_sign_up_open:
        raise NotPermittedError(_("This market is closed. New people join by invitation."))
    faults = {
        "role": "" if form.role in ROLES else _("Choose what you are here for."),
        "name": people.fault_of_name(form.name),
        "company": people.fault_of_name(form.company) if form.role == "client" else "",
        "email": people.fault_of_email(form.email),
        "password": people.fault_of_password(form.password, email=form.email),
        "consent": "" if form.has_consented else _("Please read and accept the terms."),
    }
    if refused := {field: sentence for field, sentence in faults.items() if sentence}:
        raise InvalidFormError(refused)


def register(session: Session, *, form: Registration, password_hash: str) -> None:
    """Make the account with its party and mail the link that confirms the address.

    An account that waits for its confirmation is made anew: the link belongs to the newest
    sign-up alone. For a confirmed one nothing is made; its owner gets a mail. The guest is told the
    same in all cases.

    Raises:
        NotPermittedError: the instance is closed.
        InvalidFormError: with a sentence for each field that cannot be used.
    """
    require_valid(session, form=form)
    clean = replace(form, email=people.normal_email(form.email))
    kind, name = ROLES[clean.role], people.normal_name(clean.name)
    party = people.normal_name(clean.company) if kind is PartyKind.COMPANY else name
    new = NewPerson(
        name=name,
        email=clean.email,
        password_hash=password_hash,
        language=clean.language,
        zone=people.zone_or(clean.zone, instances.get(session).time_zone),
    )
    if person := people.add(session, new):
        parties.found(session, person_id=person.id, kind=kind, name=party)
        confirmations.send(session, person=person)
        _note(session, person, "person.joined")
    elif person := people.replace_waiting(session, new):
        _change_party(session, person.id, kind, party)
        confirmations.send_instead(session, person=person)
        _note(session, person, "person.joined_again")
    else:
        _say_that_there_is_an_account(session, clean.email)


def _change_party(session: Session, person_id: int, kind: PartyKind, name: str) -> None:
    """Make the party of an earlier sign-up what the new one says; nothing can hang on it yet."""
    founded = (
        select(Membership.party_id)
        .where(Membership.person_id == person_id)
        .order_by(col(Membership.id))
        .limit(1)
    )
    session.exec(update(Party).where(col(Party.id).in_(founded)).values(kind=kind, name=name))


def _note(session: Session, person: Person, action: str) -> None:
    actor = Actor(person.id, person.name)
    audit.record(session, actor=actor, action=action, subject=f"person:{person.id}")


def _say_that_there_is_an_account(session: Session, email: str) -> None:
    person = people.find(session, email=email)
    if person is None or not confirmations.may_mail(session, email):
        return
    with speaking(person.language, person.time_zone):
        outbox.post(
            session,
            person_id=person.id,
            address=person.email,
            subject=_("You already have an account"),
            body=_(
                "Hello {name},\n\nsomebody, most likely you, tried to sign up at {brand} with "
                "this address. It has an account already: sign in instead. "
                "If it was not you, do nothing."
            ).format(name=person.name, brand=instances.brand(session)),
            link=f"{settings.public_url}{routes.LOGIN}",
        )
