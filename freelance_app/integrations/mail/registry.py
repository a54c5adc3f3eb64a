"""The mail transport of this instance."""

from freelance_app.integrations.mail.outbox import OutboxTransport
from freelance_app.integrations.mail.transport import Transport


def transport() -> Transport:
    """Return the transport; without the settings of a mail server it is the outbox."""
    return OutboxTransport()
