"""The first start: one link, one administrator, once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import delete, select

from freelance_app import clock, db
from freelance_app.errors import ConflictError, InvalidFormError
from freelance_app.models import Instance, PolicyValue, StaffMember
from freelance_app.services.accounts import first_start, people, sessions
from freelance_app.services.accounts.first_start import SetUp
from freelance_app.services.accounts.sessions import Browser
from freelance_app.services.instance import instances, policies
from freelance_app.services.instance.instances import InstanceForm
from freelance_app.settings import settings
from tests.services.accounts.conftest import HASH

SET_UP = SetUp(
    name="Amina Njoroge",
    email="amina@example.org",
    password="correct horse battery",
    language="sw",
    instance=InstanceForm(
        instance_name="Mwamba Works",
        time_zone="Africa/Nairobi",
        currency="KES",
        sign_up="open",
        bank_holder="Mwamba Cooperative",
        bank_account="KE12 3456",
        payout_wait_days="0",
    ),
)


@pytest.fixture(autouse=True)
def fresh(database):
    """Let the instance have no administrator and no settings, before and after."""

    def empty(session):
        for table in (StaffMember, Instance, PolicyValue):
            session.exec(delete(table))

    db.write(empty)
    yield
    db.write(empty)


@pytest.fixture
def alice(world):
    """Somebody with an account, while nobody is staff yet."""
    db.write(lambda session: session.exec(delete(StaffMember)))
    return world.alice


@pytest.fixture
def form():
    return replace(SET_UP, email=f"amina-{clock.now().timestamp()}@example.org")


def issue():
    url = db.write(first_start.issue)
    assert url.startswith(f"{settings.public_url}/setup?token=")
    return url.partition("token=")[2]


def complete(token, form):
    return db.write(
        first_start.complete, token=token, form=form, password_hash=HASH, browser=Browser()
    )


def test_the_link_makes_an_administrator_who_is_signed_in(form):
    opened = complete(issue(), form)
    actor = db.read(sessions.find_actor, token=opened.token)
    assert actor.staff_roles == {"administrator", "finance", "moderator"}
    assert actor.is_confirmed
    assert (actor.zone, actor.language, actor.party_id) == ("Africa/Nairobi", "sw", 0)


def test_the_set_up_is_kept(form):
    complete(issue(), form)
    view = db.read(instances.get)
    assert (view.name, view.currency, view.is_sign_up_open) == ("Mwamba Works", "KES", True)
    assert (view.bank_holder, view.bank_account) == ("Mwamba Cooperative", "KE12 3456")
    assert db.read(policies.value, "payout_wait_days") == 0


def test_the_password_that_was_typed_signs_in(form):
    complete(issue(), form)
    assert db.read(people.credentials_of, email=form.email).password_hash == HASH


def test_the_link_is_dead_afterwards_and_no_other_is_made(form):
    token = issue()
    complete(token, form)
    assert not db.read(first_start.is_open, token=token)
    with pytest.raises(ConflictError):
        complete(token, replace(form, email="second@example.org"))
    assert db.write(first_start.issue) is None


def test_looking_uses_nothing_up(form):
    token = issue()
    assert db.read(first_start.is_open, token=token)
    assert db.read(first_start.is_open, token=token)
    complete(token, form)


def test_each_start_makes_the_link_before_useless(form):
    first, second = issue(), issue()
    assert not db.read(first_start.is_open, token=first)
    with pytest.raises(ConflictError):
        complete(first, form)
    complete(second, form)


def test_the_link_lives_a_day(form, at):
    token = issue()
    at(clock.now() + timedelta(hours=24, seconds=1))
    assert not db.read(first_start.is_open, token=token)
    with pytest.raises(ConflictError):
        complete(token, form)


def test_an_older_link_is_dead_once_there_is_an_administrator(form, alice):
    token = issue()

    def promote(session):
        session.add(StaffMember(person_id=alice.person_id, role="administrator"))

    db.write(promote)
    assert not db.read(first_start.is_open, token=token)
    with pytest.raises(ConflictError):
        complete(token, form)


def test_a_refused_form_leaves_the_link_alive_and_nothing_behind(form):
    token = issue()
    wrong = replace(
        form, password="short", instance=replace(form.instance, instance_name="", currency="?")
    )
    with pytest.raises(InvalidFormError) as refused:
        complete(token, wrong)
    assert {*refused.value.fields} == {"password", "instance_name", "currency"}
    assert db.read(people.credentials_of, email=form.email) is None
    with db.unit_of_work() as session:
        assert session.exec(select(StaffMember)).all() == []
    complete(token, form)


def test_the_address_of_somebody_else_is_refused(form, alice):
    def email_of(session):
        return session.get_one(people.Person, alice.person_id).email

    with pytest.raises(InvalidFormError) as refused:
        complete(issue(), replace(form, email=db.read(email_of)))
    assert list(refused.value.fields) == ["email"]


@pytest.mark.parametrize("token", ["", "nothing", "\x00"])
def test_no_other_token_opens_it(form, token):
    issue()
    assert not db.read(first_start.is_open, token=token)
    with pytest.raises(ConflictError):
        complete(token, form)


def test_the_secret_stands_nowhere_in_the_database():
    token = issue()
    with db.unit_of_work() as session:
        rows = session.exec(select(first_start.links.SingleUseToken)).all()
        assert all(token not in repr(row.model_dump()) for row in rows)
