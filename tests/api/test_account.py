"""Party, role and language by one click; the set-up page; health."""

import secrets

import pytest
from sqlmodel import delete

from freelance_app import db, routes
from freelance_app.models import Instance, Party, Person, PolicyValue, StaffMember, schema
from freelance_app.services.accounts import first_start, parties, people
from freelance_app.services.instance import instances
from freelance_app.settings import settings
from tests.api.conftest import PASSWORD, new_browser


@pytest.fixture
def signed_in(http, alice):
    http.post_form(routes.SIGN_IN, alice)
    return http


def public_id(actor):
    with db.unit_of_work() as session:
        return session.get_one(Party, actor.party_id).public_id


def test_a_client_becomes_a_freelancer_too_and_switches_by_one_post(signed_in, sqlite_world):
    company = public_id(sqlite_world.alice)
    answer = signed_in.post_form(routes.ADD_PARTY, {"role": "freelancer"})
    assert answer.headers["location"] == routes.HOME
    assert signed_in.actor.is_freelancer
    answer = signed_in.post_form(routes.SWITCH_PARTY, {"party": company})
    assert answer.headers["location"] == routes.HOME
    assert signed_in.actor.party_name == sqlite_world.alice.party_name


def test_the_switch_holds_for_this_browser_alone(signed_in, alice):
    other = new_browser()
    other.post_form(routes.SIGN_IN, alice)
    signed_in.post_form(routes.ADD_PARTY, {"role": "freelancer"})
    assert other.actor.is_company


def test_nobody_switches_to_a_party_of_others(signed_in, sqlite_world):
    before = signed_in.actor
    theirs = public_id(sqlite_world.dora)
    assert signed_in.submit(routes.SWITCH_PARTY, {"party": theirs}).status_code == 404
    nothing = signed_in.submit(routes.SWITCH_PARTY, {"party": "0" * 20})
    assert nothing.status_code == 404
    assert signed_in.actor == before


@pytest.mark.parametrize("party", ["", "1", "' OR 1=1 --", "0" * 21])
def test_something_that_is_no_id_is_not_understood(signed_in, party):
    assert signed_in.submit(routes.SWITCH_PARTY, {"party": party}).status_code == 422


def test_a_refused_company_stands_beside_its_field(signed_in):
    problem = signed_in.submit(routes.ADD_PARTY, {"role": "client", "company": " "}).json()
    assert problem["errors"] == {"company": "Write a name."}


@pytest.mark.parametrize("path", [routes.SWITCH_PARTY, routes.ADD_PARTY])
def test_a_guest_is_sent_to_sign_in(http, path):
    form = {"party": "0" * 20, "role": "freelancer"}
    assert http.post_form(path, form).headers["location"] == "/login?next=%2Fhome"
    assert http.submit(path, form).status_code == 401


def test_a_language_is_kept_for_browser_and_person(signed_in, sqlite_world):
    here = f"{settings.public_url}/settings/profile?x=1"
    answer = signed_in.post_form(routes.SET_LANGUAGE, {"language": "sw"}, referer=here)
    assert answer.headers["location"] == "/settings/profile?x=1"
    assert signed_in.cookies["lang"] == "sw"
    assert db.read(people.profile, actor=sqlite_world.alice).language == "sw"


def test_a_guest_chooses_a_language_too(http):
    answer = http.post_form(routes.SET_LANGUAGE, {"language": "sw", "next": "/login"})
    assert answer.headers["location"] == "/login"
    assert http.cookies["lang"] == "sw"


@pytest.mark.parametrize("referer", ["https://evil.example/x", "nonsense", ""])
def test_a_language_leads_to_no_other_site(http, referer):
    form = {"language": "en", "next": "//evil.example"}
    answer = http.post_form(routes.SET_LANGUAGE, form, referer=referer)
    assert answer.headers["location"] == routes.LANDING


def test_a_language_that_is_not_built_is_refused(http):
    assert http.submit(routes.SET_LANGUAGE, {"language": "xx"}).status_code == 422


def test_refusals_are_told_in_the_language_of_the_page(http):
    http.cookies.set("lang", "sw")
    page = http.post_form(routes.SIGN_IN, {"email": "nobody@example.org", "password": "x"})
    assert '<html lang="sw">' in page.text


def test_a_fault_of_ours_is_hidden_but_numbered(http, monkeypatch, caplog):
    def broken(*_args, **_kwargs):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(people, "credentials_of", broken)
    quiet = new_browser()
    quiet._transport.raise_server_exceptions = False
    answer = quiet.submit(routes.SIGN_IN, {"email": "a@example.org", "password": "x"})
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert answer.json()["request"] in caplog.text


# The set-up page ------------------------------------------------------------------------------


@pytest.fixture
def set_up_link(database):
    """Let there be no administrator, before and after, and return a new link's token."""

    def empty(session):
        for table in (StaffMember, Instance, PolicyValue):
            session.exec(delete(table))

    db.write(empty)
    yield db.write(first_start.issue).partition("token=")[2]
    db.write(empty)


@pytest.fixture
def set_up_form(set_up_link):
    return {
        "token": set_up_link,
        "name": "Amina Njoroge",
        "email": f"amina-{secrets.token_hex(6)}@example.org",
        "password": PASSWORD,
        "instance_name": "Mwamba Works",
        "time_zone": "Africa/Nairobi",
        "currency": "KES",
        "sign_up": "open",
        "bank_holder": "Mwamba Cooperative",
        "bank_account": "KE12 3456",
        "payout_wait_days": "0",
    }


def test_the_set_up_makes_an_administrator_at_home(http, set_up_form):
    answer = http.submit(routes.FIRST_START, set_up_form)
    assert answer.headers["location"] == routes.HOME
    assert http.actor.staff_roles == {"administrator", "finance", "moderator"}
    assert db.read(instances.get).name == "Mwamba Works"
    assert db.read(parties.list_for, actor=http.actor) == []


def test_the_link_of_the_set_up_works_once(http, set_up_form):
    http.submit(routes.FIRST_START, set_up_form)
    second = set_up_form | {"email": f"second-{set_up_form['email']}"}
    assert new_browser().submit(routes.FIRST_START, second).status_code == 409


def test_a_refused_set_up_names_its_fields_and_can_be_sent_again(http, set_up_form):
    wrong = set_up_form | {"password": "short", "currency": ""}
    problem = http.submit(routes.FIRST_START, wrong).json()
    assert {*problem["errors"]} == {"password", "currency"}
    assert http.submit(routes.FIRST_START, set_up_form).status_code == 303


def test_nobody_sets_up_without_the_link(http, set_up_form):
    answer = http.submit(routes.FIRST_START, set_up_form | {"token": "guess"})
    assert answer.status_code == 409
    with db.unit_of_work() as session:
        assert (
            session.exec(people.select(Person).where(Person.email == set_up_form["email"])).first()
            is None
        )


# Health ---------------------------------------------------------------------------------------


def test_the_server_says_that_it_lives(http):
    assert http.get(routes.HEALTH).status_code == 200


def test_it_is_ready_while_its_database_is_the_right_one(http, monkeypatch):
    assert http.get(routes.READY).status_code == 200

    def broken(_engine):
        raise schema.SchemaError("not at head")

    monkeypatch.setattr(schema, "require_ready", broken)
    assert http.get(routes.READY).status_code == 503


def test_after_the_switch_the_wanted_page_of_ours_is_shown(signed_in, sqlite_world):
    company = public_id(sqlite_world.alice)
    for wanted, shown in (
        ("/contracts/abc", "/contracts/abc"),
        ("//evil.example", routes.HOME),
        ("https://evil.example", routes.HOME),
        ("/auth/sign-out", routes.HOME),
    ):
        answer = signed_in.post_form(routes.SWITCH_PARTY, {"party": company, "next": wanted})
        assert answer.headers["location"] == shown
