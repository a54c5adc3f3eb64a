"""Sweeps over rows that are due. Each row is claimed by a guarded UPDATE and acted on by a service.

A row that fails is put off and never stops the others. Any number of workers may sweep at once.
"""

import logging
from datetime import timedelta

from freelance_app import clock, db
from freelance_app.errors import ConflictError, InsufficientFundsError
from freelance_app.integrations.mail.registry import transport
from freelance_app.integrations.mail.transport import Delivery, Outcome, Transport
from freelance_app.services.accounts import cleanup
from freelance_app.services.instance import chain, deadlines, files, limits, outbox
from freelance_app.services.instance.deadlines import DueDeadline
from freelance_app.services.instance.outbox import DueMail
from freelance_app.services.money import verify
from freelance_app.worker import heads

UNUSED_UPLOADS_KEPT = timedelta(days=1)

log = logging.getLogger(__name__)


def run_deadlines() -> None:
    """Run the effect of each deadline that is due, each in its own unit of work."""
    for given_up in db.write(deadlines.give_up):
        log.error("deadline %s was given up: %s", given_up.id, given_up.effect)
    while due := db.write(deadlines.claim_due):
        _run(due)


def _run(due: DueDeadline) -> None:
    try:
        db.write(deadlines.run, due=due)
    except Exception as error:
        if _was_first(error):
            db.write(deadlines.finish, due=due)
        else:
            log.exception("deadline %s failed, try %s: %s", due.id, due.tries, due.effect)
            db.write(deadlines.put_off, due=due)


def _was_first(error: Exception) -> bool:
    """Whether somebody did what the deadline would have done; too little money is a fault."""
    return isinstance(error, ConflictError) and not isinstance(error, InsufficientFundsError)


def send_mails() -> None:
    """Send each mail that is due, between two units of work and inside none."""
    server = transport()
    while due := db.write(outbox.claim_due):
        db.write(outbox.record, due=due, delivery=_try_to_send(server, due))


def _try_to_send(server: Transport, due: DueMail) -> Delivery:
    """Send a mail; a bug of the transport leaves it unknown whether the text had left."""
    try:
        return server.send(due.letter)
    except Exception as error:
        log.exception("mail %s failed in the transport", due.id)
        return Delivery(Outcome.UNKNOWN, type(error).__name__)


def seal(*, is_thorough: bool = False) -> None:
    """Seal what was added to the ledger and to the audit since the last time."""
    for each in heads.CHAINS:
        sealed = [chain.ROWS_IN_A_SEAL]
        while sealed[-1] == chain.ROWS_IN_A_SEAL:
            sealed.append(db.write(chain.seal_due, each, is_thorough=is_thorough))
        if any(sealed[1:]):
            heads.keep(each)


def seal_stragglers() -> None:
    """Seal also what committed so late that the usual search had passed it by."""
    seal(is_thorough=True)


def clean_up() -> None:
    """Delete what has ended: sessions, links, counters of limits, uploads that nobody used."""
    db.write(cleanup.forget_ended)
    db.write(limits.forget_ended)
    db.write(files.remove_orphans, before=clock.now() - UNUSED_UPLOADS_KEPT)


def check_books() -> None:
    """Say aloud where balances are not the sum of their transfers, or seals were cut off."""
    missed = [fault for each in heads.CHAINS for fault in heads.missed(each)]
    for fault in [*db.read(verify.drift), *missed]:
        log.error("the books are wrong: %s", fault)
