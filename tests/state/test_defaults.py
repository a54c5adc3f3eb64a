"""What tabs share of their states cannot be changed by any of them."""

import pickle
from copy import deepcopy
from dataclasses import dataclass, field, fields, is_dataclass

import pytest
from reflex.state import BaseState

from freelance_app.state import defaults
from freelance_app.state.base import AppState
from freelance_app.state.defaults import SharedList
from freelance_app.state.messages.room import RoomState
from tests.state.events import app

__all__ = ["app"]  # imported first, it registers the states


@dataclass(frozen=True)
class Inner:
    """A part."""

    names: list[str] = field(default_factory=lambda: ["a"])


@dataclass(frozen=True)
class Outer:
    """A view with a list inside of a part."""

    inner: Inner = field(default_factory=Inner)


def shared_of(state) -> list[object]:
    """Return the defaults that the tabs share, of this state and those below it."""
    own = [each.default for each in state.__fields__.values() if each._owner is state]
    below = [value for substate in state.get_substates() for value in shared_of(substate)]
    return [value for value in own if is_dataclass(value)] + below


def lists_in(value) -> list[list]:
    if isinstance(value, list | tuple):
        own = [value] if isinstance(value, list) else []
        return own + [found for each in value for found in lists_in(each)]
    if is_dataclass(value):
        return [found for each in fields(value) for found in lists_in(getattr(value, each.name))]
    assert not isinstance(value, dict | set), f"{value!r} can be changed"
    return []


def test_every_list_that_tabs_share_refuses_changes():
    found = [each for value in shared_of(AppState) for each in lists_in(value)]
    assert len(found) > 10
    assert {type(each) for each in found} == {SharedList}


def test_no_state_copies_an_empty_view_for_each_tab():
    room = RoomState.__fields__["room"]
    assert room.default_value() is room.default_value()
    errors = RoomState.__fields__["errors"]
    assert errors.default_value() is not errors.default_value()


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.append("b"),
        lambda rows: rows.extend("b"),
        lambda rows: rows.clear(),
        lambda rows: rows.pop(),
        lambda rows: rows.sort(),
        lambda rows: rows.__setitem__(0, "b"),
        lambda rows: rows.__delitem__(0),
        lambda rows: rows.__iadd__(["b"]),
    ],
)
def test_a_shared_list_refuses_a_change(change):
    rows = defaults._settled(Outer()).inner.names
    with pytest.raises(TypeError):
        change(rows)
    assert rows == ["a"]


@pytest.mark.parametrize("copied", [deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_a_copy_of_a_shared_view_is_an_ordinary_one(copied):
    again = copied(defaults._settled(Outer()))
    assert again == Outer()
    again.inner.names.append("b")


def test_a_default_that_could_be_changed_is_refused():
    @dataclass(frozen=True)
    class Odd:
        names: set[str] = field(default_factory=set)

    with pytest.raises(TypeError):
        defaults._settled(Odd())


def test_a_state_holds_sets_of_what_is_dirty_only_while_something_is():
    state = RoomState(_reflex_internal_init=True)
    kept = BaseState.__dict__["dirty_vars"]
    assert kept.__get__(state) is None
    state.first_id = "a"
    assert state.dirty_vars == kept.__get__(state) == {"first_id"}
    state._clean()
    assert kept.__get__(state) is None
    state.dirty_vars.add("phase")
    assert state.dirty_vars == {"phase"}
