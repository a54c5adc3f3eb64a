"""The board's address: filters and place stand in it, so they survive a reload and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from freelance_app import routes
from freelance_app.services.instance.keyset import Place
from freelance_app.services.jobs.board import Filters
from freelance_app.services.jobs.post_views import Choices
from freelance_app.text import _

FilterName = Literal["category", "skill", "engagement"]
LONGEST = 200


@dataclass(frozen=True, slots=True)
class FilterChip:
    """A filter that holds; `href` is the board without it."""

    label: str
    href: str


def filters_of(query: Mapping[str, str]) -> Filters:
    """Return what an address narrows the board to."""
    words, category, skill, engagement = (
        query.get(name, "")[:LONGEST] for name in ("words", "category", "skill", "engagement")
    )
    return Filters(words, category, skill, engagement)


def place_of(query: Mapping[str, str]) -> Place:
    """Return where an address starts the page."""
    return Place(query.get("before", ""), query.get("after", ""))


def address(filters: Filters, **place: str) -> str:
    """Return the address of the board with these filters, at a place."""
    values = {
        "words": filters.words,
        "category": filters.category,
        "skill": filters.skill,
        "engagement": filters.engagement,
        **place,
    }
    return routes.with_query(routes.JOBS, **{name: each for name, each in values.items() if each})


def chips(filters: Filters, choices: Choices) -> list[FilterChip]:
    """Return the filters that hold, by their names, each with the way to be rid of it."""
    times = {"full_time": _("Full-time"), "part_time": _("Part-time")}
    named = [
        ("words", f"“{filters.words}”" if filters.words else ""),
        ("category", {each.slug: each.name for each in choices.categories}.get(filters.category)),
        ("skill", {each.slug: each.name for each in choices.skills}.get(filters.skill)),
        ("engagement", times.get(filters.engagement)),
    ]
    return [
        FilterChip(label, address(replace(filters, **{name: ""}))) for name, label in named if label
    ]
