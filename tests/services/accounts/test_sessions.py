"""Sessions: opened, listed, moved on while in use, and ended at once."""

from datetime import timedelta

import pytest

from freelance_app import clock, db
from freelance_app.errors import NotFoundError, NotSignedInError
from freelance_app.models import SignInSession
from freelance_app.services.accounts import devices, people, sessions
from freelance_app.services.accounts.sessions import Browser
from freelance_app.settings import settings
from freelance_app.text import _, language_of_actor


def sign_in(actor, device="Firefox, Linux"):
    browser = Browser(device=device)
    return db.write(sessions.sign_in, person_id=actor.person_id, browser=browser).token


def actor_of(token):
    return db.read(sessions.find_actor, token=token)


def listed(actor, token):
    return db.read(sessions.list_for, actor=actor, this_token=token)


def test_the_database_holds_no_token(world):
    token = sign_in(world.alice)
    with db.unit_of_work() as session:
        rows = session.exec(sessions.select(SignInSession)).all()
        assert all(token not in repr(row.model_dump()) for row in rows)


def test_a_token_opens_its_own_session_alone(world):
    assert actor_of(sign_in(world.alice)) == world.alice
    assert actor_of("") is None
    assert actor_of("nothing") is None


def test_the_list_shows_the_own_browsers_and_marks_this_one(world):
    this, other = sign_in(world.alice), sign_in(world.alice, device="")
    sign_in(world.fatuma)
    seen = listed(world.alice, this)
    assert sorted((row.device, row.is_this) for row in seen) == [
        ("Firefox, Linux", True),
        ("Unknown device", False),
    ]
    assert other not in repr(seen)


def test_a_revoked_session_is_refused_from_then_on(world):
    this, other = sign_in(world.alice), sign_in(world.alice)
    gone = next(row.id for row in listed(world.alice, this) if not row.is_this)
    db.write(sessions.revoke, actor=world.alice, session_id=gone)
    assert actor_of(other) is None
    assert actor_of(this) is not None
    with pytest.raises(NotSignedInError):
        db.read(sessions.as_actor, people.profile, token=other)


def test_nobody_revokes_a_session_of_others(world):
    token = sign_in(world.alice)
    session_id = listed(world.alice, token)[0].id
    for stranger in (world.bob, world.charlie, world.frank):
        with pytest.raises(NotFoundError):
            db.write(sessions.revoke, actor=stranger, session_id=session_id)
    assert actor_of(token) is not None


def test_all_others_end_and_this_one_stays(world):
    this, others = sign_in(world.alice), [sign_in(world.alice) for _ in range(3)]
    fatumas = sign_in(world.fatuma)
    assert db.write(sessions.revoke_others, actor=world.alice, this_token=this) == 3
    assert [actor_of(token) for token in others] == [None] * 3
    assert actor_of(this) is not None
    assert actor_of(fatumas) is not None


def test_signing_out_ends_the_session_on_the_server(world):
    token = sign_in(world.alice)
    db.write(sessions.end, token=token)
    assert actor_of(token) is None
    db.write(sessions.end, token="nothing")


def test_a_session_that_is_used_lives_on_and_an_idle_one_ends(world, at):
    start = clock.now()
    at(start)
    used, idle = sign_in(world.alice), sign_in(world.alice)
    at(start + timedelta(days=29))
    db.write(sessions.touch, token=used)
    at(start + timedelta(days=31))
    assert actor_of(used) is not None
    assert actor_of(idle) is None
    assert len(listed(world.alice, used)) == 1


def test_an_ended_session_cannot_be_touched_back_to_life(world, at):
    start = clock.now()
    at(start)
    token = sign_in(world.alice)
    at(start + timedelta(seconds=settings.session_seconds + 1))
    db.write(sessions.touch, token=token)
    assert actor_of(token) is None


def test_staff_are_signed_out_after_half_a_day(world, at):
    start = clock.now()
    at(start)
    token = sign_in(world.frank)
    at(start + timedelta(hours=12, seconds=1))
    assert actor_of(token) is None


def test_services_speak_the_language_of_their_person(world):
    def speak(session, *, actor):
        return language_of_actor(), _("Unknown device")

    token = sign_in(world.fatuma)
    db.write(people.set_language, actor=world.fatuma, language="sw")
    assert db.read(sessions.as_actor, speak, token=token)[0] == "sw"


def test_a_guest_is_spoken_to_in_the_language_of_the_page(database):
    def speak(session, *, word):
        return language_of_actor() + word

    assert db.read(sessions.as_guest, speak, language="sw", word="!") == "sw!"


CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML) Chrome/131.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (CHROME, "Chrome, Linux"),
        (f"{CHROME} Edg/131.0", "Edge, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0",
            "Firefox, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/17.6 Safari/605.1.15",
            "Safari, macOS",
        ),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.9", ""),
        ("", ""),
        ("(" * 100_000, ""),
    ],
)
def test_a_browser_is_told_in_words(user_agent, words):
    assert devices.words_of(user_agent) == words
