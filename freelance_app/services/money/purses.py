"""A freelancer's money of each currency: what may be paid out, what is held, what is on its way."""

from dataclasses import dataclass

from sqlmodel import Session

from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.money import held
from freelance_app.text import _


@dataclass(frozen=True, slots=True)
class PurseView:
    """Money of one currency.

    Attributes:
        held: what clients have funded and not released yet, without fees of either side.
        review: what of it waits for a client's answer, in words.
    """

    currency: str
    available: str
    held: str
    review: str
    on_its_way: str


def list_for(session: Session, *, actor: Actor, available: list[Money]) -> list[PurseView]:
    """Return a purse for each currency in which the actor's party has money anywhere here."""
    there = {each.currency: each.minor for each in available}
    waiting = held.by_kind(session, actor=actor)
    sent = held.on_its_way(session, actor=actor)
    used = {*there, *sent, *(currency for currency, _kind in waiting)}
    return [
        _purse(
            currency,
            there.get(currency, 0),
            funded=waiting.get((currency, "funded"), 0),
            review=waiting.get((currency, "review"), 0),
            sent=sent.get(currency, 0),
        )
        for currency in sorted(used)
    ]


def _purse(currency: str, available: int, *, funded: int, review: int, sent: int) -> PurseView:
    def told(minor: int) -> str:
        return Money(minor, currency).format()

    words = _("{amount} of it with the client for review").format(amount=told(review))
    return PurseView(
        currency=currency,
        available=told(available),
        held=told(funded + review),
        review=words if review else _("funded for work that runs"),
        on_its_way=told(sent),
    )
