"""Notices: told in the reader's language, live, read by their reader alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from freelance_app import db
from freelance_app.errors import NotFoundError
from freelance_app.models import Mail, Notice, Person
from freelance_app.money import Money
from freelance_app.services.instance import events, notices
from freelance_app.services.instance.keyset import Place
from freelance_app.services.instance.notices import KINDS, Kind, Subject
from freelance_app.settings import settings

NOW = datetime(2026, 11, 18, 7, 24, tzinfo=UTC)
RELEASED = Subject("/contracts/abc", {"title": "Screens", "amount": Money(2_600_00, "EUR")})


def tell(actor, *, kind="milestone.released", subject=RELEASED) -> None:
    db.write(notices.notify, person_id=actor.person_id, kind=kind, subject=subject)


def listed(actor, **place):
    return db.read(notices.list_for, actor=actor, place=Place(**place))


def mails_of(actor) -> list[Mail]:
    wanted = select(Mail).where(Mail.person_id == actor.person_id)
    return db.read(lambda session: list(session.exec(wanted)))


def test_a_person_is_told_in_the_app_and_by_mail(world):
    tell(world.fatuma)
    notice = listed(world.fatuma).notices[0]
    assert notice.title == "€2,600.00 was released to you"
    assert notice.detail == "Screens. Ask for a payout when you like."
    assert (notice.href, notice.icon, notice.is_unread) == ("/contracts/abc", "milestone", True)
    mail = mails_of(world.fatuma)[0]
    assert (mail.subject, mail.body) == (notice.title, notice.detail)
    assert mail.link == f"{settings.public_url}/contracts/abc"


def test_moments_and_money_are_told_in_the_readers_zone_and_language(world):
    def move(session):
        person = session.get_one(Person, world.alice.person_id)
        person.time_zone, person.language = "Africa/Nairobi", "sw"

    db.write(move)
    subject = Subject(
        "/contracts/abc",
        {"title": "Screens", "amount": Money(2_600_00, "EUR"), "until": NOW},
        actor_name="Fatuma",
    )
    tell(world.alice, kind="milestone.submitted", subject=subject)
    detail = listed(world.alice).notices[0].detail
    assert "10:24" in detail
    assert "2,600.00" in detail


def test_days_and_spans_are_words_too(world):
    left = timedelta(days=2)
    words = {"title": "Screens", "amount": Money(1, "EUR"), "left": left, "until": NOW.date()}
    tell(world.alice, kind="milestone.reminder", subject=Subject("/x", words))
    notice = listed(world.alice).notices[0]
    assert notice.title == "Review Screens: 2 d 0 h left"
    assert "Wed 18 Nov 2026" in notice.detail


def test_a_kind_may_go_without_mail(world, monkeypatch):
    monkeypatch.setitem(KINDS, "test.quiet", Kind("{title}", "", by_mail=False))
    tell(world.alice, kind="test.quiet", subject=Subject("/x", {"title": "Quiet"}))
    assert mails_of(world.alice) == []
    assert listed(world.alice).notices[0].title == "Quiet"


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_is_a_sentence_with_known_words(name, world):
    words = dict.fromkeys(
        (
            "title",
            "amount",
            "until",
            "reason",
            "opening",
            "reference",
            "outcome",
            "left",
            "changes",
        ),
        "x",
    )
    tell(world.alice, kind=name, subject=Subject("/x", words | {"account": "x"}, "Fatuma"))
    notice = listed(world.alice).notices[0]
    assert "{" not in notice.title + notice.detail
    assert not notice.title.endswith(("!", "."))


def test_a_missing_word_is_a_bug_that_says_its_name(world):
    with pytest.raises(KeyError, match="amount"):
        tell(world.alice, subject=Subject("/x", {"title": "Screens"}))


def test_long_words_are_cut_and_break_nothing(world):
    words = {"title": "ß" * 500, "amount": "x"}
    tell(world.alice, subject=Subject("/x", words))
    assert len(listed(world.alice).notices[0].detail) <= 300


def test_only_the_reader_sees_and_marks_a_notice(world):
    tell(world.fatuma)
    notice = listed(world.fatuma).notices[0]
    for other in (world.alice, world.bob, world.charlie, world.frank):
        assert notice.id not in repr(listed(other))
        with pytest.raises(NotFoundError):
            db.write(notices.mark_read, actor=other, notice_id=notice.id)
    assert listed(world.fatuma).notices[0].is_unread


def test_reading_takes_the_mark_away_and_stays_read(world, at):
    tell(world.fatuma)
    tell(world.fatuma)
    newest = listed(world.fatuma).notices[0]
    at(NOW)
    db.write(notices.mark_read, actor=world.fatuma, notice_id=newest.id)
    at(NOW + timedelta(days=1))
    db.write(notices.mark_read, actor=world.fatuma, notice_id=newest.id)
    rows = select(Notice.read_at).where(Notice.public_id == newest.id)
    assert db.read(lambda session: session.exec(rows).one()) == NOW
    assert db.read(notices.unread_count, actor=world.fatuma) == 1
    assert listed(world.fatuma).unread == "1 new notice."


def test_all_are_marked_at_once_and_only_ones_own(world):
    for who in (world.fatuma, world.fatuma, world.alice):
        tell(who)
    assert db.write(notices.mark_all_read, actor=world.fatuma) == 2
    assert db.write(notices.mark_all_read, actor=world.fatuma) == 0
    view = listed(world.fatuma)
    assert (view.has_unread, view.unread) == (False, "Nothing new.")
    assert db.read(notices.unread_count, actor=world.alice) == 1


def test_pages_go_on_by_key(world):
    for number in range(notices.PAGE + 2):
        tell(world.alice, subject=Subject("/x", {"title": str(number), "amount": "x"}))
    first = listed(world.alice)
    second = listed(world.alice, before=first.older)
    assert len(first.notices) == notices.PAGE
    assert [each.detail.split(".")[0] for each in second.notices] == ["1", "0"]
    assert listed(world.alice, after=second.newer) == first


def test_a_key_of_another_person_opens_nothing(world):
    tell(world.fatuma)
    tell(world.alice)
    tell(world.fatuma)
    foreign = listed(world.fatuma).notices[0].id
    seen = listed(world.alice, before=foreign).notices
    assert {each.id for each in seen} == {listed(world.alice).notices[0].id}


def test_the_bell_rings_after_the_commit_only(world, monkeypatch):
    heard: list[str] = []
    monkeypatch.setattr(events, "broker", type("Ear", (), {"publish": heard.append}))
    topic = events.person_topic(world.alice.person_id)

    def act(session):
        notices.notify(
            session,
            person_id=world.alice.person_id,
            kind="milestone.released",
            subject=RELEASED,
        )
        assert topic not in heard

    db.write(act)
    assert topic in heard


def test_the_latest_are_few_and_newest_first(world, at):
    at(NOW)
    for number in range(4):
        tell(world.alice, subject=Subject("/x", {"title": str(number), "amount": "x"}, "Fatuma"))
    told = db.read(notices.latest_for, actor=world.alice, most=2)
    assert [each.detail.split(".")[0] for each in told] == ["3", "2"]
    assert (told[0].at, told[0].who.initials) == ("07:24", "F")


def test_a_party_makes_no_difference_to_what_a_person_was_told(world):
    tell(world.alice)
    assert listed(replace(world.alice, party_id=0)).notices
