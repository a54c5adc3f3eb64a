"""What the door lets in: frames and events as our own pages send them."""

import json

import pytest

from freelance_app.security import intake
from freelance_app.security.guard import ROOT
from freelance_app.state.instance.shell import ShellState
from freelance_app.state.messages.room import RoomState
from tests.state.events import name_of

EVENT = '2/_event,["event",'


def test_what_a_person_types_comes_in_as_it_is():
    typed = {"body": "héllo 🙂 C:\\u0000 \\ud800"}
    frame = EVENT + json.dumps(typed, ensure_ascii=False) + "]"
    assert json.loads(intake._readable(frame).partition(",")[2])[1] == typed


@pytest.mark.parametrize(
    "frame", ["", "2[]", "2/other,[]", '2/_event,["connect",{}]', "51-/_event,[]", b"2/_event,"]
)
def test_no_other_frame_is_read(frame):
    with pytest.raises(ValueError, match="unexpected"):
        intake._readable(frame)


def test_half_characters_and_nul_are_taken_out():
    frame = intake._readable(EVENT + '{"body":"a\\u0000b\\ud800c\\ud83d\\ude42"}]')
    assert json.loads(frame.partition(",")[2])[1]["body"] == "ab\ufffdc🙂"


@pytest.mark.parametrize(
    ("event", "is_let_in"),
    [
        ({"name": name_of(ShellState.enter)}, True),
        ({"name": f"{ROOT}.hydrate", "payload": {}, "router_data": {"query": {"a": ["b"]}}}, True),
        ({"name": name_of(RoomState.listen), "payload": {"room_id": "0" * 20}}, False),
        ({"name": f"{ROOT}.hydrate", "payload": {"x": 1}}, False),
        ({"name": "nothing"}, False),
        ({"name": ["x"]}, False),
        ("event", False),
    ],
)
def test_events_of_our_shape_come_in(event, is_let_in):
    assert intake._is_event(event) is is_let_in
