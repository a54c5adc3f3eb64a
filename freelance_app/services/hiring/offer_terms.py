"""What a client types as the terms of an offer, read and checked: every fault at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from freelance_app import clock
from freelance_app.errors import InvalidError, InvalidFormError
from freelance_app.markup import one_line
from freelance_app.money import Money
from freelance_app.services.contracts.terms import MilestoneTerms
from freelance_app.text import _, ngettext, zone_of_actor

T = TypeVar("T")
MOST_MILESTONES, MOST_HOURS = 20, 60
MOST_TITLE, MOST_SCOPE = 120, 20_000
LATEST_YEARS = 5


@dataclass(frozen=True, slots=True)
class MilestoneForm:
    """One milestone as typed; `key` ends the names of its fields, such as amount-2."""

    key: str
    title: str
    amount: str
    due_on: str


@dataclass(frozen=True, slots=True)
class OfferForm:
    """The terms as typed; dates are ISO, as date fields send them."""

    title: str
    scope: str
    hours_a_week: str
    rate: str
    starts_on: str
    ends_on: str
    milestones: tuple[MilestoneForm, ...]


@dataclass(frozen=True, slots=True)
class CheckedTerms:
    """The terms, of which every part can be used."""

    title: str
    scope: str
    hours_a_week: int
    rate: Money
    starts_on: date
    ends_on: date
    milestones: tuple[MilestoneTerms, ...]


def check(form: OfferForm, currency: str) -> CheckedTerms:
    """Return the terms that a form says.

    Raises:
        InvalidFormError: with a sentence for each field that cannot be used.
    """
    checks = _Checks()
    typed = CheckedTerms(
        title=checks.take(lambda: _line(form.title, "title"), ""),
        scope=checks.take(lambda: _scope(form.scope), ""),
        hours_a_week=checks.take(lambda: _hours(form.hours_a_week), 1),
        rate=checks.take(lambda: _rate(form.rate, currency), Money(0, currency)),
        starts_on=checks.take(lambda: _start(form.starts_on), date.min),
        ends_on=checks.take(lambda: _day(form.ends_on, "ends_on"), date.max),
        milestones=tuple(_milestone(checks, each, currency) for each in form.milestones),
    )
    _check_whole(checks, form, typed)
    checks.finish()
    return typed


class _Checks:
    """Collects the faults of a form, by field."""

    def __init__(self) -> None:
        self.faults: dict[str, str] = {}

    def take(self, read: Callable[[], T], instead: T) -> T:
        """Return what is read, or something to go on with when it cannot be used."""
        try:
            return read()
        except InvalidError as fault:
            self.faults.setdefault(fault.field, fault.message)
            return instead

    def refuse(self, field: str, sentence: str) -> None:
        """Add a fault, unless the field has one."""
        self.faults.setdefault(field, sentence)

    def finish(self) -> None:
        """Refuse the form when there is a fault."""
        if self.faults:
            raise InvalidFormError(self.faults)


def _milestone(checks: _Checks, form: MilestoneForm, currency: str) -> MilestoneTerms:
    amount, due = f"amount-{form.key}", f"due-{form.key}"
    nothing = Money(0, currency)
    return MilestoneTerms(
        title=checks.take(lambda: _line(form.title, f"milestone-{form.key}"), ""),
        amount=checks.take(lambda: Money.parse(form.amount, currency, field=amount), nothing),
        due_on=checks.take(lambda: _day(form.due_on, due), date.min),
    )


def _check_whole(checks: _Checks, form: OfferForm, typed: CheckedTerms) -> None:
    if not 1 <= len(typed.milestones) <= MOST_MILESTONES:
        sentence = _("Write from 1 to {most} milestones.")
        checks.refuse("milestones", sentence.format(most=MOST_MILESTONES))
    if typed.ends_on < typed.starts_on:
        checks.refuse("ends_on", _("The deadline is before the start."))
    if typed.ends_on < _today():
        checks.refuse("ends_on", _("The deadline has passed."))
    for each, read in zip(form.milestones, typed.milestones, strict=True):
        if date.min < read.due_on < typed.starts_on:
            checks.refuse(f"due-{each.key}", _("This is before the start."))
        elif read.due_on > typed.ends_on:
            checks.refuse(f"due-{each.key}", _("This is after the deadline."))


def _today() -> date:
    return clock.now().astimezone(zone_of_actor()).date()


def _line(typed: str, field: str) -> str:
    words = one_line(typed)
    if not words:
        raise InvalidError(_("Write a title."), field=field)
    if len(words) > MOST_TITLE:
        raise InvalidError(_too_long(MOST_TITLE), field=field)
    return words


def _too_long(most: int) -> str:
    sentence = ngettext("Write at most {most} character.", "Write at most {most} characters.", most)
    return sentence.format(most=most)


def _scope(typed: str) -> str:
    words = "\n".join(typed.strip().splitlines())
    if not words:
        raise InvalidError(_("Say what is to be done."), field="scope")
    if len(words) > MOST_SCOPE:
        raise InvalidError(_too_long(MOST_SCOPE), field="scope")
    return words


def _hours(typed: str) -> int:
    words = typed.strip()
    if not (words.isascii() and words.isdigit() and 1 <= int(words[:4]) <= MOST_HOURS):
        sentence = _("Write a whole number from 1 to {most}.")
        raise InvalidError(sentence.format(most=MOST_HOURS), field="hours_a_week")
    return int(words)


def _rate(typed: str, currency: str) -> Money:
    return Money.parse(typed, currency, field="rate") if typed.strip() else Money(0, currency)


def _start(typed: str) -> date:
    day = _day(typed, "starts_on")
    if day < _today():
        raise InvalidError(_("The start has passed."), field="starts_on")
    return day


def _day(typed: str, field: str) -> date:
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        raise InvalidError(_("Choose a day."), field=field) from None
    if day.year > _today().year + LATEST_YEARS:
        raise InvalidError(_("This is too far away."), field=field)
    return day
