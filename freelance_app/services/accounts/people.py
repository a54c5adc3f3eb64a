"""People: their accounts, their names and how they are looked up for signing in."""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from zoneinfo import available_timezones

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from freelance_app import clock
from freelance_app.errors import InvalidFormError
from freelance_app.models import MemberRole, Membership, Party, PartyKind, Person
from freelance_app.security import passwords
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import legal
from freelance_app.services.instance import audit
from freelance_app.text import _, ngettext

NAME_LENGTH, EMAIL_LENGTH, HANDLE_LENGTH = 100, 254, 32
EMAIL = re.compile(r"[^@\s,;:<>\"()\[\]\\]{1,64}@([a-z0-9-]+\.)+[a-z0-9-]{2,}")
JOINERS = str.maketrans("", "", "\u200c\u200d")  # names of some scripts need them


@dataclass(frozen=True, slots=True)
class NewPerson:
    """An account to be made; every value was checked."""

    name: str
    email: str
    password_hash: str
    language: str = "en"
    zone: str = "UTC"
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is checked against."""

    person_id: int
    password_hash: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class ProfileView:
    """The person's own account."""

    name: str = ""
    email: str = ""
    language: str = "en"
    zone: str = "UTC"


def normal_email(typed: str) -> str:
    """Return an address as it is stored and compared: lower case, its domain in ASCII."""
    local, at, domain = unicodedata.normalize("NFC", typed.strip().lower()).rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode()
    except UnicodeError:
        ascii_domain = domain
    return f"{local}{at}{ascii_domain}"


def normal_name(typed: str) -> str:
    """Return a name without spare white space."""
    return " ".join(unicodedata.normalize("NFC", typed).split())


def fault_of_name(typed: str) -> str:
    """Return what is wrong with a name of a person or a company, or an empty string."""
    name = normal_name(typed)
    if not name:
        return _("Write a name.")
    if len(name) > NAME_LENGTH:
        return _("Write at most 100 characters.")
    return "" if name.translate(JOINERS).isprintable() else _("Use letters, digits and spaces.")


def fault_of_email(typed: str) -> str:
    """Return what is wrong with an address, or an empty string; nothing is looked up."""
    email = normal_email(typed)
    if len(email) <= EMAIL_LENGTH and EMAIL.fullmatch(email) and email.isprintable():
        return ""
    return _("Write an e-mail address, such as name@example.org.")


def fault_of_password(typed: str, *, email: str) -> str:
    """Return why a password is refused, or an empty string."""
    if len(typed) < passwords.MIN_LENGTH:
        return ngettext(
            "Use at least {number} character.",
            "Use at least {number} characters.",
            passwords.MIN_LENGTH,
        ).format(number=passwords.MIN_LENGTH)
    if len(typed) > passwords.MAX_LENGTH:
        return _("Use at most 256 characters.")
    if typed.lower() in {normal_email(email), normal_email(email).partition("@")[0]}:
        return _("Use something else than your e-mail address.")
    return _("Many people use this password. Choose another.") if passwords.is_common(typed) else ""


def zone_or(typed: str, default: str) -> str:
    """Return a time zone that the browser told, or the default when there is no such zone."""
    return typed if typed in available_timezones() else default


def add(session: Session, new: NewPerson) -> Person | None:
    """Make an account with a handle of its own; None when the address has one already."""
    if _id_of(session, new.email):
        return None
    person = Person(
        email=new.email,
        handle=_free_handle(session, new.name),
        name=new.name,
        password_hash=new.password_hash,
        language=new.language,
        time_zone=new.zone,
        terms_version=legal.VERSION,
        terms_accepted_at=clock.now(),
        email_confirmed_at=clock.now() if new.is_confirmed else None,
        created_at=clock.now(),
    )
    try:
        with session.begin_nested():  # another sign-up may have won since the look above
            session.add(person)
            session.flush()
    except IntegrityError:
        return None
    return person


def replace_waiting(session: Session, new: NewPerson) -> Person | None:
    """Make the account of an address that waits for its confirmation anew; None for any other.

    Who signed up first proved nothing: nothing that they chose may be left, least of all the
    password.
    """
    waiting = (
        select(Person)
        .where(Person.email == new.email, col(Person.email_confirmed_at).is_(None))
        .with_for_update(key_share=True)  # somebody may be confirming it
        .execution_options(populate_existing=True)
    )
    person = session.exec(waiting).first()
    if person is None:
        return None
    if person.name != new.name:
        person.handle = _free_handle(session, new.name)
    person.name, person.password_hash = new.name, new.password_hash
    person.language, person.time_zone = new.language, new.zone
    person.terms_version, person.terms_accepted_at = legal.VERSION, clock.now()
    session.flush()
    return person


def _id_of(session: Session, email: str) -> int | None:
    return session.exec(select(Person.id).where(Person.email == email)).first()


def _free_handle(session: Session, name: str) -> str:
    """Return the name in plain letters, with random ones behind it when it is taken."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[: HANDLE_LENGTH - 7].strip("-")
    wanted = plain or "member"
    taken = session.exec(select(Person.id).where(Person.handle == wanted)).first()
    return wanted if taken is None else f"{wanted}-{secrets.token_hex(3)}"


def find(session: Session, *, email: str) -> Person | None:
    """Return the person of a normal address, for services that then tell nobody."""
    return session.exec(select(Person).where(Person.email == email)).first()


def credentials_of(session: Session, *, email: str) -> Credentials | None:
    """Return what a sign-in with this address is checked against."""
    if fault_of_email(email):
        return None
    person = find(session, email=normal_email(email))
    if person is None:
        return None
    return Credentials(person.id, person.password_hash, person.email_confirmed_at is not None)


def profile(session: Session, *, actor: Actor) -> ProfileView:
    """Return the actor's own account."""
    person = session.get_one(Person, actor.person_id)
    return ProfileView(person.name, person.email, person.language, person.time_zone)


def change_profile(session: Session, *, actor: Actor, name: str, zone: str) -> ProfileView:
    """Change the actor's name and time zone; the freelancer of that name is renamed too.

    Raises:
        InvalidFormError: with a sentence for each field that cannot be used.
    """
    zone_fault = "" if zone in available_timezones() else _("Choose a time zone of the list.")
    faults = {"name": fault_of_name(name), "zone": zone_fault}
    if refused := {field: sentence for field, sentence in faults.items() if sentence}:
        raise InvalidFormError(refused)
    person = session.get_one(Person, actor.person_id)
    person.name, person.time_zone = normal_name(name), zone
    owned = select(Membership.party_id).where(
        Membership.person_id == actor.person_id, Membership.role == MemberRole.OWNER
    )
    session.exec(
        update(Party)
        .where(col(Party.kind) == PartyKind.FREELANCER, col(Party.id).in_(owned))
        .values(name=person.name)
    )
    subject = f"person:{actor.person_id}"
    audit.record(session, actor=actor, action="person.changed", subject=subject)
    session.flush()
    return profile(session, actor=actor)


def set_language(session: Session, *, actor: Actor, language: str) -> None:
    """Let pages, notices and mails be in another language; the caller knows that it is built."""
    session.get_one(Person, actor.person_id).language = language
