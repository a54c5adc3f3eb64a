"""The rule on words: what people read can be translated, and is, when it is said."""

import ast
import builtins
import re
from collections.abc import Iterator

from scripts.house.source import Finding, Function, Source, name_of, rule

SPOKEN = {"pages", "components", "state", "services", "api"}
# These rooms speak the language of whoever acts; a page speaks the language of its build.
AT_RUN_TIME = {"state", "services", "api", "worker", "integrations", "security"}
TRANSLATED = {"_", "ngettext", "_mark"}
NOT_FOR_PEOPLE = {"TypeVar", "ParamSpec", "FastAPI", "APIRouter"}
PRODUCT = "Harbour"
# Proofs of the books: operators read them in a terminal, in English.
FOR_OPERATORS = {"chain.py", "chain_audit.py", "verify.py"}
# What is for people: all that an error is made of, what looks like a label where something is
# called, what is surely a sentence elsewhere (a table of names is none).
ANYTHING = re.compile(r".")
LABEL = re.compile(r"[A-Z][a-z]+[.?,:]?( |$)|([A-Z]|\{\w+\}) [a-z]{2,}")
SENTENCE = re.compile(r"[A-Z][a-z]*[.?,:]? [a-z]{2,}")
LOG = re.compile(r"(^|\.)(log|logger|logging)\.")
TOAST = re.compile(r"^toast\.\w+$")


@rule("sentence")
def untranslated(source: Source) -> Iterator[Finding]:
    """Words for people that no catalogue can hold; the pages of `make dev` tell a story."""
    is_for_people = source.path.name not in FOR_OPERATORS and "dev" not in source.path.parts
    if source.room in SPOKEN and is_for_people:
        for node in _bare(source.tree):
            yield node.lineno, f"{ast.unparse(node)} is not translated: _(...)"
    for node in source.calls:
        if name_of(node) in TRANSLATED and any(_is_made(each) for each in node.args):
            yield node.lineno, 'made of parts, so not collected: _("{n} left").format(n=n)'
    for node in _at_import(source.tree) if source.room in AT_RUN_TIME else ():
        yield node.lineno, "translated once, at import: call _() inside the function"


def _bare(node: ast.AST, form: re.Pattern[str] = SENTENCE) -> Iterator[ast.expr]:
    """Return the literals under a node that have the form and pass no translator."""
    if isinstance(node, ast.Constant | ast.JoinedStr):
        if _text(node) != PRODUCT and form.match(_text(node)):
            yield node
    elif isinstance(node, ast.Call):
        within = ANYTHING if form is ANYTHING or _tells(node) else LABEL
        for value in [] if _is_silent(node) else [node.func, *node.args]:
            yield from _bare(value, within)
        for key in [] if _is_silent(node) else node.keywords:
            yield from _bare(key.value, LABEL)
    else:
        for part in _read_parts(node):
            yield from _bare(part, form)


def _text(node: ast.expr) -> str:
    """Return what a literal says, "{v}" for each value in it."""
    match node:
        case ast.Constant(value=str() as value):
            return value
        case ast.JoinedStr(values=parts):
            return "".join(_text(part) or "{v}" for part in parts)
        case _:
            return ""


def _read_parts(node: ast.AST) -> Iterator[ast.AST]:
    """Return the children of a node that may be read: no keys, types, docstrings, comparisons."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Compare() | ast.MatchValue():
            return
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return
        case ast.Dict():
            yield from node.values
        case ast.Subscript() | ast.AnnAssign():
            yield from (part for part in [node.value] if part)
        case ast.arguments():
            yield from (part for part in [*node.defaults, *node.kw_defaults] if part)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield from [*node.decorator_list, node.args, *node.body]
        case _:
            yield from ast.iter_child_nodes(node)


def _is_silent(node: ast.Call) -> bool:
    """Whether what a call gets is translated already, or read by those who keep the server."""
    name = name_of(node)
    is_ours = name in TRANSLATED | NOT_FOR_PEOPLE or LOG.search(name) is not None
    return is_ours or hasattr(builtins, name)


def _tells(node: ast.Call) -> bool:
    return TOAST.match(name_of(node)) is not None or name_of(node).endswith("Error")


def _is_made(node: ast.expr) -> bool:
    is_formatted = isinstance(node, ast.Call) and name_of(node).endswith(".format")
    return is_formatted or isinstance(node, ast.JoinedStr | ast.BinOp)


def _at_import(node: ast.AST) -> Iterator[ast.Call]:
    """Return the translations that run when the module is imported."""
    if isinstance(node, ast.Call) and name_of(node) in {"_", "ngettext"}:
        yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, Function | ast.Lambda):
            yield from _at_import(child)
