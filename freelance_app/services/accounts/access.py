"""What an actor may do at all; each service asks here before it looks at its own rules."""

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from freelance_app.errors import NotFoundError, NotPermittedError
from freelance_app.models import MemberRole, Membership, Person, StaffMember
from freelance_app.security.actor import Actor
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


_PEOPLE = (
    select(Membership.person_id)
    .where(
        col(Membership.party_id).in_(bindparam("parties", expanding=True)),
        col(Membership.role).in_(bindparam("roles", expanding=True)),
    )
    .order_by(col(Membership.id))
)


def people_of(session: Session, *party_ids: int, owners_only: bool = False) -> list[int]:
    """Return the row ids of the people of these parties, to tell them something."""
    roles = [MemberRole.OWNER] if owners_only else list(MemberRole)
    asked = {"parties": party_ids, "roles": roles}
    return list(session.exec(_PEOPLE, params=asked))


def staff_with(session: Session, role: str) -> list[int]:
    """Return the row ids of the staff who hold a role, to tell them something."""
    rows = (
        select(Person.id)
        .join(StaffMember, col(StaffMember.person_id) == Person.id)
        .where(StaffMember.role == role)
    )
    return list(session.exec(rows))
