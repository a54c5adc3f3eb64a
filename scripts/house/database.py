"""Rules on the unit of work: who commits, and what must not happen inside."""

import ast
import re
from collections.abc import Iterator

from scripts.house.source import PACKAGE, Finding, Function, Source, arguments_of, name_of, rule

PORTS = tuple(f"{PACKAGE}.integrations.{port}" for port in ("payments", "mail", "storage"))
# The methods of the ports that may take long.
OUTSIDE_CALLS = frozenset(
    {"start_deposit", "fetch", "refund", "payout", "transactions", "send"}
    | {"incoming", "keep", "read", "remove", "sweep"}
)


@rule("commit")
def commit_outside_unit_of_work(source: Source) -> Iterator[Finding]:
    """A commit or rollback that is not the unit of work's."""
    for node in source.calls if source.room != "db" else ():
        if isinstance(node.func, ast.Attribute) and node.func.attr in {"commit", "rollback"}:
            yield node.lineno, "only db.unit_of_work commits: use session.flush()"


@rule("connection")
def connection_outside_db(source: Source) -> Iterator[Finding]:
    """The connection under a session, which writes nothing first that the session still holds."""
    for node in source.calls if source.room != "db" else ():
        if isinstance(node.func, ast.Attribute) and node.func.attr == "connection":
            yield node.lineno, "it misses what was added before: use db.ask, db.change or db.insert"


@rule("provider")
def provider_in_unit_of_work(source: Source) -> Iterator[Finding]:
    """A call to the outside while the database waits: one writer on SQLite, locks on PostgreSQL."""
    known = source.imported_from(*PORTS) if source.room != "integrations" else set()
    for node in source.nodes if known else ():
        if isinstance(node, ast.With) and "unit_of_work(" in ast.unparse(node.items[0]):
            yield from _outside_calls(node.body, known)
        elif isinstance(node, Function) and _takes_session(node):
            yield from _outside_calls(node.body, known | _providers_among(node, known))


def _takes_session(node: Function) -> bool:
    types = [each.annotation for each in arguments_of(node) if each.annotation]
    return any(ast.unparse(each) == "Session" for each in types)


def _providers_among(node: Function, types: set[str]) -> set[str]:
    """Return the parameters whose type comes from a provider's package."""
    typed = {each.arg: each.annotation for each in arguments_of(node) if each.annotation}
    words = {name: set(re.findall(r"\w+", ast.unparse(each))) for name, each in typed.items()}
    return {name for name, found in words.items() if types & found}


def _outside_calls(body: list[ast.stmt], known: set[str]) -> Iterator[Finding]:
    nodes = [node for statement in body for node in ast.walk(statement)]
    made = {
        target.id
        for node in nodes
        if isinstance(node, ast.Assign) and _root(node.value) in known
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in nodes:
        is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if is_method and node.func.attr in OUTSIDE_CALLS and _root(node) in known | made:
            what = f"{name_of(node)} inside a unit of work"
            yield node.lineno, f"{what}: write an intent, commit, let the worker call"


def _root(node: ast.expr) -> str:
    """Return the name that a chain of calls and attributes starts from."""
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript | ast.Await):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""
