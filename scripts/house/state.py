"""Rules on State: Reflex makes each function in it a public call, and each var public."""

import ast
import re
from collections.abc import Iterator

from scripts.house.source import PACKAGE, Finding, Function, Source, length_of, name_of, rule

HANDLER_LINES, STATE_HANDLERS = 15, 12
POLICIES = {"public", "signed_in", "staff"}
BASES = ("State", "Mixin", "Identity")


@rule("thin-state")
def thin_state(source: Source) -> Iterator[Finding]:
    """State that does the work of a service, stops the event loop, or is open by mistake."""
    for node in source.nodes if source.room == "state" else ():
        is_state = isinstance(node, ast.ClassDef) and any(
            ast.unparse(base).endswith(BASES) for base in node.bases
        )
        if is_state:
            yield from _state_findings(node)


def _state_findings(node: ast.ClassDef) -> Iterator[Finding]:
    methods = [item for item in node.body if isinstance(item, Function)]
    decorators = {item: {name_of(each) for each in item.decorator_list} for item in methods}
    handlers = [item for item in methods if "rx.event" in decorators[item]]
    if len(handlers) > STATE_HANDLERS:
        yield node.lineno, f"{node.name} has {len(handlers)} handlers: split the page's state"
    for item in handlers:
        yield from _handler_findings(item, decorators[item])
    for item in methods:
        if not item.name.startswith("_") and not {"rx.event", "rx.var"} & decorators[item]:
            yield item.lineno, f"{item.name} is a public remote call: name it _{item.name}"
    for item in node.body:
        if isinstance(item, ast.Assign) and isinstance(item.value, ast.Lambda | ast.Name):
            name = ast.unparse(item.targets[0])
            yield item.lineno, f"{name} may be a remote call: annotate a value, move a function"


def _handler_findings(item: Function, decorators: set[str]) -> Iterator[Finding]:
    if length_of(item) > HANDLER_LINES:
        yield item.lineno, f"{item.name} is {length_of(item)} lines: move the rule to services/"
    if isinstance(item, ast.FunctionDef):
        yield item.lineno, f"{item.name} is not async: it would stop every user of the worker"
    if not POLICIES & decorators:
        yield item.lineno, f"{item.name} has no policy: add @signed_in, @public or @staff(...)"
    if any(isinstance(each, ast.Name) and each.id == "staff" for each in item.decorator_list):
        yield item.lineno, f'{item.name}: @staff needs its roles, such as @staff("finance")'
    for argument in [*item.args.args[1:], *item.args.kwonlyargs]:
        if argument.annotation is None:
            yield item.lineno, f"{argument.arg} has no type: the guard parses the payload by it"


@rule("state-row")
def row_in_state(source: Source) -> Iterator[Finding]:
    """A table's class in a state var: Reflex would send every column to the browser."""
    rows = source.imported_from(f"{PACKAGE}.models") if source.room == "state" else set()
    for node in source.nodes if rows else ():
        if isinstance(node, ast.AnnAssign):
            found = rows & set(re.findall(r"\w+", ast.unparse(node.annotation)))
            if found:
                yield node.lineno, f"{min(found)} is a row: put a frozen view in the state"
