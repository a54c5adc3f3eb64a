"""What the app asks of any mail transport."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Outcome(StrEnum):
    """What became of one try.

    SENT: a server took it. KEPT: there is no server, an administrator reads it in the outbox.
    FAILED: no server took it, so that trying again cannot send it twice. REFUSED: the same, and
    trying again is useless (no such address). UNKNOWN: the answer was lost after the text had left;
    it may have arrived.
    """

    SENT = "sent"
    KEPT = "kept"
    FAILED = "failed"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to send.

    Attributes:
        key: the same for each try, so that a Message-ID made of it shows a double as one.
        address: of one reader.
        subject: one line.
        body: plain text.
    """

    key: str
    address: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """The result of a try; `fault` says why it failed, without the text of the mail."""

    outcome: Outcome
    fault: str = ""


class Transport(Protocol):
    """Sends mails; called in a thread and inside no unit of work."""

    @property
    def is_readable_by_staff(self) -> bool:
        """Whether an administrator must be able to read the links, as there is no other way."""
        ...

    def send(self, letter: Letter) -> Delivery:
        """Try once. Faults of the network are outcomes; an exception is a bug."""
        ...
