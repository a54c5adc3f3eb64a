"""Limits: counted exactly, also by many at once, and over the end of a window."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from freelance_app import db
from freelance_app.errors import TooManyError
from freelance_app.models import LimitCounter
from freelance_app.services.instance import limits

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def key(database):
    return limits.key_of("test", secrets.token_hex(8))


def take(key, most=3):
    db.write(limits.take, key=key, most=most, seconds=60)


def test_the_last_allowed_try_passes_and_the_next_one_does_not(key):
    for _ in range(3):
        take(key)
    with pytest.raises(TooManyError):
        take(key)


def test_a_refused_try_does_not_prolong_the_wait(key, at):
    at(NOON)
    for _ in range(3):
        take(key)
    at(NOON + timedelta(seconds=59))
    with pytest.raises(TooManyError):
        take(key)
    at(NOON + timedelta(seconds=60))
    take(key)


def test_the_sentence_says_when_to_try_again(key, at):
    at(NOON)
    db.write(limits.take, key=key, most=1, seconds=900)
    at(NOON + timedelta(minutes=3, seconds=30))
    with pytest.raises(TooManyError) as refused:
        db.write(limits.take, key=key, most=1, seconds=900)
    assert refused.value.message == "Too many tries. Try again in 12 minutes."
    at(NOON + timedelta(minutes=14, seconds=59))
    with pytest.raises(TooManyError, match="in 1 minute\\."):
        db.write(limits.take, key=key, most=1, seconds=900)


def test_one_persons_tries_do_not_count_for_another(key):
    take(key, most=1)
    take(limits.key_of("test", "somebody else's " + key), most=1)


def test_a_try_that_is_given_back_does_not_count(key):
    for _ in range(10):
        take(key, most=1)
        db.write(limits.give_back, key=key)


def test_giving_back_never_makes_credit(key):
    db.write(limits.give_back, key=key)
    take(key, most=1)
    db.write(limits.give_back, key=key)
    db.write(limits.give_back, key=key)
    take(key, most=1)
    with pytest.raises(TooManyError):
        take(key, most=1)


def test_of_twenty_at_once_exactly_five_pass(key):
    def one(_number):
        try:
            take(key, most=5)
        except TooManyError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(20))) == 5


def test_the_silent_form_counts_beyond_the_limit_and_says_no(key):
    answers = [db.write(limits.allows, key=key, most=2, seconds=60) for _ in range(4)]
    assert answers == [True, True, False, False]


def test_windows_that_ended_are_forgotten_and_running_ones_are_not(key, at):
    at(NOON)
    take(key)
    at(NOON + timedelta(hours=1))
    running = limits.key_of("test", "next " + key)
    take(running)
    assert db.write(limits.forget_ended) >= 1
    with db.unit_of_work() as session:
        assert session.get(LimitCounter, key) is None
        assert session.get(LimitCounter, running) is not None


def test_no_address_stands_in_a_key():
    assert "alice" not in limits.key_of("sign-in", "alice@example.org")
