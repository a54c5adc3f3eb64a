"""Signing up: what is made, what is refused, and that nobody learns who has an account."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import func, select

from freelance_app import clock, db
from freelance_app.errors import InvalidFormError, NotPermittedError, TooManyError
from freelance_app.models import MemberRole, Membership, Party, PartyKind, Person
from freelance_app.services.accounts import confirmations, legal, people, registrations, sessions
from tests.services.accounts.conftest import confirm, mails_to, register, set_up, token_in


def person_of(form):
    with db.unit_of_work() as session:
        return people.find(session, email=people.normal_email(form.email))


def parties_of(person):
    with db.unit_of_work() as session:
        rows = (
            select(Party, Membership.role).join(Membership).where(Membership.person_id == person.id)
        )
        return [(party.kind, party.name, role) for party, role in session.exec(rows)]


def count_people():
    with db.unit_of_work() as session:
        return session.exec(select(func.count()).select_from(Person)).one()


def test_a_client_gets_an_account_and_owns_a_company(form):
    register(form)
    person = person_of(form)
    assert (person.name, person.time_zone, person.language) == ("Ingrid Berg", "Europe/Oslo", "en")
    assert person.terms_version == legal.VERSION
    assert person.email_confirmed_at is None
    assert parties_of(person) == [(PartyKind.COMPANY, "Fjordlys Energi", MemberRole.OWNER)]


def test_a_freelancer_is_a_party_under_the_own_name(form):
    register(replace(form, role="freelancer", company="not read"))
    assert parties_of(person_of(form)) == [(PartyKind.FREELANCER, "Ingrid Berg", MemberRole.OWNER)]


def test_a_browser_without_a_time_zone_gets_the_instances(form):
    register(replace(form, zone="Mars/Olympus"))
    assert person_of(form).time_zone == "Africa/Nairobi"


def test_the_address_is_kept_in_one_form(form):
    register(replace(form, email=f"  {form.email.upper()} "))
    assert person_of(form).email == form.email


def test_two_people_of_one_name_have_two_handles(form):
    first, second = form, replace(form, email=f"second-{form.email}")
    register(first)
    register(second)
    assert person_of(first).handle != person_of(second).handle


@pytest.mark.parametrize("name", ["Ælfgifu Þórsdóttir", "慧 李", "—", "x" * 100])
def test_every_name_has_a_handle_for_an_address(form, name):
    register(replace(form, name=name))
    handle = person_of(form).handle
    assert 0 < len(handle) <= 32
    assert handle.replace("-", "").isascii()


def test_a_mail_brings_the_link_in_the_persons_language(form):
    register(form)
    (mail,) = mails_to(form.email)
    assert mail.subject == "Confirm your e-mail address"
    assert "Mwamba Works" in mail.body
    assert "/verify-email?token=" in mail.link


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", "administrator"),
        ("name", " "),
        ("name", "x" * 101),
        ("name", "Ingrid\u202egreB"),
        ("company", ""),
        ("email", "ingrid"),
        ("email", "ingrid@localhost"),
        ("email", "a@b.org, c@d.org"),
        ("email", "in\x00grid@example.org"),
        ("email", "ingrid@example.org\nBcc: all@example.org"),
        ("email", f"{'x' * 65}@example.org"),
        ("email", f"x@{'y' * 250}.org"),
        ("password", "short"),
        ("password", "x" * 257),
        ("password", "1234567890"),
        ("password", "Password123"),
        ("password", "aaaaaaaaaaaa"),
        ("has_consented", False),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_made(form, field, value):
    before = count_people()
    with pytest.raises(InvalidFormError) as refused:
        register(replace(form, **{field: value}))
    assert list(refused.value.fields) == [{"has_consented": "consent"}.get(field, field)]
    assert count_people() == before


def test_the_address_is_no_password(form):
    with pytest.raises(InvalidFormError, match="something else than your e-mail"):
        register(replace(form, password=form.email.upper()))


def test_every_fault_is_told_at_once(open_door):
    with pytest.raises(InvalidFormError) as refused:
        register(registrations.Registration())
    assert {*refused.value.fields} == {"role", "name", "email", "password", "consent"}


def test_a_closed_instance_takes_nobody(form):
    db.write(set_up, is_open=False)
    with pytest.raises(NotPermittedError, match="by invitation"):
        register(form)
    assert person_of(form) is None


def test_a_known_address_makes_nothing_and_its_owner_is_told(form):
    register(form)
    confirm(token_in(mails_to(form.email)[0]))
    before = count_people()
    register(replace(form, name="Somebody Else", role="freelancer"))
    assert count_people() == before
    assert person_of(form).name == "Ingrid Berg"
    assert mails_to(form.email)[-1].subject == "You already have an account"


def test_an_address_that_waits_is_signed_up_anew_and_the_older_link_is_void(form):
    register(replace(form, name="Mallory", role="freelancer", zone="Asia/Tokyo", language="sw"))
    first, before = person_of(form), count_people()
    register(form, "the hash of another password")
    second = person_of(form)
    assert (second.id, count_people()) == (first.id, before)
    assert (second.name, second.time_zone, second.language) == ("Ingrid Berg", "Europe/Oslo", "en")
    assert second.handle.startswith("ingrid-berg")
    assert second.password_hash == "the hash of another password"
    assert parties_of(second) == [(PartyKind.COMPANY, "Fjordlys Energi", MemberRole.OWNER)]
    old, new = [token_in(mail) for mail in mails_to(form.email)]
    assert db.read(confirmations.peek, token=old).email == ""
    confirm(new)
    assert person_of(form).email_confirmed_at is not None


def test_signing_up_twice_alike_changes_no_handle(form):
    register(form)
    handle = person_of(form).handle
    register(form)
    assert person_of(form).handle == handle


def test_a_confirmed_account_is_never_signed_up_anew(form):
    register(form)
    confirm(token_in(mails_to(form.email)[0]))
    before = person_of(form)
    register(replace(form, name="Mallory", role="freelancer"), "the hash of another password")
    assert person_of(form).model_dump() == before.model_dump()
    assert parties_of(before) == [(PartyKind.COMPANY, "Fjordlys Energi", MemberRole.OWNER)]


def test_when_no_mail_may_leave_the_last_link_goes_on_with_the_newest_password(form):
    for number in range(10):
        register(form, f"hash {number}")
    last = token_in(mails_to(form.email)[-1])
    assert db.read(confirmations.find_waiting, token=last).password_hash == "hash 9"


def test_nobody_can_flood_an_address_with_mails(form):
    for _ in range(10):
        register(form)
    assert len(mails_to(form.email)) == 1 + confirmations.MAILS


def test_after_an_hour_mails_leave_again(form, at):
    now = clock.now()
    at(now)
    for _ in range(5):
        register(form)
    at(now + timedelta(hours=1))
    register(form)
    assert len(mails_to(form.email)) == 1 + confirmations.MAILS + 1


def test_thirty_sign_ups_from_one_machine_are_enough(open_door):
    for _ in range(registrations.TRIES):
        db.write(registrations.count_try, address="192.0.2.9")
    with pytest.raises(TooManyError):
        db.write(registrations.count_try, address="192.0.2.9")
    db.write(registrations.count_try, address="192.0.2.10")


def test_an_unconfirmed_person_has_no_session(form):
    register(form)
    with db.unit_of_work() as session:
        rows = select(func.count()).where(
            sessions.SignInSession.person_id == people.find(session, email=form.email).id
        )
        assert session.exec(rows).one() == 0
