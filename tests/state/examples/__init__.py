"""Example calls for the guard's sweep: each handler with arguments that its rightful person uses.

A wing's module holds `EXAMPLES`, by "StateClass.handler". `prepare(world)` makes
what the call needs (through services, or rows) and returns a `Call`; it is run anew for each try.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from freelance_app.security.actor import Actor
from tests.factories import World


@dataclass(frozen=True)
class Call:
    """One call that must succeed for `by` and leak and change nothing for the others.

    Attributes:
        by: the rightful person (and the party acted for).
        path: the page's address, whose variables the handler may read.
        payload: arguments of the handler; a form is {"form": {...}} as plain values.
        wrong: people who are signed in and may not; Charlie and Dora unless told otherwise. A
            handler that reads only the caller's own things may be called by anybody: then the
            sweep checks that nothing of `markers` is sent.
        markers: texts of the object that nobody else's frames may hold.
        changes: whether a success must change the database (a control that the example works).
        says: text that must be in the rightful person's frames (for reads; "" for none).
        own: True when everybody signed in may call it on their own things, and it may change
            rows of the caller alone (mark my notices read): the strangers' calls are then checked
            for leaks only.
    """

    by: Actor
    path: str
    payload: dict[str, Any] = field(default_factory=dict)
    wrong: tuple[Actor, ...] = ()
    markers: tuple[str, ...] = ()
    changes: bool = True
    says: str = ""
    own: bool = False


Example = Callable[[World], Call]


def every() -> dict[str, Example]:
    """Return the examples of all wings."""
    found: dict[str, Example] = {}
    for each in pkgutil.iter_modules(__path__, prefix=f"{__name__}."):
        found |= importlib.import_module(each.name).EXAMPLES
    return found
