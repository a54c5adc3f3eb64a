"""The worker: each due row once, whatever fails, dies or runs beside it."""

import os
import secrets
import signal
from collections.abc import Iterator
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import pytest
from sqlmodel import Session, col, select, update

from freelance_app import clock, db, engines
from freelance_app.errors import ConflictError
from freelance_app.models import AuditSealed, Deadline, DeadlineStatus, Mail, MailStatus
from freelance_app.services.instance import audit, deadlines, effects, outbox
from freelance_app.worker import sweeps
from tests.racing import CONTEXT

ANY, DUE = 424_242, DeadlineStatus.DUE
calls: list[int] = []


@effects.register("test.note")
def note(session: Session, *, subject_id: int) -> None:
    calls.append(subject_id)


@effects.register("test.bug")
def bug(session: Session, *, subject_id: int) -> None:
    session.add(Mail(address="never@example.org", subject="x", body="x"))
    raise RuntimeError("a bug of an effect")


@effects.register("test.second")
def second(session: Session, *, subject_id: int) -> None:
    raise ConflictError("Somebody was first.")


@pytest.fixture
def subject(database) -> Iterator[int]:
    """Give a subject of its own, with nothing else due; afterwards none of it is due any more."""
    sweeps.run_deadlines()
    calls.clear()
    yield ANY + secrets.randbelow(10**8)
    with db.unit_of_work(write=True) as session:
        ours = (col(Deadline.effect).startswith("test."), col(Deadline.status) == DUE)
        session.exec(update(Deadline).where(*ours).values(status=DeadlineStatus.CANCELLED))


def put(subject_id: int, effect: str, *, seconds: int = 0) -> None:
    due_at = clock.now() + timedelta(seconds=seconds)
    db.write(deadlines.set_deadline, effect=effect, subject_id=subject_id, due_at=due_at)


def row(subject_id: int) -> Deadline:
    with db.unit_of_work() as session:
        found = select(Deadline).where(Deadline.subject_id == subject_id)
        return session.exec(found.order_by(col(Deadline.id).desc())).first()


def test_a_due_effect_runs_once(subject):
    put(subject, "test.note")
    sweeps.run_deadlines()
    sweeps.run_deadlines()
    assert calls == [subject]
    assert row(subject).status is DeadlineStatus.DONE


def test_what_is_not_due_waits(subject):
    put(subject, "test.note", seconds=60)
    sweeps.run_deadlines()
    assert calls == []


def test_what_was_cancelled_does_not_run(subject):
    put(subject, "test.note")
    db.write(deadlines.cancel, "test.note", subject_id=subject)
    sweeps.run_deadlines()
    assert calls == []


def test_a_bug_stops_nobody_else_and_leaves_nothing_half_done(subject):
    put(subject, "test.bug")
    put(subject + 1, "test.note")
    sweeps.run_deadlines()
    assert calls == [subject + 1]
    assert row(subject).status is DeadlineStatus.DUE
    with db.unit_of_work() as session:
        assert not session.exec(select(Mail).where(Mail.address == "never@example.org")).all()


def test_a_bug_is_given_up_in_the_end(subject, at):
    put(subject, "test.bug")
    for day in range(1, deadlines.MAX_TRIES + 3):
        moment = row(subject).starts_at + timedelta(days=day)
        at(moment)
        sweeps.run_deadlines()
    assert row(subject).status is DeadlineStatus.FAILED


def test_who_comes_second_has_nothing_to_do(subject):
    put(subject, "test.second")
    sweeps.run_deadlines()
    assert row(subject).status is DeadlineStatus.DONE


def test_a_clock_that_goes_back_runs_nothing_twice(subject, at):
    put(subject, "test.note")
    sweeps.run_deadlines()
    at(row(subject).due_at - timedelta(hours=1))
    sweeps.run_deadlines()
    at(row(subject).due_at + timedelta(hours=1))
    sweeps.run_deadlines()
    assert calls.count(subject) == 1


def work(url: str, answers: Connection, sweep: str) -> None:
    """Sweep in a process of its own."""
    db.engine = engines.make_engine(url)
    answers.send("ready")
    answers.recv()
    if sweep == "die":
        db.write(outbox.claim_due)
        os.kill(os.getpid(), signal.SIGKILL)
    getattr(sweeps, sweep)()
    answers.send("done")


def start(*sweep_names: str) -> list[BaseProcess]:
    """Let processes sweep at the same moment, and wait until they have."""
    url = db.engine.url.render_as_string(hide_password=False)
    pipes = [CONTEXT.Pipe() for _ in sweep_names]
    workers = [
        CONTEXT.Process(target=work, args=(url, far, name), daemon=True)
        for (_, far), name in zip(pipes, sweep_names, strict=True)
    ]
    for worker in workers:
        worker.start()
    for near, _ in pipes:
        assert near.poll(30)
        assert near.recv() == "ready"
    for near, _ in pipes:
        near.send("go")
    for worker in workers:
        worker.join(30)
    return workers


def post(count: int) -> str:
    address = f"{secrets.token_hex(6)}@example.org"
    for _ in range(count):
        mail = {"address": address, "subject": "Hello", "body": "There"}
        db.write(outbox.post, person_id=None, **mail)
    return address


@pytest.fixture
def no_mails(database) -> None:
    """Take the mails of other tests, which may be thousands, out of the workers' way."""
    with db.unit_of_work(write=True) as session:
        due = update(Mail).where(col(Mail.status) == MailStatus.DUE)
        session.exec(due.values(status=MailStatus.KEPT))


def mails(address: str) -> list[Mail]:
    with db.unit_of_work() as session:
        return list(session.exec(select(Mail).where(Mail.address == address)))


def test_two_workers_take_each_mail_once(no_mails):
    address = post(20)
    start("send_mails", "send_mails")
    assert {(mail.status, mail.tries) for mail in mails(address)} == {(MailStatus.KEPT, 1)}


def test_a_worker_that_is_killed_leaves_its_mail_due_after_the_lease(no_mails, at):
    address = post(1)
    (dead,) = start("die")
    assert dead.exitcode == -signal.SIGKILL
    sweeps.send_mails()
    assert mails(address)[0].status is MailStatus.DUE
    at(clock.now() + outbox.LEASE + timedelta(seconds=1))
    sweeps.send_mails()
    assert (mails(address)[0].status, mails(address)[0].tries) == (MailStatus.KEPT, 2)


def test_sealing_leaves_no_entry_unsealed(world):
    db.write(audit.record, actor=world.alice, action="job.published", subject="job:1")
    sweeps.seal()
    with db.unit_of_work() as session:
        sealed = select(AuditSealed.entry_id).order_by(col(AuditSealed.entry_id).desc())
        newest = select(audit.AuditEntry.id).order_by(col(audit.AuditEntry.id).desc())
        assert session.exec(sealed).first() == session.exec(newest).first()


def test_every_chore_may_find_nothing_to_do(no_mails):
    for act in (sweeps.run_deadlines, sweeps.send_mails, sweeps.seal, sweeps.clean_up):
        act()
        act()
    sweeps.check_books()
