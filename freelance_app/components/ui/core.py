"""The grammar of the kit: pieces take plain values or Vars alike."""

from collections.abc import Callable, Sequence
from string import Formatter
from typing import Any, TypeVar

import reflex as rx

Text = str | rx.Var[str]
Flag = bool | rx.Var[bool]
Child = rx.Component | rx.Var[Any] | str
Item = TypeVar("Item")
Many = Sequence[Item] | rx.Var[Any]

el: Any = rx.el  # Any: the stubs of elements take no Vars and no free attributes


def classes(*names: Text | bool | None) -> str:
    """Join class names, leaving out what is empty; a Var is kept for the browser."""
    return " ".join(f"{name}" for name in names if is_given(name))


def when(test: Any, then: Child, otherwise: Child | None = None) -> Any:
    """Choose now for a plain value, in the browser for a Var."""
    other = rx.fragment() if otherwise is None else otherwise
    if isinstance(test, rx.Var):
        return rx.cond(test, then, other)
    return then if test else other


def is_given(value: Any) -> bool:
    """Whether there is something to show; a Var counts, its value is known only later."""
    return isinstance(value, rx.Var) or bool(value)


def some(*pieces: Child | None) -> list[Any]:
    """Return the pieces without those that are None."""
    return [piece for piece in pieces if piece is not None]


def choose(key: Any, **pieces: Child) -> Any:
    """Return the piece of that name, now or in the browser; nothing for another name."""
    if isinstance(key, rx.Var):
        return rx.match(key, *pieces.items(), rx.fragment())
    return pieces.get(key, rx.fragment())


def each(items: Many[Item], row: Callable[[Item], rx.Component]) -> rx.Component:
    """Draw each item, now for a plain list, in the browser for a Var."""
    if isinstance(items, rx.Var):
        return rx.foreach(items, row)
    return rx.fragment(*[row(item) for item in items])


def attributes(**values: Any) -> dict[str, Any]:
    """Return attributes that Reflex does not know, without the empty ones."""
    return {
        name.replace("_", "-") if name.startswith(("data", "aria")) else name: value
        for name, value in values.items()
        if is_given(value)
    }


def tell(sentence: str, **values: Text) -> Any:
    """Put values into a translated sentence with {names}, now or in the browser."""
    pieces: list[Any] = []
    for words, name, _spec, _conversion in Formatter().parse(sentence):
        pieces += [words] if words else []
        pieces += [values[name]] if name else []
    joined: Any = "" if not pieces else pieces[0]
    for piece in pieces[1:]:
        joined = rx.Var.create(joined).to(str) + rx.Var.create(piece).to(str)
    return joined
