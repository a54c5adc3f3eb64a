"""Calls of the messages wing."""

from freelance_app import db, routes
from freelance_app.models import RoomKind
from freelance_app.services.messages import messages, rooms
from tests.factories import World
from tests.state.examples import Call

SECRET = "a secret of this room"


def _room(world: World, kind: RoomKind = RoomKind.PROPOSAL) -> tuple[str, str, str]:
    """Return a room with two messages of Alice's: its id, that of its subject, of the second."""
    subject_id = f"{world.run}{world.run}00{world.alice.party_id % 100:02d}"
    room = db.write(
        rooms.open_room,
        kind=kind,
        subject_id=subject_id,
        title=SECRET,
        href=routes.proposal(subject_id),
        party_ids=[world.alice.party_id, world.fatuma.party_id],
    )
    for body in (SECRET, f"{SECRET} again"):
        last = db.write(messages.send, actor=world.alice, room_id=room.public_id, body=body)
    return room.public_id, subject_id, last


def _enter(world: World) -> Call:
    room_id, _subject, _last = _room(world)
    return Call(world.fatuma, routes.room(room_id), markers=(SECRET,), says=SECRET)


def _enter_proposal(world: World) -> Call:
    _room_id, subject_id, _last = _room(world)
    return Call(world.fatuma, routes.proposal(subject_id), markers=(SECRET,), says=SECRET)


def _enter_contract(world: World) -> Call:
    _room_id, subject_id, _last = _room(world, RoomKind.CONTRACT)
    path = routes.contract_tab(subject_id, "messages")
    return Call(world.fatuma, path, markers=(SECRET,), says=SECRET)


def _listen(world: World) -> Call:
    room_id, _subject, _last = _room(world)
    payload = {"room_id": room_id}
    return Call(world.fatuma, routes.room(room_id), payload, markers=(SECRET,), says=SECRET)


def _older(world: World) -> Call:
    room_id, _subject, last = _room(world)
    payload = {"room_id": room_id, "before": last}
    return Call(
        world.alice,
        routes.room(room_id),
        payload,
        markers=(SECRET,),
        says=SECRET,
        changes=False,
    )


def _send(world: World) -> Call:
    room_id, _subject, _last = _room(world)
    form = {"room": room_id, "body": "Hello", "nonce": "1"}
    return Call(world.alice, routes.room(room_id), {"form": form}, markers=(SECRET,))


def _list(world: World) -> Call:
    _room(world)
    return Call(
        world.alice, routes.MESSAGES, markers=(SECRET,), says=SECRET, changes=False, own=True
    )


def _more(world: World) -> Call:
    _room_id, subject_id, _last = _room(world)
    other = db.write(
        rooms.open_room,
        kind=RoomKind.CONTRACT,
        subject_id=subject_id,
        title="newer",
        href=routes.contract(subject_id),
        party_ids=[world.alice.party_id, world.fatuma.party_id],
    )
    newer = db.write(messages.send, actor=world.alice, room_id=other.public_id, body="newer")
    return Call(
        world.alice,
        routes.MESSAGES,
        {"before": newer},
        markers=(SECRET,),
        says=SECRET,
        changes=False,
        own=True,
    )


EXAMPLES = {
    "RoomState.enter": _enter,
    "RoomState.enter_proposal": _enter_proposal,
    "RoomState.enter_contract": _enter_contract,
    "RoomState.listen": _listen,
    "RoomState.older": _older,
    "RoomState.send": _send,
    "RoomsState.enter": _list,
    "RoomsState.listen": _list,
    "RoomsState.more": _more,
}
