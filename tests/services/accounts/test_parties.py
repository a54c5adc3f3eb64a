"""Parties: one person in two roles, and the people of a company."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from freelance_app import db
from freelance_app.errors import (
    ConflictError,
    InvalidError,
    NotFoundError,
    NotPermittedError,
    NotSignedInError,
)
from freelance_app.models import MemberRole, Person
from freelance_app.services.accounts import parties, sessions
from freelance_app.services.instance import counts


def public_id(actor):
    with db.unit_of_work() as session:
        return session.get_one(Person, actor.person_id).public_id


def opened(actor):
    return db.write(sessions.open_for, person_id=actor.person_id)


def acting(token):
    return db.read(sessions.find_actor, token=token)


def add(actor, token, role, company=""):
    db.write(parties.add_and_act, actor=actor, role=role, company=company, session_token=token)
    return acting(token)


def test_everybody_sees_the_own_parties_alone(world):
    (alices,) = db.read(parties.list_for, actor=world.alice)
    assert (alices.name, alices.kind, alices.role) == (world.alice.party_name, "Client", "Owner")
    assert alices.is_current
    (bobs,) = db.read(parties.list_for, actor=world.bob)
    assert (bobs.id, bobs.role) == (alices.id, "Viewer")
    assert alices.id not in repr(db.read(parties.list_for, actor=world.charlie))
    assert db.read(parties.list_for, actor=world.frank) == []


def test_the_menu_of_every_page_lists_them(world):
    shell = db.read(counts.shell, actor=world.fatuma)
    assert [(choice.name, choice.is_company) for choice in shell.parties] == [
        (world.fatuma.party_name, False)
    ]


def test_a_freelancer_becomes_a_client_too_and_switches_back(world):
    token = opened(world.fatuma)
    client = add(world.fatuma, token, "client", "  Fatuma   Designs ")
    assert (client.party_name, client.is_company, client.is_owner) == (
        "Fatuma Designs",
        True,
        True,
    )
    first = db.read(parties.list_for, actor=client)[0]
    db.write(sessions.act_for, actor=client, token=token, party_id=first.id)
    assert acting(token).party_id == world.fatuma.party_id


def test_a_client_becomes_a_freelancer_too_once(world):
    token = opened(world.alice)
    freelancer = add(world.alice, token, "freelancer")
    assert (freelancer.party_name, freelancer.is_freelancer) == (world.alice.name, True)
    with pytest.raises(ConflictError):
        add(freelancer, token, "freelancer")


def test_a_company_of_the_same_name_is_refused(world):
    with pytest.raises(ConflictError) as refused:
        db.write(parties.add_company, actor=world.alice, name=world.alice.party_name)
    assert refused.value.field == "company"


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\x00b"])
def test_a_company_needs_a_name(world, name):
    with pytest.raises(InvalidError) as refused:
        db.write(parties.add_company, actor=world.fatuma, name=name)
    assert refused.value.field == "company"


def test_there_is_no_third_role(world):
    with pytest.raises(InvalidError):
        add(world.alice, opened(world.alice), "administrator")


def test_nobody_acts_for_a_party_of_others(world):
    token = opened(world.charlie)
    (alices,) = db.read(parties.list_for, actor=world.alice)
    with pytest.raises(NotFoundError):
        db.write(sessions.act_for, actor=world.charlie, token=token, party_id=alices.id)
    assert acting(token).party_id == world.charlie.party_id


def test_members_are_seen_by_members(world):
    seen = [(each.name, each.role) for each in db.read(parties.members, actor=world.bob)]
    assert seen == [(world.alice.name, "Owner"), (world.bob.name, "Viewer")]
    assert len(db.read(parties.members, actor=world.dora)) == 1


def test_an_owner_takes_a_viewer_in_and_sends_the_viewer_away(world):
    charlie = public_id(world.charlie)
    db.write(parties.add_member, actor=world.alice, person_id=charlie, role=MemberRole.VIEWER)
    token = opened(world.charlie)
    alices = db.read(parties.list_for, actor=world.alice)[0].id
    db.write(sessions.act_for, actor=world.charlie, token=token, party_id=alices)
    assert (acting(token).party_id, acting(token).is_owner) == (world.alice.party_id, False)
    db.write(parties.remove_member, actor=world.alice, person_id=charlie)
    assert acting(token).party_id == 0


def test_the_same_person_cannot_be_added_twice(world):
    with pytest.raises(ConflictError):
        db.write(
            parties.add_member,
            actor=world.alice,
            person_id=public_id(world.bob),
            role=MemberRole.OWNER,
        )


def test_a_viewer_and_a_freelancer_change_no_members(world):
    for actor in (world.bob, world.fatuma):
        with pytest.raises(NotPermittedError):
            db.write(parties.remove_member, actor=actor, person_id=public_id(world.alice))
        with pytest.raises(NotPermittedError):
            db.write(
                parties.add_member,
                actor=actor,
                person_id=public_id(world.charlie),
                role=MemberRole.OWNER,
            )


def test_a_member_of_others_is_not_found(world):
    with pytest.raises(NotFoundError):
        db.write(parties.remove_member, actor=world.dora, person_id=public_id(world.bob))
    with pytest.raises(NotFoundError):
        db.write(parties.add_member, actor=world.alice, person_id="0" * 20, role=MemberRole.VIEWER)


def test_the_last_owner_stays(world):
    alice = public_id(world.alice)
    with pytest.raises(ConflictError):
        db.write(parties.remove_member, actor=world.alice, person_id=alice)
    with pytest.raises(ConflictError):
        db.write(parties.change_role, actor=world.alice, person_id=alice, role=MemberRole.VIEWER)


def test_of_two_owners_who_leave_at_once_one_stays(world):
    bob, alice = public_id(world.bob), public_id(world.alice)
    db.write(parties.change_role, actor=world.alice, person_id=bob, role=MemberRole.OWNER)

    def leave(person_id):
        try:
            db.write(parties.remove_member, actor=world.alice, person_id=person_id)
        except ConflictError:
            return 0
        return 1

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(leave, [alice, bob])) == 1


@pytest.mark.parametrize(("role", "company"), [("freelancer", ""), ("client", "Berg and Sons")])
def test_of_two_requests_at_once_one_adds_a_party(world, role, company):
    tokens = [opened(world.alice) for _ in range(4)]

    def become(token):
        try:
            add(world.alice, token, role, company)
        except ConflictError:
            return 0
        return 1

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(become, tokens)) == 1


def test_a_service_needs_somebody_signed_in(database):
    with pytest.raises(NotSignedInError):
        db.read(sessions.as_actor, parties.list_for, token="nothing")
