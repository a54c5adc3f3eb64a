"""Signing up, in and out over HTTP: cookies, refusals, and what an outsider can find out."""

import secrets
import statistics
import time

import pytest
from sqlmodel import func, select

from freelance_app import db, routes
from freelance_app.models import Person, SignInSession
from freelance_app.security import tokens
from freelance_app.services.accounts import confirmations, sessions, sign_ins
from freelance_app.settings import settings
from tests.api.conftest import HERE, PASSWORD, new_browser
from tests.services.accounts.conftest import mails_to, set_up, token_in


def count(table):
    with db.unit_of_work() as session:
        return session.exec(select(func.count()).select_from(table)).one()


@pytest.fixture
def newcomer(open_door):
    return {
        "role": "client",
        "name": "Ingrid Berg",
        "company": "Fjordlys Energi",
        "email": f"ingrid-{secrets.token_hex(6)}@example.org",
        "password": PASSWORD,
        "consent": "yes",
        "zone": "Europe/Oslo",
    }


@pytest.fixture
def link(http, newcomer):
    """Sign a newcomer up and return the token of the mail."""
    assert http.submit(routes.REGISTER, newcomer).headers["location"] == routes.CHECK_MAIL
    return token_in(mails_to(newcomer["email"])[0])


def confirm(browser, token, password=PASSWORD):
    """Send the page's form."""
    return browser.submit(routes.CONFIRM_EMAIL, {"token": token, "password": password})


# Signing in ----------------------------------------------------------------------------------


def test_a_sign_in_sets_a_cookie_that_scripts_cannot_read(http, alice):
    answer = http.post_form(routes.SIGN_IN, alice | {"email": alice["email"].upper()})
    assert (answer.status_code, answer.headers["location"]) == (303, routes.HOME)
    cookie = answer.headers.get_list("set-cookie")[0].lower()
    assert cookie.startswith(f"{tokens.COOKIE.lower()}=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "domain" not in cookie
    assert http.actor.name.startswith("Alice")


def test_under_https_the_cookie_is_bound_to_this_host(http, alice, monkeypatch):
    monkeypatch.setattr(settings, "public_url", "https://harbour.example")
    monkeypatch.setattr(tokens, "COOKIE", "__Host-sid")
    answer = http.post(routes.SIGN_IN, data=alice, headers={"origin": "https://harbour.example"})
    cookie = answer.headers.get_list("set-cookie")[0]
    assert cookie.startswith("__Host-sid=")
    assert "; Secure" in cookie
    assert "Path=/;" in cookie
    assert "Domain" not in cookie


def test_a_wrong_password_and_an_unknown_person_look_alike(http, alice):
    wrong = http.submit(routes.SIGN_IN, alice | {"password": "wrong password"})
    nobody = http.submit(routes.SIGN_IN, alice | {"email": "nobody@example.org"})
    assert wrong.status_code == nobody.status_code == 422
    assert wrong.json() == nobody.json()
    assert wrong.json()["title"] == "E-mail or password is wrong."
    assert "set-cookie" not in wrong.headers


def test_a_wrong_password_costs_the_same_time_for_nobody(http, alice):
    def seconds(form):
        start = time.perf_counter()
        http.submit(routes.SIGN_IN, form | {"password": "wrong password"})
        return time.perf_counter() - start

    seconds(alice)
    known = statistics.median(seconds(alice) for _ in range(5))
    unknown = statistics.median(seconds({"email": "nobody@example.org"}) for _ in range(5))
    assert 0.4 < known / unknown < 2.5


def test_without_a_script_the_refusal_is_a_page_that_names_nobody(http, alice):
    wrong = alice | {"password": "wrong password"}
    answer = http.post_form(routes.SIGN_IN, wrong, referer=f"{settings.public_url}/login")
    assert answer.status_code == 422
    assert "E-mail or password is wrong." in answer.text
    assert 'href="/login"' in answer.text
    assert alice["email"] not in answer.text


def test_the_old_session_of_the_browser_ends_and_the_token_is_new(http, alice):
    http.post_form(routes.SIGN_IN, alice)
    first = http.sid
    http.post_form(routes.SIGN_IN, alice)
    assert http.sid != first
    assert db.read(sessions.find_actor, token=first) is None


def test_a_token_that_somebody_planted_is_never_taken_over(http, alice):
    planted = "planted-by-somebody"
    http.cookies.set(tokens.COOKIE, planted)
    http.post_form(routes.SIGN_IN, alice)
    assert db.read(sessions.find_actor, token=planted) is None
    with db.unit_of_work() as session:
        of_alice = select(SignInSession.token_hash)
        assert tokens.digest(planted) not in session.exec(of_alice).all()


def test_the_device_stands_in_the_list_of_sessions(http, alice):
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"
    http.post_form(routes.SIGN_IN, alice, **{"user-agent": agent})
    (view,) = db.read(sessions.list_for, actor=http.actor, this_token=http.sid)
    assert (view.device, view.is_this) == ("Firefox, Linux", True)


@pytest.mark.parametrize(
    ("wanted", "location"),
    [
        ("/contracts/0a1b?x=1", "/contracts/0a1b?x=1"),
        ("", routes.HOME),
        ("https://evil.example", routes.HOME),
        ("//evil.example", routes.HOME),
        ("/\\evil.example", routes.HOME),
        ("/\t/evil.example", routes.HOME),
        ("/\n/evil.example", routes.HOME),
        ("\\\\evil.example", routes.HOME),
        ("javascript:alert(1)", routes.HOME),
        ("/auth/sign-out", routes.HOME),
        ("/" + "x" * 600, routes.HOME),
    ],
)
def test_the_next_page_is_one_of_ours(http, alice, wanted, location):
    answer = http.post_form(routes.SIGN_IN, alice | {"next": wanted})
    assert answer.headers["location"] == location


def test_after_ten_wrong_passwords_even_the_right_one_is_refused(http, alice):
    for _ in range(sign_ins.ACCOUNT_TRIES):
        new_browser().submit(routes.SIGN_IN, alice | {"password": "wrong password"})
    answer = http.submit(routes.SIGN_IN, alice)
    assert answer.status_code == 429
    assert answer.json()["title"] == "Too many tries. Try again in 15 minutes."
    assert http.sid is None


def test_ten_wrong_passwords_for_nobody_are_refused_alike(http):
    form = {"email": f"{secrets.token_hex(6)}@example.org", "password": "wrong password"}
    answers = [http.submit(routes.SIGN_IN, form).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_thirty_tries_from_one_machine_are_enough_whatever_it_claims(http):
    def guess(number):
        form = {"email": f"{number}-{secrets.token_hex(4)}@example.org", "password": "x"}
        claims = {"x-forwarded-for": f"192.0.2.{number}", "forwarded": f"for=192.0.2.{number}"}
        return http.submit(routes.SIGN_IN, form, **claims).status_code

    assert [guess(number) for number in range(31)] == [422] * 30 + [429]


def test_signing_in_often_is_no_offence(http, alice):
    for _ in range(sign_ins.ADDRESS_TRIES + 5):
        assert http.post_form(routes.SIGN_IN, alice).status_code == 303


def test_somebody_who_has_not_confirmed_is_sent_to_the_mail(http, link, newcomer):
    answer = http.submit(routes.SIGN_IN, newcomer)
    assert answer.headers["location"] == "/check-mail?unconfirmed=1"
    assert http.sid is None
    wrong = http.submit(routes.SIGN_IN, newcomer | {"password": "wrong password"})
    assert wrong.json()["title"] == "E-mail or password is wrong."


def test_signing_in_shows_the_pages_in_the_persons_language(http, alice, sqlite_world):
    def swahili(session):
        session.get_one(Person, sqlite_world.alice.person_id).language = "sw"

    db.write(swahili)
    http.post_form(routes.SIGN_IN, alice)
    assert http.cookies["lang"] == "sw"


def test_signing_out_ends_the_session_here_and_on_the_server(http, alice):
    http.post_form(routes.SIGN_IN, alice)
    token = http.sid
    answer = http.post_form(routes.SIGN_OUT)
    assert answer.headers["location"] == routes.LOGIN
    assert http.sid is None
    assert db.read(sessions.find_actor, token=token) is None


# Signing up ----------------------------------------------------------------------------------


def test_the_whole_way_from_sign_up_to_home(http, link, newcomer):
    answer = confirm(http, link)
    assert answer.headers["location"] == routes.HOME
    assert (http.actor.name, http.actor.party_name) == ("Ingrid Berg", "Fjordlys Energi")
    assert http.actor.zone == "Europe/Oslo"
    other = new_browser()
    assert other.submit(routes.SIGN_IN, newcomer).headers["location"] == routes.HOME


def test_a_link_works_once(http, link):
    confirm(http, link)
    again = new_browser()
    answer = confirm(again, link)
    assert answer.status_code == 409
    assert again.sid is None


@pytest.mark.parametrize("wrong", ["", "wrong password", PASSWORD.upper()])
def test_a_wrong_password_confirms_nothing_and_the_link_goes_on(http, link, newcomer, wrong):
    answer = confirm(http, link, wrong)
    assert answer.status_code == 422
    assert answer.json()["errors"]["password"].startswith("This is not the password that you chose")
    assert http.sid is None
    assert http.submit(routes.SIGN_IN, newcomer).headers["location"].startswith(routes.CHECK_MAIL)
    assert confirm(http, link).headers["location"] == routes.HOME


def test_who_signed_up_first_for_somebodys_address_has_nothing_of_it(http, newcomer):
    mallory = newcomer | {"name": "Mallory", "password": "mallory knows this"}
    http.submit(routes.REGISTER, mallory)
    new_browser().submit(routes.REGISTER, newcomer)
    old, new = [token_in(mail) for mail in mails_to(newcomer["email"])]
    assert confirm(new_browser(), old).status_code == 409
    assert confirm(new_browser(), new, mallory["password"]).status_code == 422
    assert confirm(http, new).headers["location"] == routes.HOME
    assert http.actor.name == "Ingrid Berg"
    signed_in = [new_browser().submit(routes.SIGN_IN, who) for who in (mallory, newcomer)]
    assert [answer.status_code for answer in signed_in] == [422, 303]


def test_who_signed_up_last_for_somebodys_address_has_nothing_of_it(http, link, newcomer):
    mallory = newcomer | {"name": "Mallory", "password": "mallory knows this"}
    new_browser().submit(routes.REGISTER, mallory)
    newest = token_in(mails_to(newcomer["email"])[-1])
    assert confirm(http, newest).status_code == 422
    assert confirm(http, link).status_code == 409
    answer = new_browser().submit(routes.SIGN_IN, mallory)
    assert answer.headers["location"] == "/check-mail?unconfirmed=1"
    http.submit(routes.REGISTER, newcomer)
    assert confirm(http, token_in(mails_to(newcomer["email"])[-1])).status_code == 303
    assert http.actor.name == "Ingrid Berg"


def test_an_address_that_waits_gets_the_answer_of_an_unknown_one(http, link, newcomer):
    waiting = new_browser().submit(routes.REGISTER, newcomer)
    unknown = new_browser().submit(
        routes.REGISTER, newcomer | {"email": f"new-{newcomer['email']}"}
    )
    assert waiting.status_code == unknown.status_code
    assert waiting.headers == unknown.headers
    assert waiting.content == unknown.content


def test_a_link_bears_ten_wrong_passwords_which_count_as_sign_ins(http, link, newcomer):
    new_browser().submit(routes.SIGN_IN, newcomer | {"password": "wrong password"})
    tries = [confirm(new_browser(), link, "wrong password").status_code for _ in range(9)]
    assert tries == [422] * 9
    assert confirm(http, link).status_code == 429
    assert db.read(confirmations.peek, token=link).email == newcomer["email"]


def test_a_machine_bears_thirty_wrong_passwords_at_links_and_sign_ins(http, link):
    for number in range(sign_ins.ADDRESS_TRIES):
        http.submit(routes.SIGN_IN, {"email": f"{number}-{secrets.token_hex(4)}@example.org"})
    assert confirm(http, link).status_code == 429
    assert confirm(new_browser(), link).status_code == 303


def test_the_right_password_at_a_link_does_not_count(http, link, newcomer):
    for _ in range(sign_ins.ACCOUNT_TRIES - 1):
        new_browser().submit(routes.SIGN_IN, newcomer | {"password": "wrong password"})
    assert confirm(http, link).status_code == 303
    assert new_browser().submit(routes.SIGN_IN, newcomer).status_code == 303


def test_opening_a_link_confirms_nothing(http, link, newcomer):
    assert http.get(f"{routes.CONFIRM_EMAIL}?token={link}").status_code == 405
    assert db.read(confirmations.peek, token=link).email == newcomer["email"]


def test_a_refused_form_names_each_field_and_repeats_nothing_typed(http, newcomer):
    form = newcomer | {"name": "", "password": "short", "email": "secret-typo"}
    answer = http.submit(routes.REGISTER, form)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    problem = answer.json()
    assert {*problem["errors"]} == {"name", "password", "email"}
    assert problem["title"] == "3 fields need another look."
    assert "short" not in answer.text
    assert "secret-typo" not in answer.text
    page = http.post_form(routes.REGISTER, form)
    assert page.status_code == 422
    assert "short" not in page.text
    assert "location" not in page.headers


def test_a_known_address_gets_the_answer_of_an_unknown_one(http, link, newcomer):
    confirm(http, link)
    people_before = count(Person)
    known = new_browser().submit(routes.REGISTER, newcomer | {"name": "Somebody"})
    unknown = new_browser().submit(
        routes.REGISTER, newcomer | {"email": f"new-{newcomer['email']}"}
    )
    assert known.status_code == unknown.status_code
    assert known.headers == unknown.headers
    assert known.content == unknown.content
    assert count(Person) == people_before + 1
    assert mails_to(newcomer["email"])[-1].subject == "You already have an account"
    assert len(mails_to(f"new-{newcomer['email']}")) == 1


def test_a_closed_instance_says_so_and_makes_nothing(http, newcomer):
    db.write(set_up, is_open=False)
    before = count(Person)
    answer = http.submit(routes.REGISTER, newcomer)
    assert answer.status_code == 403
    assert answer.json()["title"] == "This market is closed. New people join by invitation."
    assert count(Person) == before


def test_asking_for_the_mail_again_tells_nothing_and_stops_at_three(http, link, newcomer):
    waiting = [http.submit(routes.RESEND, {"email": newcomer["email"]}) for _ in range(4)]
    nobody = f"nobody-{newcomer['email']}"
    unknown = [http.submit(routes.RESEND, {"email": nobody}) for _ in range(4)]
    assert [each.status_code for each in waiting] == [303, 303, 303, 429]
    assert [each.status_code for each in unknown] == [303, 303, 303, 429]
    assert waiting[0].headers == unknown[0].headers
    assert len(mails_to(newcomer["email"])) == 4
    assert mails_to(nobody) == []


def test_consent_is_asked_for_each_time(http, newcomer):
    problem = http.submit(routes.REGISTER, newcomer | {"consent": ""}).json()
    assert problem["errors"] == {"consent": "Please read and accept the terms."}


def test_nobody_becomes_staff_by_adding_fields(http, newcomer):
    form = newcomer | {"staff_roles": "administrator", "is_confirmed": "true", "id": "1"}
    http.submit(routes.REGISTER, form)
    confirm(http, token_in(mails_to(newcomer["email"])[0]))
    assert http.actor.staff_roles == frozenset()


# All of them ---------------------------------------------------------------------------------

FORMS = [
    *(routes.SIGN_IN, routes.SIGN_OUT, routes.REGISTER, routes.RESEND, routes.CONFIRM_EMAIL),
    *(routes.FIRST_START, routes.SWITCH_PARTY, routes.ADD_PARTY, routes.SET_LANGUAGE),
]


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize(
    "origin",
    ["", "null", "https://evil.example", f"{settings.public_url}.evil.example", "http://localhost"],
)
def test_a_form_of_another_site_changes_nothing(http, alice, path, origin):
    http.post_form(routes.SIGN_IN, alice)
    before = count(SignInSession)
    headers = {"origin": origin} if origin else {}
    answer = http.post(path, data=alice | {"party": "0" * 20, "language": "sw"}, headers=headers)
    assert answer.status_code == 403
    assert settings.public_url in answer.text
    assert "set-cookie" not in answer.headers
    assert count(SignInSession) == before


@pytest.mark.parametrize("path", FORMS)
def test_a_get_does_nothing(http, path):
    assert http.get(path).status_code == 405


def test_every_form_of_ours_is_in_this_list():
    from freelance_app.api.app import api

    def posts(router):
        for route in router.routes:
            if hasattr(route, "methods") and "POST" in (route.methods or ()):
                yield route.path
            elif hasattr(route, "original_router"):
                yield from posts(route.original_router)

    assert {path for path in posts(api) if path.startswith(routes.AUTH)} == set(FORMS)


@pytest.mark.parametrize("path", FORMS)
def test_nonsense_is_refused_and_is_no_fault_of_ours(http, path):
    for data in ({}, {"email": "x" * 2_000}, {"email": "\x00", "token": "\x00", "party": "\x00"}):
        assert http.submit(path, data).status_code < 500
    answer = http.post(
        path,
        content=b"\xff\xfe=%ff&x",
        headers=HERE | {"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code < 500


def test_a_form_of_a_megabyte_is_not_even_read(http):
    answer = http.post_form(routes.SIGN_IN, {"email": "x" * 1_000_000})
    assert answer.status_code == 413


def test_a_form_without_a_length_is_not_read(http):
    def endless():
        yield b"email=x"

    answer = http.post(routes.SIGN_IN, content=endless(), headers=HERE)
    assert answer.status_code == 413


def test_every_answer_has_security_headers(http):
    headers = http.get("/auth/nothing").headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
