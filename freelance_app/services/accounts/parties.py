"""Parties of a person, and the people of a party."""

from dataclasses import dataclass

from sqlalchemy import bindparam, label
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, delete, func, select, update

from freelance_app import clock, db
from freelance_app.errors import ConflictError, InvalidError, NotFoundError
from freelance_app.models import MemberRole, Membership, Party, PartyKind, Person
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import access, people, sessions
from freelance_app.services.instance import audit, counts
from freelance_app.services.instance.counts import PartyChoice
from freelance_app.text import _

_LOCK = select(Party.id).where(col(Party.id) == bindparam("row_id")).with_for_update(key_share=True)


@dataclass(frozen=True, slots=True)
class PartyView:
    """A party that the person may act for."""

    id: str
    name: str
    kind: str
    role: str
    is_company: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class MemberView:
    """A person of a party."""

    id: str
    name: str
    role: str
    is_you: bool


def found(session: Session, *, person_id: int, kind: PartyKind, name: str) -> Party:
    """Make a party with one owner, in the caller's unit of work."""
    party = Party(kind=kind, name=name, created_at=clock.now())
    session.add(party)
    session.flush()
    _join(session, party_id=party.id, person_id=person_id, role=MemberRole.OWNER)
    return party


def lock(session: Session, party_id: int) -> None:
    """Let one unit of work at a time decide for a party, on PostgreSQL; SQLite's is alone.

    A contract is locked before its parties, the ledger's accounts after them.
    """
    if db.locks_rows(session):
        db.ask(session, _LOCK, row_id=party_id)


def _join(session: Session, *, party_id: int, person_id: int, role: MemberRole) -> None:
    session.add(
        Membership(party_id=party_id, person_id=person_id, role=role, created_at=clock.now())
    )
    session.flush()


# The menu of every page asks it.
_OWN = (
    sql_select(
        label("party_id", col(Party.id)),
        label("public_id", col(Party.public_id)),
        label("name", col(Party.name)),
        label("kind", col(Party.kind)),
        label("role", col(Membership.role)),
    )
    .join(Membership, col(Membership.party_id) == Party.id)
    .where(col(Membership.person_id) == bindparam("person_id"))
    .order_by(col(Membership.id))
)


def list_for(session: Session, *, actor: Actor) -> list[PartyView]:
    """Return every party that the actor may act for, the oldest membership first."""
    kinds = {
        PartyKind.COMPANY: _("Client"),
        PartyKind.FREELANCER: _("Freelancer"),
        PartyKind.AGENCY: _("Agency"),
    }
    return [
        PartyView(
            id=row.public_id,
            name=row.name,
            kind=kinds[row.kind],
            role=_role_word(row.role),
            is_company=row.kind is PartyKind.COMPANY,
            is_current=row.party_id == actor.party_id,
        )
        for row in db.ask(session, _OWN, person_id=actor.person_id)
    ]


@counts.register_parties
def choices(session: Session, actor: Actor) -> list[PartyChoice]:
    """Return the parties for the menu of every page."""
    return [
        PartyChoice(party.id, party.name, party.is_company, party.is_current)
        for party in list_for(session, actor=actor)
    ]


def _role_word(role: str) -> str:
    return _("Owner") if role == MemberRole.OWNER else _("Viewer")


def add_company(session: Session, *, actor: Actor, name: str) -> str:
    """Make a company of the actor's own and return its public id.

    Raises:
        InvalidError: the name cannot be used.
        ConflictError: the actor owns a company of that name.
    """
    if fault := people.fault_of_name(name):
        raise InvalidError(fault, field="company")
    clean = people.normal_name(name)
    if clean in _owned(session, actor, PartyKind.COMPANY):
        raise ConflictError(_("You have a company of this name already."), field="company")
    return _found_own(session, actor, PartyKind.COMPANY, clean)


def add_freelancer(session: Session, *, actor: Actor) -> str:
    """Make the actor a freelancer too and return the new party's public id.

    Raises:
        ConflictError: the actor is one already; a person is one freelancer.
    """
    if _owned(session, actor, PartyKind.FREELANCER):
        raise ConflictError(_("You are a freelancer here already."))
    return _found_own(session, actor, PartyKind.FREELANCER, actor.name)


def add_and_act(
    session: Session, *, actor: Actor, role: str, company: str, session_token: str
) -> None:
    """Give the actor the other role, and let this session act in it.

    Args:
        session: a write unit of work.
        actor: who gets the role.
        role: client or freelancer.
        company: name of a client's company.
        session_token: of the session that goes on in the new role.

    Raises:
        InvalidError: no such role, or the name cannot be used.
        ConflictError: the actor has that role already.
    """
    if role == "client":
        party_id = add_company(session, actor=actor, name=company)
    elif role == "freelancer":
        party_id = add_freelancer(session, actor=actor)
    else:
        raise InvalidError(_("Choose what you are here for."), field="role")
    sessions.act_for(session, actor=actor, token=session_token, party_id=party_id)


def _owned(session: Session, actor: Actor, kind: PartyKind) -> set[str]:
    """Return names; locks the person first, so that of two requests at once one sees the other."""
    person = select(Person.id).where(Person.id == actor.person_id)
    session.exec(person.with_for_update(key_share=True)).one()
    return set(
        session.exec(
            select(Party.name)
            .join(Membership, col(Membership.party_id) == Party.id)
            .where(
                Party.kind == kind,
                Membership.person_id == actor.person_id,
                Membership.role == MemberRole.OWNER,
            )
        )
    )


def _found_own(session: Session, actor: Actor, kind: PartyKind, name: str) -> str:
    party = found(session, person_id=actor.person_id, kind=kind, name=name)
    audit.record(session, actor=actor, action="party.founded", subject=f"party:{party.id}")
    return party.public_id


def members(session: Session, *, actor: Actor) -> list[MemberView]:
    """Return the people of the party that the actor acts for, owners first."""
    rows = session.exec(
        select(Person, Membership.role)
        .join(Membership, col(Membership.person_id) == Person.id)
        .where(Membership.party_id == actor.party_id)
        .order_by(col(Membership.role), col(Membership.id))
    )
    return [
        MemberView(
            id=person.public_id,
            name=person.name,
            role=_role_word(role),
            is_you=person.id == actor.person_id,
        )
        for person, role in rows
    ]


def add_member(session: Session, *, actor: Actor, person_id: str, role: MemberRole) -> None:
    """Let a person act for the actor's company, or look at what it does.

    Raises:
        NotPermittedError: the actor is no owner, or the party is one person.
        NotFoundError: there is no such person.
        ConflictError: the person is a member already.
    """
    access.require_company(actor)
    person = session.exec(select(Person.id).where(Person.public_id == person_id)).first()
    if person is None:
        raise NotFoundError(_("There is no such person."))
    if _is_in(session, actor.party_id, person):
        raise ConflictError(_("This person is a member already."))
    _join(session, party_id=actor.party_id, person_id=person, role=role)
    _note(session, actor, "member.added", person)


def change_role(session: Session, *, actor: Actor, person_id: str, role: MemberRole) -> None:
    """Make a member of the actor's company owner or viewer.

    Raises:
        NotPermittedError: the actor is no owner.
        NotFoundError: there is no such member.
        ConflictError: the company would be left without an owner.
    """
    member = _member(session, actor, person_id)
    if role is not MemberRole.OWNER:
        _require_other_owner(session, actor, member)
    session.exec(
        update(Membership)
        .where(col(Membership.party_id) == actor.party_id, col(Membership.person_id) == member)
        .values(role=role)
    )
    _note(session, actor, "member.changed", member)


def remove_member(session: Session, *, actor: Actor, person_id: str) -> None:
    """Let a person act for the actor's company no more, from the next event on.

    Raises:
        NotPermittedError: the actor is no owner.
        NotFoundError: there is no such member.
        ConflictError: the company would be left without an owner.
    """
    member = _member(session, actor, person_id)
    _require_other_owner(session, actor, member)
    session.exec(
        delete(Membership).where(
            col(Membership.party_id) == actor.party_id, col(Membership.person_id) == member
        )
    )
    _note(session, actor, "member.removed", member)


def _member(session: Session, actor: Actor, person_id: str) -> int:
    """Return the row id of a member of the actor's company, whom an owner may change."""
    access.require_company(actor)
    member = session.exec(
        select(Person.id)
        .join(Membership, col(Membership.person_id) == Person.id)
        .where(Person.public_id == person_id, Membership.party_id == actor.party_id)
    ).first()
    if member is None:
        raise NotFoundError(_("There is no such member."))
    return member


def _is_in(session: Session, party_id: int, person_id: int) -> bool:
    found = select(Membership.id).where(
        Membership.party_id == party_id, Membership.person_id == person_id
    )
    return session.exec(found).first() is not None


def _require_other_owner(session: Session, actor: Actor, member: int) -> None:
    """Lock the company first, so that two owners who leave at once do not both succeed."""
    lock(session, actor.party_id)
    others = session.exec(
        select(func.count()).where(
            Membership.party_id == actor.party_id,
            Membership.role == MemberRole.OWNER,
            Membership.person_id != member,
        )
    ).one()
    if not others:
        raise ConflictError(_("A company needs an owner. Make somebody else one first."))


def _note(session: Session, actor: Actor, action: str, member: int) -> None:
    subject = f"party:{actor.party_id}"
    audit.record(session, actor=actor, action=action, subject=subject, words=f"person:{member}")
