"""People for the tabs, made through the services: run inside a server's settings.

`python -m bench.harness.seats alone 500` makes 500 people with an account and a session each.
`python -m bench.harness.seats parties 500` opens 500 sessions of both sides of demo contracts.
`python -m bench.harness.seats rooms 10` opens a session for an owner on each side of ten rooms.
Each prints a list of {"cookie", "contract", "room"} as JSON; of a room, the two sides in turn.
"""

import json
import secrets
import sys
from itertools import cycle, islice

from sqlmodel import Session, col, func, select

from freelance_app import db
from freelance_app.models import (
    Contract,
    MemberRole,
    Membership,
    PartyKind,
    Room,
    RoomKind,
    RoomMember,
)
from freelance_app.services.accounts import parties, people, sessions
from freelance_app.services.accounts.people import NewPerson

BATCH = 50


def alone(session: Session, *, first: int, last: int) -> list[str]:
    """Add freelancers and sign each in; return the cookies."""
    cookies: list[str] = []
    for number in range(first, last):
        name = f"Person {number}"
        email = f"person{number}-{secrets.token_hex(4)}@example.com"
        new = NewPerson(name, email, "!", is_confirmed=True)
        person = people.add(session, new)
        if person is None:
            raise LookupError(new.email)
        parties.found(session, person_id=person.id, kind=PartyKind.FREELANCER, name=name)
        cookies.append(sessions.open_for(session, person_id=person.id))
    return cookies


def sides(session: Session) -> list[tuple[int, str]]:
    """Return (person, contract) for both sides of every contract."""
    query = select(Membership.person_id, Contract.public_id, Contract.id).join(
        Contract,
        col(Membership.party_id).in_([Contract.client_party_id, Contract.freelancer_party_id]),
    )
    rows = session.exec(query.order_by(col(Contract.id), col(Membership.id)))
    return [(person_id, contract_id) for person_id, contract_id, _id in rows]


def talkers(session: Session) -> list[tuple[int, str]]:
    """Return (person, room) for an owner on each side of the rooms of contracts."""
    query = (
        select(func.min(Membership.person_id), Room.public_id)
        .join(RoomMember, col(RoomMember.party_id) == Membership.party_id)
        .join(Room, col(Room.id) == RoomMember.room_id)
        .where(Room.kind == RoomKind.CONTRACT, Membership.role == MemberRole.OWNER)
        .group_by(col(Room.id), col(Room.public_id), col(RoomMember.party_id))
        .order_by(col(Room.id), col(RoomMember.party_id))
    )
    return [(person_id, room_id) for person_id, room_id in session.exec(query)]


def signed_in(session: Session, *, people_ids: list[int]) -> list[str]:
    """Open a session for each; return the cookies."""
    return [sessions.open_for(session, person_id=person_id) for person_id in people_ids]


def seats(kind: str, count: int) -> list[dict[str, str]]:
    """Return the seats of a kind."""
    if kind == "alone":
        made = [
            cookie
            for first in range(0, count, BATCH)
            for cookie in db.write(alone, first=first, last=min(count, first + BATCH))
        ]
        return [{"cookie": cookie} for cookie in made]
    name, found = ("room", talkers) if kind == "rooms" else ("contract", sides)
    rows = db.read(found)
    chosen = rows[: 2 * count] if kind == "rooms" else list(islice(cycle(rows), count))
    cookies = db.write(signed_in, people_ids=[person_id for person_id, _place in chosen])
    return [
        {"cookie": cookie, name: place}
        for cookie, (_person, place) in zip(cookies, chosen, strict=True)
    ]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(seats(sys.argv[1], int(sys.argv[2]))))
