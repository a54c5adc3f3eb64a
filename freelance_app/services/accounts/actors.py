"""Who stands behind a session token: the one statement that every event asks."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, bindparam, label, select
from sqlmodel import Session, col

from freelance_app import clock, db
from freelance_app.models import MemberRole, Membership, Party, Person, SignInSession, StaffMember
from freelance_app.security import tokens
from freelance_app.security.actor import Actor

_acts_for = and_(
    col(Membership.person_id) == SignInSession.person_id,
    col(Membership.party_id) == SignInSession.party_id,
)
# A row for each staff role of the person, or one; of columns, since whole entities cost more.
STATEMENT = (
    select(
        label("person_id", col(Person.id)),
        label("name", col(Person.name)),
        label("is_confirmed", col(Person.email_confirmed_at).is_not(None)),
        label("language", col(Person.language)),
        label("zone", col(Person.time_zone)),
        label("party_id", col(Party.id)),
        label("party_kind", col(Party.kind)),
        label("party_name", col(Party.name)),
        label("role", col(Membership.role)),
        label("staff_role", col(StaffMember.role)),
    )
    .select_from(SignInSession)
    .join(Person, col(Person.id) == SignInSession.person_id)
    .outerjoin(Membership, _acts_for)
    .outerjoin(Party, col(Party.id) == Membership.party_id)
    .outerjoin(StaffMember, col(StaffMember.person_id) == SignInSession.person_id)
    .where(
        col(SignInSession.token_hash) == bindparam("token_hash"),
        col(SignInSession.expires_at) > bindparam("now"),
    )
)


def find_actor(session: Session, *, token: str) -> Actor | None:
    """Return the person whose living session a token opens, acting for the session's party."""
    return actor_of(db.ask(session, STATEMENT, **values(token)).all())


def values(token: str) -> dict[str, Any]:
    """Return what the statement asks for."""
    return {"token_hash": tokens.digest(token), "now": clock.now()}


def actor_of(rows: Sequence[Any]) -> Actor | None:
    """Return the actor whom the rows of the statement describe; None without a row."""
    if not rows:
        return None
    row = rows[0]
    return Actor(
        person_id=row.person_id,
        name=row.name,
        party_id=row.party_id or 0,
        party_kind=row.party_kind.value if row.party_kind else "",
        party_name=row.party_name or "",
        is_owner=row.role is MemberRole.OWNER,
        staff_roles=frozenset(each.staff_role.value for each in rows if each.staff_role),
        is_confirmed=bool(row.is_confirmed),
        language=row.language,
        zone=row.zone,
    )
