"""The first start: a one-time link makes the first administrator and sets the instance up."""

from dataclasses import dataclass

from sqlmodel import Session, select

from freelance_app import routes
from freelance_app.errors import ConflictError, InvalidFormError
from freelance_app.models import StaffMember, StaffRole, TokenPurpose
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import links, people, sessions
from freelance_app.services.accounts.people import NewPerson
from freelance_app.services.accounts.sessions import Browser, Opened
from freelance_app.services.instance import audit, instances
from freelance_app.services.instance.instances import InstanceForm
from freelance_app.settings import settings
from freelance_app.text import _

PURPOSE = TokenPurpose.FIRST_START


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the set-up page sends: the first administrator, and the instance."""

    name: str
    email: str
    password: str
    language: str
    instance: InstanceForm


def issue(session: Session) -> str | None:
    """Return a new link for the set-up page, or None when there is an administrator.

    Links of earlier starts stop working.
    """
    if _has_administrator(session):
        return None
    links.void(session, purpose=PURPOSE)
    token = links.issue(session, purpose=PURPOSE)
    return settings.public_url + routes.with_query(routes.SETUP, token=token)


def is_open(session: Session, *, token: str) -> bool:
    """Whether a link still works; looking uses nothing up."""
    found = links.peek(session, purpose=PURPOSE, token=token)
    return found is not None and not _has_administrator(session)


def require_valid(session: Session, *, token: str, form: SetUp) -> None:
    """Check the link and the form before the slow hash is made.

    Raises:
        ConflictError: the link no longer works.
        InvalidFormError: with a sentence for each field that cannot be used.
    """
    if not is_open(session, token=token):
        raise ConflictError(_("This link was used already or is too old. Start the server again."))
    faults = {
        "name": people.fault_of_name(form.name),
        "email": people.fault_of_email(form.email),
        "password": people.fault_of_password(form.password, email=form.email),
        **instances.faults_of(form.instance),
    }
    if people.find(session, email=people.normal_email(form.email)):
        faults["email"] = _("This address has an account already. Use another one.")
    if refused := {field: sentence for field, sentence in faults.items() if sentence}:
        raise InvalidFormError(refused)


def complete(
    session: Session, *, token: str, form: SetUp, password_hash: str, browser: Browser
) -> Opened:
    """Make the first administrator, who holds every staff role, and set the instance up.

    Raises:
        ConflictError: the link no longer works.
        InvalidFormError: with a sentence for each field that cannot be used.
    """
    require_valid(session, token=token, form=form)
    new = NewPerson(
        name=people.normal_name(form.name),
        email=people.normal_email(form.email),
        password_hash=password_hash,
        language=form.language,
        zone=form.instance.time_zone,
        is_confirmed=True,
    )
    person = people.add(session, new)
    if person is None or links.use(session, purpose=PURPOSE, token=token) is None:
        raise ConflictError(_("This link was used already or is too old. Start the server again."))
    session.add_all([StaffMember(person_id=person.id, role=role) for role in StaffRole])
    instances.write(session, form=form.instance)
    actor = Actor(person.id, person.name)
    audit.record(session, actor=actor, action="instance.set_up", subject="instance:1")
    return sessions.sign_in(session, person_id=person.id, browser=browser)


def _has_administrator(session: Session) -> bool:
    role = StaffRole.ADMINISTRATOR
    return session.exec(select(StaffMember).where(StaffMember.role == role)).first() is not None
