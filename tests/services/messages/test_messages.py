"""Writing, reading on, and being told once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from freelance_app import clock, db
from freelance_app.errors import InvalidError, NotFoundError, NotPermittedError
from freelance_app.models import Deadline, DeadlineStatus, Mail, Message, Notice, Room
from freelance_app.services.instance import counts, deadlines
from freelance_app.services.messages import conversations, messages, windows
from tests.services.messages.test_rooms import open_room, write

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


def view(actor, room_id: str):
    return db.read(conversations.get_view, actor=actor, room_id=room_id)


def news(actor, room_id: str, last: str):
    return db.read(conversations.get_news, actor=actor, room_id=room_id, last=last)


def bodies(actor, room_id: str) -> list[str]:
    return [message.body.html.strip() for message in view(actor, room_id).messages]


def test_both_sides_see_the_messages_in_order(world):
    room_id = open_room(world)
    write(world.alice, room_id, "When can you **start**?")
    write(world.fatuma, room_id, "On Monday")
    expected = ["<p>When can you <strong>start</strong>?</p>", "<p>On Monday</p>"]
    assert bodies(world.alice, room_id) == bodies(world.fatuma, room_id) == expected
    first, second = view(world.fatuma, room_id).messages
    assert (first.author, first.party, first.is_mine) == (
        world.alice.name,
        world.alice.party_name,
        False,
    )
    assert (second.author, second.party, second.is_mine) == ("You", "", True)


def test_a_viewer_reads_but_does_not_write(world):
    room_id = open_room(world)
    write(world.alice, room_id, "Hello")
    assert bodies(world.bob, room_id) == ["<p>Hello</p>"]
    assert not view(world.bob, room_id).can_write
    with pytest.raises(NotPermittedError):
        write(world.bob, room_id, "Hello")


@pytest.mark.parametrize("name", ["charlie", "dora", "frank"])
def test_a_stranger_can_do_nothing(world, name):
    room_id, stranger = open_room(world), getattr(world, name)
    message_id = write(world.alice, room_id, "Hello")
    for call in (
        lambda: write(stranger, room_id, "Hello"),
        lambda: view(stranger, room_id),
        lambda: news(stranger, room_id, message_id),
        lambda: db.read(conversations.older, actor=stranger, room_id=room_id, before=message_id),
        lambda: db.write(
            messages.mark_read, actor=stranger, room_id=room_id, message_id=message_id
        ),
    ):
        with pytest.raises(NotFoundError):
            call()
    assert bodies(world.alice, room_id) == ["<p>Hello</p>"]


@pytest.mark.parametrize("body", ["", "  \n ", "\x00", "x" * 10_001])
def test_nothing_and_too_much_are_refused_beside_the_field(world, body):
    room_id = open_room(world)
    with pytest.raises(InvalidError) as refused:
        write(world.alice, room_id, body)
    assert refused.value.field == "body"
    assert bodies(world.alice, room_id) == []


def test_the_longest_message_is_taken_and_control_characters_are_left_out(world):
    room_id = open_room(world)
    write(world.alice, room_id, "y" * 10_000)
    write(world.alice, room_id, "a\x00b\x1bc\r\nd")
    assert bodies(world.alice, room_id)[1] == "<p>abc<br>\nd</p>"


def test_a_message_that_is_sent_again_stands_once(world):
    room_id = open_room(world)
    first = write(world.alice, room_id, "Hello", nonce="tab-1")
    assert write(world.alice, room_id, "Hello", nonce="tab-1") == first
    assert bodies(world.alice, room_id) == ["<p>Hello</p>"]


def test_the_same_nonce_with_other_words_is_another_message(world):
    room_id = open_room(world)
    write(world.alice, room_id, "Hello", nonce="tab-1")
    write(world.alice, room_id, "Hello again", nonce="tab-1")
    write(world.fatuma, room_id, "Hello", nonce="tab-1")
    assert len(bodies(world.alice, room_id)) == 3


def test_without_a_nonce_the_same_words_may_be_said_twice(world):
    room_id = open_room(world)
    write(world.alice, room_id, "ok")
    write(world.alice, room_id, "ok")
    assert len(bodies(world.alice, room_id)) == 2


def test_a_message_that_eight_threads_send_again_stands_once(world):
    room_id, sent = open_room(world), []
    threads = [
        threading.Thread(target=lambda: sent.append(write(world.alice, room_id, "Hello", "n")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == 8
    assert len(set(sent)) == 1
    assert bodies(world.alice, room_id) == ["<p>Hello</p>"]


def test_messages_of_many_threads_are_all_there_and_the_last_one_is_the_newest(world):
    room_id = open_room(world)
    threads = [
        threading.Thread(target=write, args=(actor, room_id, f"{actor.name} {number}"))
        for actor in (world.alice, world.fatuma)
        for number in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(bodies(world.alice, room_id)) == 10
    with db.unit_of_work() as session:
        room = session.exec(select(Room).where(Room.public_id == room_id)).one()
        newest = session.exec(select(Message.id).where(Message.room_id == room.id)).all()
    assert room.last_message_id == max(newest)


def test_older_messages_join_without_a_gap(world, monkeypatch):
    monkeypatch.setattr(windows, "PAGE", 2)
    room_id = open_room(world)
    for number in range(5):
        write(world.alice, room_id, f"m{number}")
    shown = view(world.fatuma, room_id)
    rows, has_older = list(shown.messages), shown.has_older
    while has_older:
        more, has_older = db.read(
            conversations.older, actor=world.fatuma, room_id=room_id, before=rows[0].id
        )
        rows = windows.joined(more, rows)
    assert [row.body.html.strip() for row in rows] == [f"<p>m{number}</p>" for number in range(5)]
    assert [bool(row.day) for row in rows] == [True, False, False, False, False]


def test_what_came_since_the_last_message_comes_in_order_and_without_a_gap(world, monkeypatch):
    monkeypatch.setattr(windows, "PAGE", 2)
    room_id = open_room(world)
    first = write(world.alice, room_id, "m0")
    for number in range(1, 6):
        write(world.alice, room_id, f"m{number}")
    rows, last = [], first
    while (found := news(world.fatuma, room_id, last)).messages:
        rows, last = windows.joined(rows, found.messages), found.messages[-1].id
        assert found.has_more is (len(rows) < 5)
    assert [row.body.html.strip() for row in rows] == [
        f"<p>m{number}</p>" for number in range(1, 6)
    ]
    assert [bool(row.day) for row in rows] == [True, False, False, False, False]
    assert windows.joined(rows, rows) == rows


def test_a_page_shows_no_more_than_it_may_and_its_first_message_tells_the_day(world, monkeypatch):
    monkeypatch.setattr(windows, "MOST_SHOWN", 2)
    room_id = open_room(world)
    for number in range(3):
        write(world.alice, room_id, f"m{number}")
    rows = windows.last_of(view(world.fatuma, room_id).messages)
    assert [row.body.html.strip() for row in rows] == ["<p>m1</p>", "<p>m2</p>"]
    assert [bool(row.day) for row in rows] == [True, False]


def test_days_are_named_in_the_words_of_the_reader(world, at):
    room_id = open_room(world)
    for moment in (NOON - timedelta(days=9), NOON - timedelta(days=1), NOON):
        at(moment)
        write(world.alice, room_id, "Hello")
    days = [message.day for message in view(world.fatuma, room_id).messages]
    assert days == ["Mon 9 Nov 2026", "Yesterday", "Today"]


def test_what_was_read_is_counted_no_more_and_reading_never_goes_backwards(world):
    room_id = open_room(world)
    first = write(world.alice, room_id, "one")
    second = write(world.alice, room_id, "two")
    assert unread(world.fatuma) == 2
    assert read(world.fatuma, room_id, first)
    assert unread(world.fatuma) == 1
    assert read(world.fatuma, room_id, second)
    assert not read(world.fatuma, room_id, first)
    assert not read(world.fatuma, room_id, second)
    assert unread(world.fatuma) == 0


def unread(actor) -> int:
    return db.read(messages.unread_count, actor)


def read(actor, room_id: str, message_id: str) -> bool:
    return db.write(messages.mark_read, actor=actor, room_id=room_id, message_id=message_id)


def test_a_message_of_another_room_marks_nothing(world):
    room_id, other = open_room(world), open_room(world, f"{world.run}000000000001")
    write(world.alice, room_id, "one")
    message_id = write(world.alice, other, "two")
    assert not read(world.fatuma, room_id, message_id)
    assert unread(world.fatuma) == 2


def test_the_frame_shows_the_number_of_unread_messages(world):
    room_id = open_room(world)
    write(world.alice, room_id, "one")
    assert db.read(counts.shell, actor=world.fatuma).messages == "1"
    assert db.read(counts.shell, actor=world.alice).messages == ""
    assert db.read(counts.shell, actor=world.charlie).messages == ""


def test_the_writer_sees_that_the_other_side_has_read(world):
    room_id = open_room(world)
    message_id = write(world.alice, room_id, "one")
    read(world.bob, room_id, message_id)
    assert not view(world.alice, room_id).is_seen
    read(world.fatuma, room_id, message_id)
    assert view(world.alice, room_id).is_seen
    assert news(world.alice, room_id, message_id).is_seen
    assert not view(world.fatuma, room_id).is_seen
    write(world.alice, room_id, "two")
    assert not view(world.alice, room_id).is_seen


def told(actor) -> tuple[int, int]:
    """Return how many notices and mails about messages a person has."""
    with db.unit_of_work() as session:
        notices = session.exec(
            select(Notice).where(
                Notice.person_id == actor.person_id, Notice.kind == "message.received"
            )
        ).all()
        mails = session.exec(select(Mail).where(Mail.person_id == actor.person_id)).all()
    return len(notices), len(mails)


def run_due() -> None:
    """Run what is due, as the worker does."""
    while due := db.write(deadlines.claim_due):
        db.write(deadlines.run, due=due)


def test_who_does_not_read_within_a_minute_is_told_once_until_reading(world, at):
    room_id = open_room(world)
    now = clock.now()
    at(now)
    write(world.alice, room_id, "one")
    last = write(world.alice, room_id, "two")
    run_due()
    assert told(world.fatuma) == (0, 0)
    at(now + messages.GRACE)
    run_due()
    assert told(world.fatuma) == (1, 1)
    last = write(world.alice, room_id, "three")
    at(now + 2 * messages.GRACE)
    run_due()
    assert told(world.fatuma) == (1, 1)
    read(world.fatuma, room_id, last)
    write(world.alice, room_id, "four")
    at(now + 3 * messages.GRACE)
    run_due()
    assert told(world.fatuma) == (2, 2)
    assert told(world.alice) == (0, 0)
    assert told(world.charlie) == (0, 0)


def test_who_has_the_room_open_is_not_told(world, at):
    room_id, now = open_room(world), clock.now()
    at(now)
    read(world.fatuma, room_id, write(world.alice, room_id, "one"))
    at(now + messages.GRACE)
    run_due()
    assert told(world.fatuma) == (0, 0)


def test_a_notice_leads_to_the_subject_and_opens_with_the_first_words(world, at):
    room_id, now = open_room(world), clock.now()
    at(now)
    write(world.alice, room_id, "Can you start\non Monday?")
    at(now + messages.GRACE)
    run_due()
    with db.unit_of_work() as session:
        notice = session.exec(
            select(Notice).where(Notice.person_id == world.fatuma.person_id)
        ).one()
    assert notice.title == f"{world.alice.name} wrote to you"
    assert notice.detail == "Field app: Can you start on Monday?"
    assert notice.href.startswith("/proposals/")


def test_a_room_has_at_most_one_running_deadline(world):
    room_id = open_room(world)
    for _ in range(3):
        write(world.alice, room_id, "Hello")
    with db.unit_of_work() as session:
        room = session.exec(select(Room).where(Room.public_id == room_id)).one()
        running = session.exec(
            select(Deadline).where(
                Deadline.effect == messages.TELL,
                Deadline.subject_id == room.id,
                Deadline.status == DeadlineStatus.DUE,
            )
        ).all()
    assert len(running) == 1


def test_open_pages_and_both_sides_are_woken_after_the_commit(world, monkeypatch):
    from freelance_app.services.instance import events

    woken = []
    monkeypatch.setattr(events.broker, "publish", woken.append)
    room_id = open_room(world)
    write(world.alice, room_id, "Hello")
    people = (world.alice, world.bob, world.fatuma)
    assert woken[0] == f"room:{room_id}"  # who has it open comes first
    assert {f"inbox:{who.person_id}" for who in people} == set(woken[1:])
