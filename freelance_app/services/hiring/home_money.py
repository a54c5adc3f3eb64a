"""The money of a party on the first page: what is held, what is free, what moved by month."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from babel.dates import format_date
from sqlalchemy import case
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from freelance_app import clock
from freelance_app.models import (
    AccountKind,
    Contract,
    LedgerAccount,
    LedgerTransaction,
    LedgerTransfer,
)
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.instance.views import MoneyKind, MoneyPartView, MonthView
from freelance_app.services.money import held as held_money
from freelance_app.services.money import ledger
from freelance_app.text import _, locale_of_actor, zone_of_actor

MONTHS = 5
TALLEST = 34
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


@dataclass(frozen=True, slots=True)
class Months:
    """Sums of the last months as bars and in words; no bars when nothing was paid."""

    bars: list[MonthView] = field(default_factory=list[MonthView])
    title: str = ""
    words: str = ""


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


def by_month(session: Session, *, actor: Actor, boxes: list[MoneyBox]) -> Months:
    """Return what was released in each of the last months, in the currency of the first box."""
    if not boxes:
        return Months()
    currency, starts = boxes[0].currency, _month_starts(clock.now())
    sums = dict.fromkeys(starts, 0)
    for start, minor in _released(session, actor, currency, starts):
        sums[start] = minor
    highest = max(sums.values())
    if not highest:
        return Months()
    bars = [
        MonthView(
            name=format_date(start.date(), "LLL", locale=locale_of_actor()),
            amount=CENTS.sub("", Money(minor, currency).format()),
            height=f"{max(2, TALLEST * minor // highest)}px",
        )
        for start, minor in sums.items()
    ]
    form = _("Released by month, {currency}")
    words = ", ".join(f"{bar.name} {bar.amount}" for bar in bars)
    return Months(bars, form.format(currency=currency), words)


def _month_starts(now: datetime) -> list[datetime]:
    """Return when each of the last months began in the actor's zone, the oldest first."""
    here = now.astimezone(zone_of_actor())
    first = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    months = [divmod(first.year * 12 + first.month - 1 - back, 12) for back in range(MONTHS)]
    return [first.replace(year=year, month=month + 1) for year, month in reversed(months)]


def _released(
    session: Session, actor: Actor, currency: str, starts: list[datetime]
) -> list[tuple[datetime, int]]:
    """Return what left the held money of the party's contracts to those who earned it, by month."""
    giver, taker = aliased(LedgerAccount), aliased(LedgerAccount)
    at = col(LedgerTransaction.effective_at)
    month = case(*[(at >= start, number) for number, start in reversed(list(enumerate(starts)))])
    rows = session.exec(
        select(month, func.sum(LedgerTransfer.amount_minor))
        .join(LedgerTransfer, col(LedgerTransfer.transaction_id) == LedgerTransaction.id)
        .join(Contract, col(Contract.id) == LedgerTransaction.contract_id)
        .join(giver, col(giver.id) == LedgerTransfer.debit_id)
        .join(taker, col(taker.id) == LedgerTransfer.credit_id)
        .where(
            held_money.is_party(actor),
            at >= starts[0],
            LedgerTransfer.currency == currency,
            giver.kind == AccountKind.ESCROW,
            taker.kind == AccountKind.EARNINGS,
        )
        .group_by(month)
    )
    return [(starts[number], int(minor)) for number, minor in rows]
