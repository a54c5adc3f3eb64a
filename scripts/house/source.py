"""A parsed module as the rules see it, and the register of rules."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PACKAGE = "freelance_app"

Finding = tuple[int, str]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One parsed module."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text, filename=str(self.path))

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the tree."""
        return list(ast.walk(self.tree))

    @property
    def room(self) -> str:
        """The folder or module under the package: pages, services, db."""
        parts = self.path.with_suffix("").parts
        return parts[parts.index(PACKAGE) + 1] if PACKAGE in parts[:-1] else ""

    @property
    def calls(self) -> Iterator[ast.Call]:
        """Every call."""
        return (node for node in self.nodes if isinstance(node, ast.Call))

    @property
    def functions(self) -> Iterator[Function]:
        """Every function and method."""
        return (node for node in self.nodes if isinstance(node, Function))

    def imported_from(self, *modules: str) -> set[str]:
        """Return the names that come from one of the modules, or from what lies below it."""
        below = tuple(f"{each}." for each in modules)
        return {
            alias.asname or alias.name
            for node in self.nodes
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if f"{node.module}.{alias.name}.".startswith(below)
        }


Rule = Callable[[Source], Iterator[Finding]]
RULES: dict[str, Rule] = {}


def rule(name: str) -> Callable[[Rule], Rule]:
    """Register a rule under the name that silences it."""

    def keep(check: Rule) -> Rule:
        RULES[name] = check
        return check

    return keep


def name_of(node: ast.expr) -> str:
    """Return what is called, or the expression itself: "rx.event"."""
    return ast.unparse(node.func if isinstance(node, ast.Call) else node)


def length_of(node: Function) -> int:
    """Return the lines of a function, its decorators left out."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def arguments_of(node: Function) -> list[ast.arg]:
    """Return every named parameter."""
    return [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
