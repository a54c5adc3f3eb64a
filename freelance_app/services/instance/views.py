"""Small views that several pages share; services fill them with words ready to be read."""

from dataclasses import dataclass
from typing import Literal

from freelance_app.services.instance.deadlines import NO_CLOCK, ClockTone, ClockView

__all__ = ["NO_CLOCK", "ClockTone", "ClockView"]

MoneyKind = Literal["released", "review", "funded", "disputed", "open"]
TINTS = ("bronze", "teal", "plum", "cyan", "gold")


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person or a company beside whose name a picture stands."""

    name: str = ""
    initials: str = ""
    tint: str = "bronze"
    is_company: bool = False
    is_verified: bool = False


def person_view(name: str, *, row_id: int, is_company: bool = False) -> PersonView:
    """Return the view of a name; the tint follows the row, so it stays the same everywhere."""
    words = [word for word in name.split() if word[:1].isalnum()]
    letters = [word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])]
    return PersonView(
        name=name,
        initials="".join(letters).upper() or "?",
        tint=TINTS[row_id % len(TINTS)],
        is_company=is_company,
    )


@dataclass(frozen=True, slots=True)
class MoneyPartView:
    """One part of a sum, with its exact amount as text and its weight in the bar."""

    kind: MoneyKind
    label: str
    amount: str
    weight: int


@dataclass(frozen=True, slots=True)
class FileView:
    """One version of a file."""

    id: str
    name: str
    kind: str
    version: str
    size: str
    href: str = "#"
    by: str = ""
    milestone: str = ""
    added_at: str = ""


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of a record."""

    icon: str
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class TodoView:
    """One thing that waits for the reader; the first has the page's primary button."""

    kind: str
    title: str
    about: str
    status: str
    amount: str
    who: str
    clock: ClockView
    act: str
    href: str
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class SkillView:
    """A skill asked for; `is_hit` when the reader has it."""

    name: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class DayView:
    """A day of the week's strip."""

    name: str
    number: str
    is_busy: bool = False
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """Something with a time."""

    day: str
    at: str
    title: str
    about: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class ActivityView:
    """What somebody did; `icon` is shown when it happened by itself."""

    who: PersonView
    title: str
    about: str
    at: str
    href: str = ""
    icon: str = ""
    is_unread: bool = False


@dataclass(frozen=True, slots=True)
class MonthView:
    """A sum of a month as a bar.

    Attributes:
        amount: without cents, to stand over the bar; `exact` is all of it.
        share: the bar's height as a part of the highest one's.
        is_far: whether a phone leaves the month out of such a chart.
    """

    name: str
    long_name: str
    amount: str
    exact: str
    share: str
    is_far: bool = False
