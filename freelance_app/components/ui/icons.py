"""Icons of Lucide from one sprite; they decorate a word and are silent for screen readers.

A new icon: add its name here, then `make icons` writes assets/icons.svg anew.
"""

from collections.abc import Mapping
from typing import Any, Literal

import reflex as rx

from freelance_app import theme
from freelance_app.components.ui.core import Text, classes, el

IconSize = Literal["sm", "lg"]

NAMES = """
arrow-right badge-check bell bell-plus bookmark bookmark-check briefcase building-2 calendar-clock
calendar-plus check chevron-down chevron-left chevron-right chevron-up chevrons-up-down
circle-alert circle-check circle-dashed circle-play circle-question-mark circle-stop circle-user
circle-x clock cloud-off copy dot ellipsis file file-check-2 file-code file-pen file-spreadsheet
file-text file-video hand hourglass house image images inbox info landmark languages life-buoy
loader-circle lock-keyhole log-out mail mail-open maximize-2 menu message-square package
pencil-line plus rotate-cw scale scroll-text search send settings shield-check
sliders-horizontal sparkle star
sun-moon trash-2 triangle-alert undo-2 upload users wallet x
"""
ICONS = frozenset(NAMES.split())


def icon(name: Text, *, size: IconSize | None = None, tone: str = "") -> rx.Component:
    """Return an icon of 16 px ("sm" 14, "lg" 20)."""
    if not isinstance(name, rx.Var) and name not in ICONS:
        raise ValueError(f"no icon {name!r}: add it to ICONS")
    return el.svg(
        el.svg.use(href=f"{theme.ICONS}#{name}"),
        class_name=classes("i", size and f"i--{size}", tone),
        custom_attrs={"aria-hidden": "true"},
    )


def icon_of(key: Text, table: Mapping[str, str], *, fallback: str) -> rx.Component:
    """Return the icon that a table names for a key known now or in the browser."""
    if isinstance(key, rx.Var):
        name: Any = rx.match(key, *table.items(), fallback)
        return icon(name)
    return icon(table.get(key, fallback))
