"""Signing in: limits by account and address, and a new session each time."""

import secrets
from datetime import timedelta

import pytest

from freelance_app import clock, db
from freelance_app.errors import TooManyError
from freelance_app.services.accounts import people, sessions, sign_ins
from freelance_app.services.accounts.sessions import Browser
from tests.services.accounts.conftest import confirm, mails_to, register, token_in


@pytest.fixture
def address():
    return f"2001:db8:{secrets.token_hex(2)}::"


def guess(email, address):
    db.write(sign_ins.count_try, email=email, address=address)


def finish(form, address, browser=None):
    found = db.read(people.credentials_of, email=form.email)
    return db.write(
        sign_ins.finish,
        found=found,
        email=form.email,
        address=address,
        browser=browser or Browser(),
    )


def test_an_account_bears_ten_wrong_passwords(form, address):
    for number in range(10):
        guess(form.email, f"{address}{number}")
    with pytest.raises(TooManyError):
        guess(f" {form.email.upper()} ", f"{address}ff")


def test_an_unknown_account_is_limited_alike(database, address):
    for number in range(10):
        guess(f"{address}nobody@example.org", f"{address}{number}")
    with pytest.raises(TooManyError):
        guess(f"{address}nobody@example.org", f"{address}ff")


def test_an_address_bears_thirty(database, address):
    for number in range(30):
        guess(f"{number}-{address}@example.org", address)
    with pytest.raises(TooManyError):
        guess(f"next-{address}@example.org", address)


def test_fifteen_minutes_later_it_goes_on(form, address, at):
    now = clock.now()
    at(now)
    for _ in range(10):
        guess(form.email, address)
    at(now + timedelta(minutes=15))
    guess(form.email, address)


def test_right_passwords_do_not_count(form, address):
    register(form)
    confirm(token_in(mails_to(form.email)[0]))
    for _ in range(40):
        guess(form.email, address)
        assert finish(form, address) is not None


def test_somebody_unconfirmed_gets_no_session(form, address):
    register(form)
    guess(form.email, address)
    assert finish(form, address) is None


def test_a_sign_in_ends_the_session_that_this_browser_had(form, address):
    register(form)
    token = token_in(mails_to(form.email)[0])
    first = confirm(token)
    second = finish(form, address, Browser(old_token=first.token))
    assert second.token != first.token
    assert db.read(sessions.find_actor, token=first.token) is None
    assert db.read(sessions.find_actor, token=second.token) is not None


@pytest.mark.parametrize("email", ["", "nobody@example.org", "a\x00b@example.org", "x" * 5_000])
def test_an_address_without_account_has_no_credentials(database, email):
    assert db.read(people.credentials_of, email=email) is None
