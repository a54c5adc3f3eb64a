"""Rules on size, and on money as a number."""

import ast
import re
from collections.abc import Iterator

from scripts.house.source import Finding, Source, length_of, rule

FUNCTION_LINES, MODULE_LINES = 60, 300
# Modules that may be longer, each with its reason.
LONG_MODULES: dict[str, str] = {}
MONEY = re.compile(r"(^|_)(amount|price|fee|rate|budget|balance|minor)(_|$)")


@rule("length")
def too_long(source: Source) -> Iterator[Finding]:
    """A function or module that nobody reads in one go."""
    for node in source.functions:
        if length_of(node) > FUNCTION_LINES:
            yield node.lineno, f"{node.name} is {length_of(node)} lines: name its parts"
    lines = len(source.text.splitlines())
    if lines > MODULE_LINES and source.path.as_posix() not in LONG_MODULES:
        yield 1, f"{lines} lines: split it by subject, or give the reason in LONG_MODULES"


@rule("float-money")
def float_money(source: Source) -> Iterator[Finding]:
    """A float where money is meant; security knows no money, only rates of events."""
    for node in source.nodes if source.room != "security" else ():
        if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
            name = node.arg if isinstance(node, ast.arg) else ast.unparse(node.target)
            if MONEY.search(name) and "float" in ast.unparse(node.annotation):
                yield node.lineno, f"{name} is a float: use Money or int minor units"
