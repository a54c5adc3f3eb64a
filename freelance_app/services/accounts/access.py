"""What an actor may do at all; each service asks here before it looks at its own rules."""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, or_, select
from sqlmodel import Session, col

from freelance_app import db
from freelance_app.errors import NotFoundError, NotPermittedError
from freelance_app.models import MemberRole, Membership, Person, StaffMember
from freelance_app.security.actor import Actor
from freelance_app.services.instance import readers
from freelance_app.services.instance.readers import Reader
from freelance_app.text import _


def require_owner(actor: Actor) -> None:
    """Let only an owner of the party act for it; a viewer looks.

    Raises:
        NotPermittedError: the actor is a viewer, or acts for no party.
    """
    if not actor.is_owner:
        raise NotPermittedError(_("Only an owner can change this."))


def require_company(actor: Actor) -> None:
    """Let only an owner of a company go on.

    Raises:
        NotPermittedError: the actor is no client, or a viewer, or has not confirmed the e-mail.
    """
    if not actor.is_company:
        raise NotPermittedError(_("Only clients can do this. Switch to your company first."))
    require_owner(actor)
    _require_confirmed(actor)


def require_freelancer(actor: Actor) -> None:
    """Let only an owner of a freelancing party go on.

    Raises:
        NotPermittedError: the actor is no freelancer, or has not confirmed the e-mail.
    """
    if not actor.is_freelancer:
        raise NotPermittedError(_("Only freelancers can do this. Switch the role first."))
    require_owner(actor)
    _require_confirmed(actor)


def _require_confirmed(actor: Actor) -> None:
    if not actor.is_confirmed:
        raise NotPermittedError(_("Confirm your e-mail address first."))


def require_staff(actor: Actor, *roles: str) -> None:
    """Let only staff of one of the roles go on; others learn nothing of what is there.

    Raises:
        NotFoundError: the actor has none of the roles.
    """
    if not actor.staff_roles & set(roles):
        raise NotFoundError(_("There is nothing here."))


class Insider(NamedTuple):
    """A person in a party, to be told of something."""

    party_id: int
    is_owner: bool
    reader: Reader


@cache
def _insiders_of(parties: int) -> Select[*tuple[Any, ...]]:
    """Return the query of the people of so many parties; a list of any length costs twice."""
    asked = [col(Membership.party_id) == bindparam(f"party_{n}") for n in range(parties)]
    return (
        select(col(Membership.party_id), col(Membership.role), *readers.COLUMNS)
        .join(Person, col(Person.id) == Membership.person_id)
        .where(or_(*asked))
        .order_by(col(Membership.id))
    )


def insiders_of(session: Session, *party_ids: int) -> list[Insider]:
    """Return the people of these parties; who is in two of them is there twice."""
    asked = {f"party_{number}": party_id for number, party_id in enumerate(party_ids)}
    rows = db.ask(session, _insiders_of(len(asked)), **asked)
    return [
        Insider(party_id, role is MemberRole.OWNER, Reader(*reader))
        for party_id, role, *reader in rows
    ]


_STAFF = (
    select(*readers.COLUMNS)
    .join(StaffMember, col(StaffMember.person_id) == Person.id)
    .where(col(StaffMember.role) == bindparam("role"))
)


def staff_with(session: Session, role: str) -> list[Reader]:
    """Return the staff who hold a role, to tell them something."""
    return [Reader(*row) for row in db.ask(session, _STAFF, role=role)]
