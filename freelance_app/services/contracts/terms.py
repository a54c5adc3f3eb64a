"""The terms of an offer or contract: one text that both sides sign, and the same for a page.

The text is English whoever reads it, so that both sides sign the same bytes. It is stored when the
offer is sent and never rendered again: a later release of this code cannot change what was signed.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from babel.numbers import format_decimal

from freelance_app.markup import SafeHtml, render
from freelance_app.models import Contract, Milestone, Offer, OfferMilestone
from freelance_app.money import Money
from freelance_app.services.instance import policies
from freelance_app.text import _, day_text, locale_of_actor, ngettext, speaking

LANGUAGE = "en"
HASH_GROUPS = re.compile(r"(.{4})(?=.)")
Step = Offer | Contract
Part = OfferMilestone | Milestone


@dataclass(frozen=True, slots=True)
class MilestoneTerms:
    """One piece of work."""

    title: str
    amount: Money
    due_on: date


@dataclass(frozen=True, slots=True)
class Terms:
    """What both sides agree on.

    Attributes:
        rate: an hour, for information; zero is none agreed.
        policies: the snapshot of every policy, as JSON.
    """

    client: str
    freelancer: str
    title: str
    scope: str
    milestones: tuple[MilestoneTerms, ...]
    hours_a_week: int
    rate: Money
    starts_on: date
    ends_on: date
    policies: str

    @property
    def total(self) -> Money:
        """The sum of all milestones."""
        minor = sum(each.amount.minor for each in self.milestones)
        return Money(minor, self.rate.currency)


@dataclass(frozen=True, slots=True)
class TermView:
    """One term in words."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class TermsMilestoneView:
    """One milestone of the terms."""

    number: int
    title: str
    due: str
    amount: str


@dataclass(frozen=True, slots=True)
class TermsView:
    """The terms as a page shows them.

    Attributes:
        rules: the frozen policies in words.
        hash: sha256 of the signed text, in groups of four.
        text: the signed text itself.
    """

    rows: list[TermView] = field(default_factory=list[TermView])
    milestones: list[TermsMilestoneView] = field(default_factory=list[TermsMilestoneView])
    total: str = ""
    scope: SafeHtml = field(default_factory=SafeHtml)
    rules: list[TermView] = field(default_factory=list[TermView])
    hash: str = ""
    text: SafeHtml = field(default_factory=SafeHtml)


def of_rows(row: Step, parts: Sequence[Part], *, client: str, freelancer: str) -> Terms:
    """Return the terms that the rows of an offer or contract hold."""
    return Terms(
        client=client,
        freelancer=freelancer,
        title=row.title,
        scope=row.scope,
        milestones=tuple(
            MilestoneTerms(part.title, Money(part.amount_minor, row.currency), part.due_on)
            for part in parts
        ),
        hours_a_week=row.hours_a_week,
        rate=Money(row.rate_minor, row.currency),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        policies=row.policies,
    )


def text_of(terms: Terms) -> str:
    """Return the text that both sides sign: Markdown, the scope last."""
    with speaking(LANGUAGE):
        names = [TermView(_("Client"), terms.client), TermView(_("Freelancer"), terms.freelancer)]
        facts = [*names, *_rows(terms), *rules_of(terms.policies, terms.rate.currency)]
        steps = [
            _("{number}. {title}: {amount}, due {day}").format(
                number=step.number, title=step.title, amount=step.amount, day=step.due
            )
            for step in _milestones(terms)
        ]
        parts = [
            f"# {terms.title}",
            "\n".join(f"- {fact.name}: {fact.value}" for fact in facts),
            f"## {_('Milestones')}",
            "\n".join(steps),
            f"## {_('Scope')}",
            terms.scope,
        ]
    return "\n\n".join(parts) + "\n"


def hash_of(text: str) -> str:
    """Return the sha256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def view(terms: Terms, *, text: str) -> TermsView:
    """Return the terms in the reader's language, with the text that was rendered for signing."""
    return TermsView(
        rows=_rows(terms),
        milestones=_milestones(terms),
        total=terms.total.format(),
        scope=render(terms.scope),
        rules=rules_of(terms.policies, terms.rate.currency),
        hash=grouped(hash_of(text)),
        text=render(text),
    )


def grouped(digest: str) -> str:
    """Return a hash in groups of four, as people compare it."""
    return HASH_GROUPS.sub(r"\1 ", digest)


def _rows(terms: Terms) -> list[TermView]:
    rate = _("{amount} an hour").format(amount=terms.rate.format())
    hours = ngettext("{hours} hour", "{hours} hours", terms.hours_a_week)
    rows = [
        (_("Price"), _("{amount}, fixed").format(amount=terms.total.format())),
        (_("Currency"), terms.rate.currency),
        (_("Hours a week"), hours.format(hours=terms.hours_a_week)),
        (_("Rate"), rate if terms.rate.minor else ""),
        (_("Start"), day_text(terms.starts_on)),
        (_("Deadline"), day_text(terms.ends_on)),
    ]
    return [TermView(name, value) for name, value in rows if value]


def _milestones(terms: Terms) -> list[TermsMilestoneView]:
    return [
        TermsMilestoneView(number, each.title, day_text(each.due_on), each.amount.format())
        for number, each in enumerate(terms.milestones, 1)
    ]


def rules_of(snapshot: str, currency: str) -> list[TermView]:
    """Return the policies of a snapshot in words; a fee of zero has none."""
    frozen = policies.frozen(snapshot)
    made = [say(Money(frozen[key], currency)) for key, say in RULES.items() if frozen[key]]
    return [TermView(name, sentence) for name, sentence in made]


def _review(days: Money) -> tuple[str, str]:
    sentence = ngettext(
        "{days} day after work is submitted its money is released by itself.",
        "{days} days after work is submitted its money is released by itself.",
        days.minor,
    ).format(days=days.minor)
    before = [str(each) for each in policies.REMINDER_DAYS if each < days.minor]
    if before:
        reminders = _("Reminders go out {days} days before.").format(days=", ".join(before))
        sentence = f"{sentence} {reminders}"
    return _("Review"), sentence


def _client_fee(rate: Money) -> tuple[str, str]:
    sentence = _("{percent} % of what is released, on top, paid by the client.")
    return _("Client’s fee"), sentence.format(percent=percent_text(rate.minor))


def _freelancer_fee(rate: Money) -> tuple[str, str]:
    sentence = _("{percent} % of what is released, taken from it.")
    return _("Freelancer’s fee"), sentence.format(percent=percent_text(rate.minor))


def percent_text(basis_points: int) -> str:
    """Return a rate in the reader's figures, such as ``2.5``."""
    return format_decimal(Decimal(basis_points) / 100, locale=locale_of_actor())


def _payout_wait(days: Money) -> tuple[str, str]:
    sentence = ngettext(
        "A new payout method waits {days} day before its first use.",
        "A new payout method waits {days} days before its first use.",
        days.minor,
    )
    return _("Payout"), sentence.format(days=days.minor)


def _payout_minimum(least: Money) -> tuple[str, str]:
    return _("Smallest payout"), least.format()


# What each policy says when it is not zero; whatever number it is comes as minor units.
RULES: dict[str, Callable[[Money], tuple[str, str]]] = {
    "auto_release_days": _review,
    "client_fee_basis_points": _client_fee,
    "freelancer_fee_basis_points": _freelancer_fee,
    "payout_wait_days": _payout_wait,
    "payout_minimum_minor": _payout_minimum,
}
