"""An open instance, and somebody who signs up."""

import secrets
from dataclasses import replace

import pytest
from sqlmodel import col, select

from freelance_app import clock, db
from freelance_app.models import Instance, Mail
from freelance_app.security import passwords
from freelance_app.services.accounts import confirmations, registrations
from freelance_app.services.accounts.registrations import Registration
from freelance_app.services.accounts.sessions import Browser

FORM = Registration(
    role="client",
    name="Ingrid Berg",
    company="Fjordlys Energi",
    password="correct horse battery",
    has_consented=True,
    zone="Europe/Oslo",
)
# Made once: each hash costs 40 ms and none of these tests is about it.
HASH = passwords.hash_of(FORM.password)


def set_up(session, *, is_open=True):
    """Make the instance's row."""
    session.merge(
        Instance(
            id=1,
            name="Mwamba Works",
            time_zone="Africa/Nairobi",
            currency="EUR",
            is_sign_up_open=is_open,
            set_up_at=clock.now(),
        )
    )


def _tear_down(session):
    row = session.get(Instance, 1)
    if row:
        session.delete(row)


@pytest.fixture
def open_door(database):
    """Let everybody sign up while the test runs."""
    db.write(set_up)
    yield
    db.write(_tear_down)


@pytest.fixture
def form(open_door):
    """What a new client types, under an address that nobody else has."""
    return replace(FORM, email=f"ingrid-{secrets.token_hex(6)}@example.org")


def register(form, password_hash=HASH):
    """Sign up."""
    db.write(registrations.register, form=form, password_hash=password_hash)


def confirm(token, browser=None, *, checked=None):
    """Open a mail's link with the right password, from a machine that nobody counted."""
    checked = checked or db.read(confirmations.find_waiting, token=token)
    who = {"checked": checked, "address": "192.0.2.1", "browser": browser or Browser()}
    return db.write(confirmations.confirm, token=token, **who)


def mails_to(address):
    """Return the mails to an address, the oldest first."""
    with db.unit_of_work() as session:
        mails = select(Mail).where(Mail.address == address).order_by(col(Mail.id))
        return list(session.exec(mails))


def token_in(mail):
    """Return the token of the link in a mail."""
    return mail.link.partition("token=")[2]
