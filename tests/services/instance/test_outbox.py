"""The outbox: mails are rows, claimed, recorded, tried again, and read by an administrator."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, delete, select

from freelance_app import db
from freelance_app.errors import NotFoundError
from freelance_app.integrations.mail.transport import Delivery, Outcome
from freelance_app.models import AuditEntry, Deadline, Mail, MailStatus
from freelance_app.services.instance import deadlines, outbox
from freelance_app.services.instance.keyset import Place
from freelance_app.services.instance.outbox import RETRY, WAITS

NOW = datetime(2026, 11, 18, 7, 24, tzinfo=UTC)
LINK = "http://localhost:8000/verify-email?token=abc"
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _empty(database):
    db.write(clear)
    yield
    db.write(clear)


def clear(session) -> None:
    session.exec(delete(Mail))
    session.exec(delete(Deadline))


def post(subject="Hello", *, link=LINK, body="Read this.") -> None:
    address = "fatuma@example.org"
    db.write(outbox.post, person_id=None, address=address, subject=subject, body=body, link=link)


def mails() -> list[Mail]:
    return db.read(lambda session: list(session.exec(select(Mail).order_by(col(Mail.id)))))


def record(due, outcome, fault="") -> None:
    db.write(outbox.record, due=due, delivery=Delivery(outcome, fault))


def claim():
    return db.write(outbox.claim_due)


def retry_at():
    row = db.read(deadlines.running, effect=RETRY, subject_id=mails()[0].id)
    return row.due_at if row else None


def test_a_mail_is_written_with_the_act_or_not_at_all():
    def act(session):
        outbox.post(session, person_id=None, address="a@example.org", subject="x", body="y")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        db.write(act)
    assert mails() == []


def test_a_claimed_mail_holds_text_and_link_and_is_nobody_elses(at):
    at(NOW)
    post()
    due = claim()
    assert due.letter.body == f"Read this.\n\n{LINK}\n"
    assert due.letter.key == mails()[0].public_id
    assert claim() is None
    at(NOW + outbox.LEASE - SECOND)
    assert claim() is None
    at(NOW + outbox.LEASE)
    assert claim().id == due.id


def test_a_subject_has_one_line():
    post("Hello\r\nBcc: everybody@example.org")
    assert mails()[0].subject == "Hello Bcc: everybody@example.org"


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (Outcome.SENT, MailStatus.SENT),
        (Outcome.KEPT, MailStatus.KEPT),
        (Outcome.REFUSED, MailStatus.FAILED),
        (Outcome.UNKNOWN, MailStatus.UNKNOWN),
    ],
)
def test_what_is_settled_is_not_sent_again(outcome, status, at):
    at(NOW)
    post()
    record(claim(), outcome)
    assert mails()[0].status is status
    assert retry_at() is None
    at(NOW + timedelta(days=30))
    assert claim() is None


def test_a_failed_mail_is_tried_again_with_longer_waits_and_then_given_up(at):
    moment = NOW
    at(moment)
    post()
    for wait in WAITS:
        record(claim(), Outcome.FAILED, "no route to host")
        assert mails()[0].status is MailStatus.FAILED
        assert retry_at() == moment + wait
        moment += wait
        at(moment)
        db.write(deadlines.run, due=db.write(deadlines.claim_due))
        assert mails()[0].status is MailStatus.DUE
    record(claim(), Outcome.FAILED, "no route to host")
    assert retry_at() is None
    assert mails()[0].status is MailStatus.FAILED
    assert mails()[0].fault == "no route to host"


def test_a_worker_whose_lease_is_over_records_nothing(at):
    at(NOW)
    post()
    slow = claim()
    at(NOW + outbox.LEASE)
    quick = claim()
    record(slow, Outcome.FAILED, "too slow")
    assert mails()[0].status is MailStatus.DUE
    record(quick, Outcome.SENT)
    record(slow, Outcome.FAILED, "too slow")
    assert mails()[0].status is MailStatus.SENT
    assert retry_at() is None


def test_only_an_administrator_reads_the_outbox(world):
    post()
    finance = replace(world.frank, staff_roles=frozenset({"finance"}))
    for actor in (world.alice, world.bob, world.fatuma, world.charlie, finance):
        with pytest.raises(NotFoundError):
            db.read(outbox.list_for, actor=actor)
        with pytest.raises(NotFoundError):
            db.write(outbox.open_mail, actor=actor, mail_id=mails()[0].public_id)
    assert db.read(outbox.list_for, actor=world.frank).lines[0].subject == "Hello"


def test_the_list_shows_no_text_and_is_filtered_by_status(world):
    post("First")
    record(claim(), Outcome.KEPT)
    post("Second")
    view = db.read(outbox.list_for, actor=world.frank)
    assert [line.subject for line in view.lines] == ["Second", "First"]
    assert LINK not in repr(view)
    assert "Read this." not in repr(view)
    kept = db.read(outbox.list_for, actor=world.frank, status="kept")
    assert [line.subject for line in kept.lines] == ["First"]
    assert kept.lines[0].status == "mail_kept"
    odd = db.read(outbox.list_for, actor=world.frank, status="' OR 1=1")
    assert len(odd.lines) == 2


def test_each_look_is_written_down(world):
    post()
    mail = mails()[0]
    for _ in range(2):
        view = db.write(outbox.open_mail, actor=world.frank, mail_id=mail.public_id)
    assert (view.body, view.link, view.is_link_hidden) == ("Read this.", LINK, False)
    looks = select(AuditEntry).where(
        AuditEntry.action == "mail.viewed",
        AuditEntry.actor_id == world.frank.person_id,
        AuditEntry.subject == f"mail:{mail.id}",
    )
    assert len(db.read(lambda session: session.exec(looks).all())) == 2


def test_an_unknown_mail_is_nowhere(world):
    with pytest.raises(NotFoundError):
        db.write(outbox.open_mail, actor=world.frank, mail_id="0" * 20)


class Server:
    """Stands for a transport that sends, as an SMTP server will."""

    is_readable_by_staff = False


def test_with_a_mail_server_staff_no_longer_see_the_link(world, monkeypatch):
    post()
    monkeypatch.setattr(outbox, "transport", Server)
    view = db.write(outbox.open_mail, actor=world.frank, mail_id=mails()[0].public_id)
    assert LINK not in repr(view)
    assert view.is_link_hidden


def test_pages_go_on_by_key_in_both_directions(world):
    for number in range(outbox.PAGE * 2 + 3):
        post(str(number))

    def subjects(**place):
        view = db.read(outbox.list_for, actor=world.frank, place=Place(**place))
        return view, [int(line.subject) for line in view.lines]

    first, on_first = subjects()
    second, on_second = subjects(before=first.older)
    third, on_third = subjects(before=second.older)
    assert on_first + on_second + on_third == list(range(52, -1, -1))
    assert (first.newer, third.older) == ("", "")
    assert subjects(after=third.newer)[1] == on_second
    assert subjects(after=second.newer)[1] == on_first
    assert subjects(before="nothing")[1] == []
