"""People: their own profile, and the forms of names and addresses."""

import pytest

from freelance_app import db
from freelance_app.errors import InvalidFormError
from freelance_app.models import Party, Person
from freelance_app.services.accounts import legal, people
from freelance_app.services.accounts.people import NewPerson


def change(actor, name="New Name", zone="Europe/Oslo"):
    return db.write(people.change_profile, actor=actor, name=name, zone=zone)


def party_name(actor):
    with db.unit_of_work() as session:
        return session.get_one(Party, actor.party_id).name


def test_a_person_changes_the_own_name_and_zone(world):
    saved = change(world.alice, name="  Alice   Otieno ")
    assert (saved.name, saved.zone) == ("Alice Otieno", "Europe/Oslo")
    assert db.read(people.profile, actor=world.alice) == saved
    assert db.read(people.profile, actor=world.bob).name == world.bob.name


def test_a_freelancer_is_renamed_with_the_person_and_a_company_is_not(world):
    change(world.fatuma, name="Fatuma Ali")
    change(world.alice, name="Alice Otieno")
    change(world.bob, name="Bob Otieno")
    assert party_name(world.fatuma) == "Fatuma Ali"
    assert party_name(world.alice) == world.alice.party_name


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("name", "a\ud800b"), ("zone", "Mars/Olympus"), ("zone", "")]
)
def test_what_cannot_be_used_is_named(world, field, value):
    with pytest.raises(InvalidFormError) as refused:
        change(world.alice, **{field: value})
    assert list(refused.value.fields) == [field]
    assert db.read(people.profile, actor=world.alice).name == world.alice.name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Alice@Example.ORG ", "alice@example.org"),
        ("bücher@Bücher.example", "bücher@xn--bcher-kva.example"),
        ("no address", "no address"),
        ("a@" + "ü" * 70 + ".org", "a@" + "ü" * 70 + ".org"),
    ],
)
def test_an_address_has_one_form(typed, kept):
    assert people.normal_email(typed) == kept


@pytest.mark.parametrize("name", ["Ana", "O’Neil", "نی\u200cنی", "李慧"])
def test_names_of_all_scripts_are_fine(name):
    assert people.fault_of_name(name) == ""


def test_an_address_has_one_account(database):
    new = NewPerson(name="Ana", email="ana@one.example", password_hash="!")
    first = db.write(people.add, new)
    assert db.write(people.add, new) is None

    def remove(session):
        session.delete(session.get_one(Person, first.id))

    db.write(remove)


def test_the_race_for_an_address_has_one_winner_and_no_fault(database, monkeypatch):
    new = NewPerson(name="Ana", email="ana@race.example", password_hash="!")
    first = db.write(people.add, new)
    monkeypatch.setattr(people, "_id_of", lambda session, email: None)  # both looked before
    assert db.write(people.add, new) is None

    def remove(session):
        session.delete(session.get_one(Person, first.id))

    db.write(remove)


@pytest.mark.parametrize("name", ["terms", "privacy"])
def test_a_legal_text_is_there_in_every_language(name):
    assert legal.text_of(name, "en").startswith("*This is a template.")
    assert legal.text_of(name, "xx") == legal.text_of(name, "en")
