"""The transport of a fresh instance: no mail server, so every mail stays for the administrator."""

from freelance_app.integrations.mail.registry import transport
from freelance_app.integrations.mail.transport import Delivery, Letter, Outcome

LETTER = Letter("5f3b", "fatuma@example.org", "Confirm your address", "Open the link.")


def test_without_a_mail_server_a_mail_is_kept_and_staff_can_read_it():
    server = transport()
    assert server.send(LETTER) == Delivery(Outcome.KEPT, "")
    assert server.is_readable_by_staff


def test_every_outcome_has_its_status_in_the_outbox():
    from freelance_app.services.instance.outbox import STATUS_OF

    assert set(STATUS_OF) == set(Outcome)
