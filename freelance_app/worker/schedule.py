"""What the worker does, and how often at least."""

from collections.abc import Callable
from dataclasses import dataclass

from freelance_app.services.instance import events
from freelance_app.settings import settings
from freelance_app.worker import sweeps

SEAL_SECONDS = 5
HOUR = 3_600


@dataclass(frozen=True, slots=True)
class Chore:
    """One kind of work.

    Attributes:
        act: does all that is due, in a thread; may be called by several workers at once.
        seconds: the longest wait between two calls.
        topic: whoever adds such work announces it after the commit, and it is done at once.
    """

    act: Callable[[], None]
    seconds: int
    topic: str = ""


CHORES = (
    Chore(sweeps.run_deadlines, settings.sweep_seconds, topic=events.WORKER),
    Chore(sweeps.send_mails, settings.sweep_seconds, topic=events.WORKER),
    Chore(sweeps.seal, SEAL_SECONDS),
    Chore(sweeps.seal_stragglers, HOUR),
    Chore(sweeps.clean_up, HOUR),
    Chore(sweeps.check_books, HOUR),
)
