"""Calls of the frame round every page: everybody has their own."""

from freelance_app import routes
from tests.factories import World
from tests.state.examples import Call


def _shell(world: World) -> Call:
    name = world.alice.party_name
    return Call(world.alice, routes.HOME, markers=(name,), says=name, changes=False, own=True)


EXAMPLES = {"ShellState.enter": _shell, "ShellState.listen": _shell}
