"""The money of a party on the first page: what is held, what is free, what moved by month."""

import re
from dataclasses import dataclass

from sqlmodel import Session

from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.instance.views import MoneyKind, MoneyPartView
from freelance_app.services.money import held as held_money
from freelance_app.services.money import ledger, months
from freelance_app.services.money.months import MonthsView
from freelance_app.text import _

CENTS = re.compile(r"[.,]\d{1,3}\D*$")


@dataclass(frozen=True, slots=True)
class MoneyBox:
    """Held and free money of one currency.

    Attributes:
        held: label of the big figure, whose cents are apart.
        in_words: the parts, for those who do not see the bar.
        free: label of what is free.
    """

    currency: str
    held: str
    whole: str
    cents: str
    parts: list[MoneyPartView]
    in_words: str
    free: str
    free_amount: str


def boxes(session: Session, *, actor: Actor) -> list[MoneyBox]:
    """Return a box for each currency in which the actor's party has or had money here."""
    if not actor.party_id:
        return []
    own = ledger.wallet_of if actor.is_company else ledger.earnings_of
    free = {each.currency: each.minor for each in ledger.balances(session, own(actor.party_id))}
    held = held_money.by_kind(session, actor=actor)
    used = {currency for currency, _kind in held} | set(free)
    made = [_box(actor, currency, held, free.get(currency, 0)) for currency in sorted(used)]
    return sorted(made, key=lambda box: not box.parts)


def _box(
    actor: Actor, currency: str, held: dict[tuple[str, MoneyKind], int], free: int
) -> MoneyBox:
    labels: dict[MoneyKind, str] = {
        "review": _("To review") if actor.is_company else _("With the client for review"),
        "funded": _("In work"),
    }
    sums: dict[MoneyKind, int] = {kind: held.get((currency, kind), 0) for kind in labels}
    parts = [
        MoneyPartView(kind, labels[kind], Money(minor, currency).format(), minor)
        for kind, minor in sums.items()
        if minor
    ]
    text = Money(sum(sums.values()), currency).format()
    cents = CENTS.search(text)
    return MoneyBox(
        currency=currency,
        held=_("Held for running work") if actor.is_company else _("Held for your work"),
        whole=text[: cents.start()] if cents else text,
        cents=cents.group() if cents else "",
        parts=parts,
        in_words=", ".join(f"{part.label} {part.amount}" for part in parts),
        free=_("Free in your wallet") if actor.is_company else _("Your earnings"),
        free_amount=Money(free, currency).format(),
    )


def by_month(session: Session, *, actor: Actor, boxes: list[MoneyBox]) -> MonthsView:
    """Return what was spent or earned in the last months, in the currency of the first box."""
    if not boxes:
        return MonthsView()
    first = [boxes[0].currency]
    found = months.list_for(session, actor=actor, currencies=first, count=months.SHORT)
    return found[0] if found else MonthsView()
