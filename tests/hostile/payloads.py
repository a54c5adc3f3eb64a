"""Arguments that no page of ours sends, made from an example that succeeds."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, get_origin, get_type_hints

from typing_extensions import is_typeddict

from tests.state import examples
from tests.state.handlers import REGISTERED, fn_of, wire

MARK = "__reflex_form_data__"
HUGE = "x" * 900_000  # a frame may hold a million
CUT = {"nonce", "then"}  # of the one the first letters count, of the other whether it is "draft"
FORGED = {
    "actor": {"person_id": 1, "party_id": 1, "is_owner": True, "staff_roles": ["administrator"]},
    "session": None,
    "_bound_to": [1, 1],
    "__class__": "x",
}
WRONG: tuple[Any, ...] = (None, 7, True, 1.5, [], [None], {}, {"$ne": ""}, -(2**70))
WRONG_FORMS: tuple[Any, ...] = (
    None,
    "form",
    7,
    [],
    [["a", "b"]],
    {MARK: None},
    {MARK: "pairs"},
    {MARK: [["alone"]]},
    {MARK: [[["a"], "b"]]},
    {MARK: {"a": "b"}},
)
HOSTILE_TEXTS = (
    "\0",
    "\ud800",
    "'; DROP TABLE person; --",
    "../../etc/passwd",
    "{{7*7}}${7*7}%s%n",
    "9" * 400,
)
LINKS = (
    "",
    "token=",
    "token=\0",
    "token=\ud800",
    "token=%00%ED%A0%80%FF",
    "token=a&token=b",
    "token[$ne]=",
    "token=' OR 1=1 --",
    f"token={HUGE}",
)


@dataclass(frozen=True)
class Variant:
    """One hostile payload.

    Attributes:
        kind: What is wrong with it, for the figures.
        payload: As it goes over the wire.
        is_refused: Whether it must be refused for its shape alone, whoever sends it.
        path: The page's address, where that is what is wrong.
    """

    kind: str
    payload: Any
    is_refused: bool = True
    path: str = ""


def variants(name: str, call: examples.Call) -> Iterator[Variant]:
    """Yield every hostile form of an example's payload; the first is the example itself."""
    is_listener = REGISTERED[name].handler.is_background  # no tab begins one by itself
    for each in _variants(name, call):
        yield replace(each, is_refused=each.is_refused or is_listener)


def _variants(name: str, call: examples.Call) -> Iterator[Variant]:
    payload = wire(name, call)
    yield Variant("forged: the payload of somebody else", payload, is_refused=False)
    yield Variant("extra argument", payload | FORGED)
    yield Variant("arguments of another shape", ["x"])
    page, _mark, query = call.path.partition("?")
    for each in LINKS if query else ():
        yield Variant("a link that nobody sent", payload, is_refused=False, path=f"{page}?{each}")
    parameters = list(inspect.signature(fn_of(name)).parameters.values())[1:]
    hints = get_type_hints(fn_of(name), include_extras=True)
    for each in parameters:
        rest = {key: value for key, value in payload.items() if key != each.name}
        yield Variant("missing argument", rest, is_refused=each.default is each.empty)
        if each.name == "form":
            yield from _forms(payload, call.payload["form"], hints["form"])
        else:
            yield from _arguments(payload, each.name, hints[each.name])


def _arguments(payload: dict[str, Any], name: str, hint: Any) -> Iterator[Variant]:
    is_list = "list[" in str(hint)
    wrong = [value for value in WRONG if not is_list or value != []]
    for value in [*wrong, *(["text"] if is_list else [["text"]])]:
        yield Variant("wrong type", payload | {name: value})
    is_free = hint is str
    yield Variant("huge argument", payload | {name: HUGE}, is_refused=not is_free)
    for value in HOSTILE_TEXTS:
        yield Variant("hostile text", payload | {name: value}, is_refused=False)


def _forms(payload: dict[str, Any], form: dict[str, str], hint: Any) -> Iterator[Variant]:
    is_exact = is_typeddict(hint) and get_origin(hint) is None

    def made(kind: str, pairs: list[list[Any]], *, is_refused: bool) -> Variant:
        return Variant(kind, payload | {"form": {MARK: pairs}}, is_refused)

    pairs = [[name, value] for name, value in form.items()]
    for value in WRONG_FORMS:
        yield Variant("form of another shape", payload | {"form": value})
    yield made("extra field", [*pairs, ["is_staff", "1"]], is_refused=is_exact)
    for index, (name, _value) in enumerate(pairs):
        others = [*pairs[:index], *pairs[index + 1 :]]
        is_needed = is_exact and name in hint.__required_keys__
        yield made("missing field", others, is_refused=is_needed)
        for wrong in (None, 7, ["a"], {"a": "b"}):
            yield made("field of a wrong type", [*others, [name, wrong]], is_refused=True)
        if name not in CUT:
            yield made("huge field", [*others, [name, HUGE]], is_refused=False)
        for text in HOSTILE_TEXTS:
            yield made("hostile text", [*others, [name, text]], is_refused=False)
