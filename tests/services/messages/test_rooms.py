"""Who sees which conversation, and what the list says of it."""

import pytest

from freelance_app import db, routes
from freelance_app.errors import NotFoundError
from freelance_app.models import RoomKind
from freelance_app.services.messages import messages, rooms
from tests.factories import World

SUBJECT = "0123456789abcdef0123"


def open_room(world: World, subject: str = "", title: str = "Field app") -> str:
    room = db.write(
        rooms.open_room,
        kind=RoomKind.PROPOSAL,
        subject_id=subject or f"{world.run}{world.run}0000",
        title=title,
        href=routes.proposal(subject or SUBJECT),
        party_ids=[world.alice.party_id, world.fatuma.party_id],
    )
    return room.public_id


def write(actor, room_id: str, body: str, nonce: str = "") -> str:
    return db.write(messages.send, actor=actor, room_id=room_id, body=body, nonce=nonce)


def test_a_subject_has_one_room_however_often_it_is_opened(world):
    assert open_room(world) == open_room(world, title="Field app, new title")
    people = db.read(rooms.members, room_id=_row_id(world))
    assert set(people) == {world.alice.person_id, world.bob.person_id, world.fatuma.person_id}


def _row_id(world: World) -> int:
    return db.read(rooms.get, actor=world.alice, room_id=open_room(world)).id


@pytest.mark.parametrize("name", ["alice", "bob", "fatuma"])
def test_the_people_of_both_sides_find_the_room(world, name):
    room_id = open_room(world)
    found = db.read(
        rooms.find,
        actor=getattr(world, name),
        kind=RoomKind.PROPOSAL,
        subject_id=f"{world.run}{world.run}0000",
    )
    assert found == room_id


@pytest.mark.parametrize("name", ["charlie", "dora", "frank"])
def test_a_stranger_finds_nothing_and_reads_nothing(world, name):
    room_id, stranger = open_room(world), getattr(world, name)
    write(world.alice, room_id, "secret")
    subject = {"kind": RoomKind.PROPOSAL, "subject_id": f"{world.run}{world.run}0000"}
    with pytest.raises(NotFoundError):
        db.read(rooms.find, actor=stranger, **subject)
    with pytest.raises(NotFoundError):
        db.read(rooms.get, actor=stranger, room_id=room_id)
    assert db.read(rooms.list_for, actor=stranger).rooms == []


def test_a_room_of_another_kind_is_another_room(world):
    open_room(world)
    with pytest.raises(NotFoundError):
        db.read(
            rooms.find,
            actor=world.alice,
            kind=RoomKind.CONTRACT,
            subject_id=f"{world.run}{world.run}0000",
        )


def test_the_list_names_the_other_side_the_last_words_and_what_is_unread(world):
    room_id = open_room(world)
    write(world.alice, room_id, "Hello")
    write(world.alice, room_id, "Can you\n\nstart on Monday?")
    (seen,) = db.read(rooms.list_for, actor=world.fatuma).rooms
    assert (seen.other.name, seen.other.is_company) == (world.alice.party_name, True)
    assert (seen.title, seen.last, seen.unread) == ("Field app", "Can you start on Monday?", "2")
    assert seen.href == routes.room(room_id)
    (own,) = db.read(rooms.list_for, actor=world.alice).rooms
    assert (own.other.name, own.last, own.unread) == (
        world.fatuma.party_name,
        "You: Can you start on Monday?",
        "",
    )


def test_a_colleague_has_an_own_count_of_what_is_unread(world):
    room_id = open_room(world)
    write(world.alice, room_id, "Hello")
    (seen,) = db.read(rooms.list_for, actor=world.bob).rooms
    assert (seen.last, seen.unread) == ("Hello", "1")


def test_an_empty_room_is_not_listed(world):
    open_room(world)
    assert db.read(rooms.list_for, actor=world.alice).rooms == []


def test_the_room_written_in_last_comes_first_and_pages_join_without_a_gap(world, monkeypatch):
    monkeypatch.setattr(rooms, "PAGE", 2)
    ids = [open_room(world, f"{world.run}{number:012d}") for number in range(5)]
    for room_id in ids:
        write(world.alice, room_id, "Hello")
    write(world.fatuma, ids[0], "Hello back")
    shown, before = [], ""
    for _round in range(3):
        page = db.read(rooms.list_for, actor=world.alice, before=before)
        shown += [room.id for room in page.rooms]
        before = page.before
    assert shown == [ids[0], *reversed(ids[1:])]
    assert before == ""


def test_long_words_are_cut_in_the_list():
    assert len(rooms.opening("word " * 100)) <= rooms.OPENING + 1
    assert rooms.opening("word " * 100).endswith("…")
