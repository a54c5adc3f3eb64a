"""What deposits are for: effects of upper wings that run when the money is here."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from freelance_app.errors import DomainError
from freelance_app.models import Deposit, DepositPurpose, DepositStatus
from freelance_app.money import Money
from freelance_app.services.instance import effects
from freelance_app.text import _

Purpose = tuple[str, int]
"""The name of an effect and the row id of what it acts on, such as ("milestones.fund", 7)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of money that arrived.

    Attributes:
        is_short: less came than was announced, so nothing was funded.
        is_given_up: the client had cancelled the deposit, so nothing was funded.
        done: how many purposes went through; `refused` the others.
    """

    is_short: bool = False
    is_given_up: bool = False
    done: int = 0
    refused: int = 0


def add(session: Session, deposit_id: int, purposes: Sequence[Purpose]) -> None:
    """Write down what a deposit is for."""
    session.add_all(
        DepositPurpose(deposit_id=deposit_id, effect=effect, subject_id=subject_id)
        for effect, subject_id in purposes
    )
    session.flush()


def of(session: Session, deposit_id: int) -> list[Purpose]:
    """Return what a deposit is for, in the order in which its effects run."""
    rows = session.exec(
        select(DepositPurpose.effect, DepositPurpose.subject_id)
        .where(DepositPurpose.deposit_id == deposit_id)
        .order_by(col(DepositPurpose.subject_id), col(DepositPurpose.effect))
    )
    return list(rows)


def on_its_way(
    session: Session, *, party_id: int, money: Money, purposes: Sequence[Purpose]
) -> str | None:
    """Return the pending deposit of a party for just this; without purposes each is a new one."""
    subjects = [subject_id for _effect, subject_id in purposes]
    rows = session.exec(
        select(Deposit)
        .join(DepositPurpose, col(DepositPurpose.deposit_id) == Deposit.id)
        .where(
            Deposit.party_id == party_id,
            Deposit.status == DepositStatus.PENDING,
            Deposit.amount_minor == money.minor,
            Deposit.currency == money.currency,
            col(DepositPurpose.subject_id).in_(subjects),
        )
        .distinct()
    ).all()
    same = (row.public_id for row in rows if set(of(session, row.id)) == set(purposes))
    return next(same, None)


def use(session: Session, deposit: Deposit, came: Money) -> Outcome:
    """Run what a deposit is for, each purpose in a savepoint of its own; short money does nothing.

    Args:
        session: the write unit of work in which the money was posted.
        deposit: its row.
        came: what arrived.
    """
    purposes = of(session, deposit.id)
    if came.minor < deposit.amount_minor:
        return Outcome(is_short=bool(purposes))
    done = [_ran(session, effect, subject_id) for effect, subject_id in purposes]
    return Outcome(done=done.count(True), refused=done.count(False))


def leave(session: Session, deposit: Deposit, _came: Money) -> Outcome:
    """Fund nothing: the client gave the deposit up, and may have funded its purposes otherwise."""
    return Outcome(is_given_up=bool(of(session, deposit.id)))


def _ran(session: Session, effect: str, subject_id: int) -> bool:
    """Whether an effect went through; a refusal takes back all that it began."""
    try:
        with session.begin_nested():
            effects.run(session, effect, subject_id=subject_id)
    except DomainError:
        return False
    return True


def words(deposit: Deposit, outcome: Outcome) -> str:
    """Return the sentence that tells the client what became of the money."""
    if outcome.is_short:
        announced = Money(deposit.amount_minor, deposit.currency).format()
        sentence = _("That is less than the {amount} announced: it is in your wallet, not held.")
        return sentence.format(amount=announced)
    if outcome.is_given_up:
        return _("You had given this deposit up: nothing was funded, it is in your wallet.")
    if outcome.refused and outcome.done:
        return _("Not everything could be funded: the rest is in your wallet.")
    if outcome.refused:
        return _("Nothing could be funded with it: it is in your wallet.")
    if outcome.done:
        return _held(deposit)
    return _("It is in your wallet.")


def _held(deposit: Deposit) -> str:
    """Return what the money is held for; of more than was announced, only the announced is."""
    about = deposit.about or _("your milestones")
    rest = Money(deposit.received_minor - deposit.amount_minor, deposit.currency)
    if not rest.minor:
        return _("It is held for {about}.").format(about=about)
    held = Money(deposit.amount_minor, deposit.currency)
    sentence = _("{held} of it is held for {about}. {rest} is in your wallet.")
    return sentence.format(held=held.format(), about=about, rest=rest.format())
