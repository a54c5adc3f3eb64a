"""Confirming an address: the link works once, for a day, for its own person."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from freelance_app import clock, db
from freelance_app.errors import ConflictError, TooManyError
from freelance_app.models import SingleUseToken, TokenPurpose
from freelance_app.services.accounts import confirmations, links, people, sessions
from freelance_app.services.accounts.sessions import Browser
from tests.services.accounts.conftest import confirm, mails_to, register, token_in


@pytest.fixture
def token(form):
    register(form)
    return token_in(mails_to(form.email)[0])


def is_confirmed(form):
    return db.read(people.credentials_of, email=form.email).is_confirmed


def test_looking_uses_nothing_up(form, token):
    for _ in range(3):
        assert db.read(confirmations.peek, token=token).email == form.email
    assert not is_confirmed(form)


def test_confirming_signs_in(form, token):
    opened = confirm(token, Browser(device="Firefox, Linux"))
    actor = db.read(sessions.find_actor, token=opened.token)
    assert (actor.name, actor.party_name) == ("Ingrid Berg", "Fjordlys Energi")
    assert actor.is_confirmed
    assert is_confirmed(form)


def test_a_link_works_once(token):
    confirm(token)
    with pytest.raises(ConflictError, match="used already"):
        confirm(token)
    assert db.read(confirmations.peek, token=token).email == ""


def test_of_many_at_once_one_wins(token):
    def one(_number):
        try:
            confirm(token)
        except ConflictError:
            return 0
        return 1

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(one, range(6))) == 1


def test_of_many_whose_password_was_right_one_wins(token):
    checked = db.read(confirmations.find_waiting, token=token)

    def one(_number):
        try:
            confirm(token, checked=checked)
        except ConflictError:
            return 0
        return 1

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(one, range(6))) == 1


def test_a_link_is_dead_after_a_day(token, at):
    checked = db.read(confirmations.find_waiting, token=token)
    at(clock.now() + timedelta(hours=24, seconds=1))
    with pytest.raises(ConflictError):
        db.read(confirmations.find_waiting, token=token)
    with pytest.raises(ConflictError):
        confirm(token, checked=checked)
    assert db.read(confirmations.peek, token=token).email == ""


def test_confirming_uses_up_the_other_links_too(form, token):
    db.write(confirmations.resend, email=form.email)
    second = token_in(mails_to(form.email)[1])
    confirm(second)
    with pytest.raises(ConflictError):
        confirm(token)


@pytest.mark.parametrize("wrong", ["", "nothing", "\x00", "x" * 10_000])
def test_another_token_confirms_nothing(form, token, wrong):
    checked = db.read(confirmations.find_waiting, token=token)
    with pytest.raises(ConflictError):
        db.read(confirmations.find_waiting, token=wrong)
    with pytest.raises(ConflictError):
        confirm(wrong, checked=checked)
    assert not is_confirmed(form)


def test_a_link_of_another_confirms_nobody(form, token):
    checked = db.read(confirmations.find_waiting, token=token)
    other = replace(form, email=f"other-{form.email}")
    register(other)
    with pytest.raises(ConflictError):
        confirm(token_in(mails_to(other.email)[0]), checked=checked)
    assert not is_confirmed(form)
    assert not is_confirmed(other)


@pytest.mark.parametrize("mails_before", [0, confirmations.MAILS])
def test_a_sign_up_between_the_look_at_the_password_and_the_link_wins(form, token, mails_before):
    for _ in range(mails_before):
        db.write(confirmations.resend, email=form.email)  # no more may leave: the link goes on
    checked = db.read(confirmations.find_waiting, token=token)
    register(form, "the hash of another password")
    with pytest.raises(ConflictError):
        confirm(token, checked=checked)
    assert not is_confirmed(form)


def test_a_sign_up_and_a_confirmation_at_once_do_not_wait_for_each_other(form, token):
    checked = db.read(confirmations.find_waiting, token=token)

    def act(number):
        try:
            return register(form, f"hash {number}") if number else confirm(token, checked=checked)
        except ConflictError:
            return None

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(act, [1, 0, 2, 0]))
    found = db.read(people.credentials_of, email=form.email)
    assert found.is_confirmed == (found.password_hash == checked.password_hash)


def test_a_link_for_something_else_confirms_nothing(form):
    register(form)

    def other(session):
        person = people.find(session, email=form.email)
        return links.issue(session, purpose=TokenPurpose.FIRST_START, person_id=person.id)

    with pytest.raises(ConflictError):
        confirm(db.write(other))


def test_the_database_holds_no_token(token):
    with db.unit_of_work() as session:
        rows = session.exec(sessions.select(SingleUseToken)).all()
        assert all(token not in repr(row.model_dump()) for row in rows)


def test_another_mail_can_be_had_three_times_an_hour(form, token, at):
    now = clock.now()
    at(now)
    for _ in range(confirmations.MAILS):
        db.write(confirmations.count_resend, email=form.email)
    with pytest.raises(TooManyError):
        db.write(confirmations.count_resend, email=f" {form.email.upper()}")
    at(now + timedelta(hours=1))
    db.write(confirmations.count_resend, email=form.email)


def test_nobody_confirmed_and_nobody_unknown_gets_another_mail(form, token):
    confirm(token)
    db.write(confirmations.resend, email=form.email)
    db.write(confirmations.resend, email="nobody@example.org")
    assert len(mails_to(form.email)) == 1
    assert mails_to("nobody@example.org") == []
