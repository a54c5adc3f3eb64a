"""What the tabs share of their states: a tab holds every state of the app, opened or not."""

# Reflex keeps what a field begins with to itself:
# pyright: standard
import copy
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, Never

from reflex.state import BaseState

PLAIN = (str, bytes, int, float, bool, type(None), Enum)


def share(state: Any) -> None:
    """Let each empty view that a state class begins with be one object for all tabs.

    Reflex copies them all for each tab, which was a fifth of its memory. The lists inside of a
    shared view refuse every change, so that nothing of one tab can ever stand in another.
    """
    for field in state.__fields__.values():
        copies: Any = field.default_factory
        is_own = field._owner is state  # noqa: SLF001
        if not is_own or getattr(copies, "func", None) is not copy.deepcopy:
            continue
        if _is_view(value := copies()):
            field.default, field.default_factory = _settled(value), None


class Seldom:
    """A set that a state makes when it is asked for, and gives up when it is emptied.

    A tab's states kept two empty sets each, a tenth of its memory; a state that no event of the tab
    touches needs none.
    """

    def __init__(self, name: str) -> None:
        """Stand before the slot of this name, in which Reflex keeps the set."""
        self._slot = BaseState.__dict__[name]

    def __get__(self, state: Any, owner: type | None = None) -> Any:
        """Return the set, made now if there is none."""
        if state is None:
            return self
        found = self._slot.__get__(state, owner)
        if found is None:
            found = set()
            self._slot.__set__(state, found)
        return found

    def __set__(self, state: Any, value: set[str]) -> None:
        """Keep a set that holds something."""
        self._slot.__set__(state, value or None)


def keep_few_sets(state: Any) -> None:
    """Let a state class and those below it hold sets of what is dirty only while something is."""
    for name in ("dirty_vars", "dirty_substates"):
        type.__setattr__(state, name, Seldom(name))


class SharedList(list[Any]):
    """A list inside of a view that all tabs share."""

    def _refuse(self, *_words: Any, **_more: Any) -> Never:
        raise TypeError("All tabs share this empty view: assign a new view instead.")

    append = extend = insert = remove = pop = clear = reverse = _refuse
    sort: Any = _refuse
    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse

    def __reduce__(self) -> tuple[type[list[Any]], tuple[list[Any]]]:
        """Let copies, and what is read back from Redis, be ordinary lists."""
        return list, (list(self),)


def _is_view(value: Any) -> bool:
    return is_dataclass(value) and getattr(value, "__dataclass_params__").frozen  # noqa: B009


def _settled(value: Any) -> Any:
    """Return an equal value that nobody can change.

    Raises:
        TypeError: it holds what can be changed and is no list.
    """
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, tuple):
        return tuple(map(_settled, value))
    if isinstance(value, list):
        return SharedList(map(_settled, value))
    if _is_view(value):
        parts = {each.name: _settled(getattr(value, each.name)) for each in fields(value)}
        return replace(value, **parts)
    raise TypeError(f"A default holds a {type(value).__name__}, which tabs cannot share.")
