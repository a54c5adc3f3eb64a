"""Every piece of the kit stands on its page, so that nobody builds a second one unawares."""

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path

import reflex as rx

from freelance_app.components import ui

SPECIMENS = [
    *Path("freelance_app/components/dev").glob("*.py"),
    Path("freelance_app/pages/dev/kit.py"),
]
# Modules that draw nothing themselves.
GRAMMAR = {"core"}
REASONED = {"hidden_value": "shows nothing"}


def pieces() -> set[str]:
    """Return the public functions of the kit's modules that return a component."""
    names = {each.name for each in pkgutil.iter_modules(ui.__path__)} - GRAMMAR
    modules = [importlib.import_module(f"{ui.__name__}.{name}") for name in names]
    return {
        name
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and inspect.get_annotations(function).get("return") is rx.Component
    }


def shown() -> set[str]:
    """Return the pieces that the specimens use, as `ui.button` or handed on as a control."""
    return {
        node.attr
        for path in SPECIMENS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "ui"
    }


def test_every_piece_is_on_the_page_of_the_kit():
    assert pieces() - shown() == set(REASONED)


def test_every_piece_is_offered_by_the_kit():
    assert pieces() - set(ui.__all__) == set()
