"""What the worker does with the answer of a mail server, and with one that breaks."""

import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from freelance_app import clock, db
from freelance_app.integrations.mail.transport import Delivery, Letter, Outcome
from freelance_app.models import Mail, MailStatus
from freelance_app.services.instance import outbox
from freelance_app.worker import sweeps

LINK = "https://harbour.example.org/auth/confirm?token=opens-an-account"
Answer = Callable[[Letter], Delivery]


class Server:
    """A transport that answers as it is told and remembers what it was given."""

    is_readable_by_staff = False

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.answer: Answer = lambda _letter: Delivery(Outcome.SENT)

    def send(self, letter: Letter) -> Delivery:
        self.letters.append(letter)
        return self.answer(letter)


@pytest.fixture
def server(own_database, monkeypatch) -> Server:
    told = Server()
    monkeypatch.setattr(sweeps, "transport", lambda: told)
    return told


def post() -> str:
    address = f"{secrets.token_hex(6)}@example.org"
    mail = {"address": address, "subject": "Confirm your address", "body": "Open it."}
    db.write(outbox.post, person_id=None, link=LINK, **mail)
    return address


def mail(address: str) -> Mail:
    with db.unit_of_work() as session:
        return session.exec(select(Mail).where(Mail.address == address)).one()


def hours_later(at, hours: int) -> None:
    """Sweep hours later, when whatever waits is due."""
    at(clock.now() + timedelta(hours=hours))
    sweeps.run_deadlines()
    sweeps.send_mails()


def answer(outcome: Outcome, fault: str = "") -> Answer:
    return lambda _letter: Delivery(outcome, fault)


def test_a_mail_that_a_server_took_is_sent_once(server, at):
    address = post()
    sweeps.send_mails()
    hours_later(at, 30)
    assert [each.address for each in server.letters] == [address]
    assert LINK in server.letters[0].body
    assert mail(address).status is MailStatus.SENT


def test_a_server_that_is_away_gets_it_later_under_the_same_key(server, at):
    server.answer = answer(Outcome.FAILED, "connection refused")
    address = post()
    sweeps.send_mails()
    assert (mail(address).status, mail(address).fault) == (MailStatus.FAILED, "connection refused")
    server.answer = answer(Outcome.SENT)
    hours_later(at, 1)
    assert mail(address).status is MailStatus.SENT
    assert len({each.key for each in server.letters}) == 1
    assert len(server.letters) == 2


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.UNKNOWN])
def test_what_is_refused_or_may_have_arrived_is_not_sent_again(server, outcome, at):
    server.answer = answer(outcome, "550 no such mailbox")
    post()
    sweeps.send_mails()
    hours_later(at, 30)
    assert len(server.letters) == 1


def test_a_transport_that_breaks_stops_no_other_mail_and_tells_no_text(server, at):
    def breaks(letter: Letter) -> Delivery:
        if letter.address == first:
            raise RuntimeError(letter.body)
        return Delivery(Outcome.SENT)

    first, second = post(), post()
    server.answer = breaks
    sweeps.send_mails()
    hours_later(at, 30)
    assert mail(first).status is MailStatus.UNKNOWN
    assert mail(first).fault == "RuntimeError"
    assert mail(second).status is MailStatus.SENT
    assert len(server.letters) == 2
