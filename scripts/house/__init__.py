"""The house rules, by subject; importing this package registers all of them."""

from scripts.house import database, interface, shape, source, state, words

__all__ = ["database", "interface", "shape", "source", "state", "words"]
