"""Signing in with a password: limits on tries, then a session."""

from sqlmodel import Session

from freelance_app.services.accounts import people, sessions
from freelance_app.services.accounts.people import Credentials
from freelance_app.services.accounts.sessions import Browser, Opened
from freelance_app.services.instance import limits

ACCOUNT_TRIES, ADDRESS_TRIES, WINDOW = 10, 30, 15 * 60


def count_try(session: Session, *, email: str, address: str) -> None:
    """Count a try of this account and from this client's address, before the password is looked at.

    Known and unknown accounts are counted alike.

    Raises:
        TooManyError: 10 for the account or 30 from the address within 15 minutes.
    """
    account_key, address_key = _keys(email, address)
    limits.take(session, key=address_key, most=ADDRESS_TRIES, seconds=WINDOW)
    limits.take(session, key=account_key, most=ACCOUNT_TRIES, seconds=WINDOW)


def finish(
    session: Session, *, found: Credentials, email: str, address: str, browser: Browser
) -> Opened | None:
    """Sign a person in whose password was right; None while the address is not confirmed.

    The try is taken back: only wrong passwords count.
    """
    take_back(session, email=email, address=address)
    if not found.is_confirmed:
        return None
    return sessions.sign_in(session, person_id=found.person_id, browser=browser)


def take_back(session: Session, *, email: str, address: str) -> None:
    """Take a counted try back: the password was right."""
    for key in _keys(email, address):
        limits.give_back(session, key=key)


def _keys(email: str, address: str) -> tuple[str, str]:
    account = limits.key_of("sign-in-account", people.normal_email(email))
    return account, limits.key_of("sign-in-address", address)
