"""Signing up: a guest becomes a client with a company, or a freelancer."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from freelance_app import routes
from freelance_app.errors import InvalidFormError, NotPermittedError
from freelance_app.models import PartyKind, Person
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

    For an address that has an account nothing is made; its owner gets a mail. The guest is told
    the same in both cases.

    Raises:
        NotPermittedError: the instance is closed.
        InvalidFormError: with a sentence for each field that cannot be used.
    """
    require_valid(session, form=form)
    clean = replace(form, email=people.normal_email(form.email))
    person = people.add(
        session,
        NewPerson(
            name=people.normal_name(clean.name),
            email=clean.email,
            password_hash=password_hash,
            language=clean.language,
            zone=people.zone_or(clean.zone, instances.get(session).time_zone),
        ),
    )
    if person is None:
        _tell_owner(session, clean.email)
        return
    kind = ROLES[clean.role]
    name = people.normal_name(clean.company) if kind is PartyKind.COMPANY else person.name
    parties.found(session, person_id=person.id, kind=kind, name=name)
    confirmations.send(session, person=person)
    actor = Actor(person.id, person.name)
    audit.record(session, actor=actor, action="person.joined", subject=f"person:{person.id}")


def _tell_owner(session: Session, email: str) -> None:
    """Mail the owner of an address with which somebody signed up again."""
    person = people.find(session, email=email)
    if person is None:
        return
    if person.email_confirmed_at is None:
        confirmations.send_again(session, person=person)
    elif confirmations.may_mail(session, email):
        _say_that_there_is_an_account(session, person)


def _say_that_there_is_an_account(session: Session, person: Person) -> None:
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
