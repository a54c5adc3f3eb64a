"""Alice owns, Bob is in her company, Fatuma works for her, Charlie must see nothing."""

import secrets
from dataclasses import dataclass

from sqlmodel import Session

from freelance_app import clock
from freelance_app.models import (
    MemberRole,
    Membership,
    Party,
    PartyKind,
    Person,
    StaffMember,
    StaffRole,
)
from freelance_app.security.actor import Actor


@dataclass(frozen=True)
class World:
    """The people of one test; every test has its own.

    Attributes:
        alice: owner of the client company.
        bob: viewer in the same company.
        fatuma: freelancer on the other side.
        charlie: freelancer, a stranger to all of it.
        dora: owner of another company, a stranger too.
        frank: finance administrator and administrator of the instance.
        run: random, to keep names apart in one database.
    """

    alice: Actor
    bob: Actor
    fatuma: Actor
    charlie: Actor
    dora: Actor
    frank: Actor
    run: str


def add_world(session: Session) -> World:
    """Add everybody with a party of their own; Bob has none but a seat in Alice's company."""
    run = secrets.token_hex(4)
    company = add_party(session, f"Alice Works {run}", PartyKind.COMPANY)
    other = add_party(session, f"Dora Works {run}", PartyKind.COMPANY)
    fatuma = add_party(session, f"Fatuma {run}", PartyKind.FREELANCER)
    charlie = add_party(session, f"Charlie {run}", PartyKind.FREELANCER)
    return World(
        alice=add_person(session, f"Alice {run}", company),
        bob=add_person(session, f"Bob {run}", company, role=MemberRole.VIEWER),
        fatuma=add_person(session, fatuma.name, fatuma),
        charlie=add_person(session, charlie.name, charlie),
        dora=add_person(session, f"Dora {run}", other),
        frank=add_staff(session, f"Frank {run}"),
        run=run,
    )


def add_party(session: Session, name: str, kind: PartyKind) -> Party:
    """Add a party without members."""
    party = Party(kind=kind, name=name, created_at=clock.now())
    session.add(party)
    session.flush()
    return party


def _person(session: Session, name: str) -> Person:
    """Add a person; nobody signs in by password here, so the hash is none."""
    handle = f"{name.split(maxsplit=1)[0].lower()}-{secrets.token_hex(6)}"
    person = Person(
        email=f"{handle}@example.org",
        handle=handle,
        name=name,
        password_hash="!",
        terms_version="1",
        terms_accepted_at=clock.now(),
        email_confirmed_at=clock.now(),
        created_at=clock.now(),
    )
    session.add(person)
    session.flush()
    return person


def add_person(
    session: Session, name: str, party: Party, *, role: MemberRole = MemberRole.OWNER
) -> Actor:
    """Add a person who acts for a party."""
    person = _person(session, name)
    session.add(
        Membership(party_id=party.id, person_id=person.id, role=role, created_at=clock.now())
    )
    session.flush()
    return Actor(
        person_id=person.id,
        name=name,
        party_id=party.id,
        party_kind=party.kind.value,
        party_name=party.name,
        is_owner=role is MemberRole.OWNER,
    )


def add_staff(session: Session, name: str) -> Actor:
    """Add a person of the staff who acts for no party."""
    person = _person(session, name)
    roles = (StaffRole.ADMINISTRATOR, StaffRole.FINANCE)
    session.add_all([StaffMember(person_id=person.id, role=role) for role in roles])
    session.flush()
    return Actor(person_id=person.id, name=name, staff_roles=frozenset(r.value for r in roles))
