"""Handing in work with files, and asking for changes, which stops the clock."""

import secrets
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from freelance_app import clock, db
from freelance_app.errors import (
    ConflictError,
    InvalidError,
    NotFoundError,
    NotPermittedError,
)
from freelance_app.models import Deadline, Notice, StoredFile
from freelance_app.services.contracts import (
    funding,
    milestone_page,
    needs,
    submissions,
    workroom,
)
from freelance_app.services.instance import files
from freelance_app.services.instance.files import NewFile
from tests.services.contracts.signed import sign, status


@pytest.fixture
def signed(world):
    """A contract whose first milestone is funded."""
    made = sign(world)
    db.write(funding.fund, actor=world.alice, milestone_ids=made.milestones[:1])
    return made


def upload(actor, name="app.apk") -> str:
    new = NewFile(name, "application/zip", 24_600_000, "0" * 64, secrets.token_hex(20))
    return db.write(files.add, actor=actor, new=new).id


def submit(world, signed, note="All screens work.", file_ids=(), *, by=None, number=1):
    db.write(
        submissions.submit,
        actor=by or world.fatuma,
        milestone_id=signed.milestones[number - 1],
        note=note,
        file_ids=file_ids,
    )


def request_changes(world, signed, words="The map is empty.", *, by=None):
    db.write(
        submissions.request_changes,
        actor=by or world.alice,
        milestone_id=signed.milestones[0],
        words=words,
    )


def page(signed, actor):
    ids = {"contract_id": signed.contract_id, "milestone_id": signed.milestones[0]}
    return db.read(milestone_page.get_page, actor=actor, **ids)


def room(signed, actor, part="overview"):
    return db.read(workroom.get_view, actor=actor, contract_id=signed.contract_id, part=part)


def clocks(signed) -> dict[str, timedelta]:
    """Return how long each running deadline of the contract still has."""
    return db.read(_clocks, signed.row_id)


def _clocks(session: Session, contract_id: int):
    rows = session.exec(
        select(Deadline).where(Deadline.contract_id == contract_id, Deadline.status == "due")
    )
    return {row.effect: row.due_at - clock.now() for row in rows}


def told(actor) -> list[str]:
    return db.read(_told, actor.person_id)


def _told(session: Session, person_id: int) -> list[str]:
    rows = select(Notice.kind).where(Notice.person_id == person_id).order_by(Notice.id)
    return list(session.exec(rows))


def test_submitting_starts_the_review_of_the_signed_days(world, signed, at):
    at(clock.now())
    submit(world, signed)
    assert status(signed) == "submitted"
    assert clocks(signed) == {
        "milestone.auto_release": timedelta(days=14),
        "milestone.reminder": timedelta(days=7),
    }
    assert "milestone.submitted" in told(world.alice)


def test_both_sides_see_the_same_clock(world, signed, at):
    at(clock.now())
    submit(world, signed)
    mine, yours = room(signed, world.alice), room(signed, world.fatuma)
    assert mine.next.clock.left == yours.next.clock.left == "14 d 0 h left"
    assert mine.clocks == yours.clocks
    assert "US$100.00 is released by itself" in mine.next.clock.effect


def test_files_have_a_version_by_their_name(world, signed):
    submit(world, signed, file_ids=[upload(world.fatuma), upload(world.fatuma, "notes.md")])
    request_changes(world, signed)
    submit(world, signed, file_ids=[upload(world.fatuma)])
    seen = room(signed, world.alice, "files").files
    assert [(file.name, file.version) for file in seen] == [
        ("app.apk", "v2"),
        ("notes.md", "v1"),
        ("app.apk", "v1"),
    ]
    assert (seen[0].by, seen[0].milestone, seen[0].size) == (world.fatuma.name, "1", "24.6 MB")


def test_a_submission_may_be_files_alone(world, signed):
    submit(world, signed, note="  ", file_ids=[upload(world.fatuma)])
    assert page(signed, world.alice).history[0].files[0].name == "app.apk"


def test_a_submission_without_note_and_files_is_refused(world, signed):
    with pytest.raises(InvalidError) as refused:
        submit(world, signed, note=" \n")
    assert refused.value.field == "note"
    assert status(signed) == "funded"


def test_a_note_that_is_too_long_is_refused(world, signed):
    with pytest.raises(InvalidError, match="5000"):
        submit(world, signed, note="x" * 5_001)


def test_the_file_of_another_is_refused(world, signed):
    for other in (world.alice, world.charlie):
        with pytest.raises(InvalidError) as refused:
            submit(world, signed, file_ids=[upload(other)])
        assert refused.value.field == "files"
    assert status(signed) == "funded"
    assert page(signed, world.alice).history == []


def test_a_file_cannot_be_handed_in_twice(world, signed):
    file_id = upload(world.fatuma)
    submit(world, signed, file_ids=[file_id])
    request_changes(world, signed)
    with pytest.raises(InvalidError, match="Upload it again"):
        submit(world, signed, file_ids=[file_id])
    assert status(signed) == "changes_requested"


def test_both_sides_may_read_the_file_and_nobody_else(world, signed):
    file_id = upload(world.fatuma)
    with pytest.raises(NotFoundError):
        db.read(files.get, actor=world.alice, file_id=file_id)
    submit(world, signed, file_ids=[file_id])
    for reader in (world.alice, world.bob, world.fatuma):
        assert db.read(files.get, actor=reader, file_id=file_id).name == "app.apk"
    for stranger in (world.charlie, world.dora, world.frank):
        with pytest.raises(NotFoundError):
            db.read(files.get, actor=stranger, file_id=file_id)


def test_work_is_handed_in_only_when_money_is_held(world, signed):
    with pytest.raises(ConflictError, match="not funded yet"):
        submit(world, signed, number=2)


def test_submitting_twice_is_a_conflict(world, signed):
    submit(world, signed)
    with pytest.raises(ConflictError, match="already submitted"):
        submit(world, signed)
    assert len(page(signed, world.alice).history) == 1


@pytest.mark.parametrize("person", ["alice", "bob"])
def test_the_client_cannot_hand_in_work(world, signed, person):
    with pytest.raises(NotPermittedError):
        submit(world, signed, by=getattr(world, person))


def test_asking_for_changes_stops_the_clock(world, signed):
    submit(world, signed)
    request_changes(world, signed)
    assert status(signed) == "changes_requested"
    assert clocks(signed) == {}
    assert told(world.fatuma)[-1] == "milestone.changes_requested"


def test_the_words_are_shown_beside_the_work(world, signed):
    submit(world, signed)
    request_changes(world, signed, "The **map** is empty. <script>alert(1)</script>")
    answered = page(signed, world.fatuma).history[0]
    assert "<strong>map</strong>" in answered.answer.html
    assert "<script" not in answered.answer.html


def test_submitting_again_starts_a_whole_new_review(world, signed, at):
    now = clock.now()
    at(now)
    submit(world, signed)
    at(now + timedelta(days=13))
    request_changes(world, signed)
    submit(world, signed)
    assert clocks(signed)["milestone.auto_release"] == timedelta(days=14)
    assert [each.number for each in page(signed, world.alice).history] == [2, 1]


def test_changes_need_words(world, signed):
    submit(world, signed)
    with pytest.raises(InvalidError) as refused:
        request_changes(world, signed, "  ")
    assert refused.value.field == "words"
    assert status(signed) == "submitted"


def test_changes_are_asked_for_once(world, signed):
    with pytest.raises(ConflictError, match="No submitted work"):
        request_changes(world, signed)
    submit(world, signed)
    request_changes(world, signed)
    with pytest.raises(ConflictError, match="No submitted work"):
        request_changes(world, signed)


@pytest.mark.parametrize("person", ["bob", "fatuma"])
def test_only_an_owner_of_the_client_asks_for_changes(world, signed, person):
    submit(world, signed)
    with pytest.raises(NotPermittedError):
        request_changes(world, signed, by=getattr(world, person))


@pytest.mark.parametrize("person", ["charlie", "dora", "frank"])
def test_a_stranger_learns_nothing(world, signed, person):
    submit(world, signed)
    stranger = getattr(world, person)
    for act in (submit, request_changes):
        with pytest.raises(NotFoundError):
            act(world, signed, by=stranger)
    with pytest.raises(NotFoundError):
        page(signed, stranger)


def titles(actor) -> list[str]:
    return [need.todo.title for need in db.read(needs.list_for, actor=actor)]


def test_what_waits_moves_from_one_side_to_the_other(world, signed):
    assert titles(world.fatuma) == ["Submit Part 1"]
    submit(world, signed)
    assert (titles(world.alice), titles(world.fatuma)) == (["Review Part 1"], [])
    request_changes(world, signed)
    assert (titles(world.alice), titles(world.fatuma)) == ([], ["Change Part 1"])


def test_the_uploads_stay_when_they_are_handed_in(world, signed):
    file_id = upload(world.fatuma)
    submit(world, signed, file_ids=[file_id])
    later = clock.now() + timedelta(days=3)
    db.write(files.remove_orphans, before=later)
    assert db.read(_exists, file_id)


def _exists(session: Session, file_id: str) -> bool:
    found = select(StoredFile.id).where(StoredFile.public_id == file_id)
    return session.exec(found).first() is not None
