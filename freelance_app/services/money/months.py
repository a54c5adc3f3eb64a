"""The months of a party's money, as bars and in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP

from babel.numbers import format_compact_decimal, format_decimal
from sqlmodel import Session

from freelance_app import clock
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.instance.views import MonthView
from freelance_app.services.money import released
from freelance_app.text import _, date_text, locale_of_actor, zone_of_actor

SHORT, YEAR = 5, 12
ON_A_PHONE = 6
COMPACT_FROM = 100_000


@dataclass(frozen=True, slots=True)
class MonthsView:
    """Sums of the last months in one currency.

    Attributes:
        bars: the oldest first, the last is the month that runs.
        words: every sum, for those who do not see the bars.
        note: the sum of the year, and that the last month is not over.
    """

    currency: str = ""
    title: str = ""
    bars: list[MonthView] = field(default_factory=list[MonthView])
    words: str = ""
    note: str = ""


def list_for(
    session: Session, *, actor: Actor, currencies: Iterable[str], count: int
) -> list[MonthsView]:
    """Return what the actor's party spent or earned in the last months, where it was anything.

    Args:
        session: a read is enough.
        actor: for whose party.
        currencies: those of the party's wallet or earnings; no other can have been used.
        count: how many months, with the one that runs.
    """
    starts = _starts(clock.now(), count)
    found: list[MonthsView] = []
    for currency in currencies:
        sums = released.by_month(session, actor=actor, currency=currency, starts=starts)
        if any(sums):
            found.append(_view(actor, currency, dict(zip(starts, sums, strict=True))))
    return found


def _starts(now: datetime, count: int) -> list[datetime]:
    """Return when each of the last months began in the actor's zone, the oldest first."""
    here = now.astimezone(zone_of_actor())
    first = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    months = [divmod(first.year * 12 + first.month - 1 - back, 12) for back in range(count)]
    return [first.replace(year=year, month=month + 1) for year, month in reversed(months)]


def _view(actor: Actor, currency: str, sums: dict[datetime, int]) -> MonthsView:
    title = (
        _("Spent by month, {currency}") if actor.is_company else _("Earned by month, {currency}")
    )
    bars = _bars(currency, sums)
    return MonthsView(
        currency=currency,
        title=title.format(currency=currency),
        bars=bars,
        words=", ".join(f"{bar.name} {bar.exact}" for bar in bars),
        note=_note(currency, sums),
    )


def _bars(currency: str, sums: dict[datetime, int]) -> list[MonthView]:
    highest, last = max(sums.values()), len(sums) - 1
    return [
        MonthView(
            name=_in_locale(start, "LLL"),
            long_name=_in_locale(start, "LLLL y"),
            amount=_whole(minor, currency),
            exact=Money(minor, currency).format(),
            share=f"{minor / highest:.3f}",
            is_far=number <= last - ON_A_PHONE,
        )
        for number, (start, minor) in enumerate(sums.items())
    ]


def _note(currency: str, sums: dict[datetime, int]) -> str:
    last = list(sums)[-1]
    year = sum(minor for start, minor in sums.items() if start.year == last.year)
    sentence = _("This year so far {amount}. {month} is not over.")
    amount = Money(year, currency).format()
    return sentence.format(amount=amount, month=_in_locale(last, "LLLL").capitalize())


def _in_locale(day: datetime, form: str) -> str:
    return date_text(day.date(), form)


def _whole(minor: int, currency: str) -> str:
    """Return the amount without cents and sign, short enough to stand over its bar."""
    major = Money(minor, currency).major.to_integral_value(ROUND_HALF_UP)
    if major >= COMPACT_FROM:
        return format_compact_decimal(major, fraction_digits=1, locale=locale_of_actor())
    return format_decimal(major, locale=locale_of_actor())
