"""Contracts: who may know of which, how one begins and how it is completed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select, update
from sqlmodel.sql.expression import SelectOfScalar

from freelance_app import clock, db, routes
from freelance_app.errors import NotFoundError, NotPermittedError
from freelance_app.models import (
    Contract,
    ContractStatus,
    Milestone,
    MilestoneStatus,
    Offer,
    OfferMilestone,
    Party,
    RoomKind,
)
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import access, doors
from freelance_app.services.contracts import tellings
from freelance_app.services.instance import audit, keyset
from freelance_app.services.instance.keyset import FIRST, Place
from freelance_app.services.instance.views import PersonView
from freelance_app.services.messages import rooms
from freelance_app.text import _, ngettext

ACTIVE, COMPLETED = ContractStatus.ACTIVE, ContractStatus.COMPLETED
ROWS = 20

_LOCK = (
    select(Contract.id)
    .where(col(Contract.id) == bindparam("row_id"))
    .with_for_update(key_share=True)
)
_COMPLETE = (
    update(Contract)
    .where(
        col(Contract.id) == bindparam("row_id"),
        col(Contract.status) == ACTIVE,
        ~select(Milestone.id)
        .where(
            col(Milestone.contract_id) == bindparam("row_id"),
            Milestone.status != MilestoneStatus.RELEASED,
        )
        .exists(),
    )
    .values(status=COMPLETED, ended_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class ContractSummary:
    """A contract in a list."""

    id: str
    number: str
    title: str
    href: str
    other: PersonView
    status: str
    total: str
    progress: str


@dataclass(frozen=True, slots=True)
class ContractsView:
    """A page of contracts, the newest first; the keys lead to the pages beside it."""

    rows: list[ContractSummary] = field(default_factory=list[ContractSummary])
    older: str = ""
    newer: str = ""


@dataclass(frozen=True, slots=True)
class _Sums:
    """Figures over the milestones of one contract."""

    total_minor: int = 0
    count: int = 0
    released: int = 0


def visible_to(actor: Actor) -> SelectOfScalar[Contract]:
    """Return the query of the contracts of the acting party; every other query starts from it.

    A company hires and a freelancer is hired, so one column tells, and its index gives the order.
    """
    side = Contract.client_party_id if actor.is_company else Contract.freelancer_party_id
    return select(Contract).where(side == actor.party_id)


def get(session: Session, *, actor: Actor, contract_id: str) -> Contract:
    """Return the row, for other services only.

    Raises:
        NotFoundError: no such contract for this actor.
    """
    contract = session.exec(visible_to(actor).where(Contract.public_id == contract_id)).first()
    if contract is None:
        raise NotFoundError(_("There is no such contract."))
    return contract


def is_client(contract: Contract, actor: Actor) -> bool:
    """Whether the actor is on the client's side of a contract that the actor sees."""
    return contract.client_party_id == actor.party_id


def require_client(contract: Contract, actor: Actor) -> None:
    """Let only an owner of the client go on: money moves by nobody else's hand.

    Raises:
        NotPermittedError: the actor is the freelancer, or only looks.
    """
    if not is_client(contract, actor):
        raise NotPermittedError(_("Only the client can do this."))
    access.require_company(actor)


def require_freelancer(contract: Contract, actor: Actor) -> None:
    """Let only the freelancer go on.

    Raises:
        NotPermittedError: the actor is on the client's side, or only looks.
    """
    if is_client(contract, actor):
        raise NotPermittedError(_("Only the freelancer can do this."))
    access.require_freelancer(actor)


def list_for(session: Session, *, actor: Actor, place: Place = FIRST) -> ContractsView:
    """Return a page of the contracts of the actor's party, the newest first."""
    page = keyset.read(session, visible_to(actor), Contract, place=place, most=ROWS)
    sums = _sums(session, [row.id for row in page.rows])
    names = _others(session, page.rows, actor)
    rows = [_summary(row, names[row.id], sums.get(row.id, _Sums())) for row in page.rows]
    return ContractsView(rows, page.older, page.newer)


def _sums(session: Session, contract_ids: Sequence[int]) -> dict[int, _Sums]:
    is_released = col(Milestone.status) == MilestoneStatus.RELEASED
    rows = session.exec(
        select(
            Milestone.contract_id,
            func.sum(Milestone.amount_minor),
            func.count(),
            func.count().filter(is_released),
        )
        .where(col(Milestone.contract_id).in_(contract_ids))
        .group_by(col(Milestone.contract_id))
    )
    return {contract_id: _Sums(int(total), count, done) for contract_id, total, count, done in rows}


def _others(session: Session, rows: Sequence[Contract], actor: Actor) -> dict[int, PersonView]:
    sides = {row.id: other_party_id(row, actor) for row in rows}
    parties = keyset.by_id(session, Party, sides.values())
    return {
        contract_id: tellings.party_view(parties[party_id])
        for contract_id, party_id in sides.items()
    }


def other_party_id(contract: Contract, actor: Actor) -> int:
    """Return the row id of the side that the actor is not on."""
    if is_client(contract, actor):
        return contract.freelancer_party_id
    return contract.client_party_id


def _summary(row: Contract, other: PersonView, sums: _Sums) -> ContractSummary:
    progress = ngettext(
        "{released} of {count} milestone released",
        "{released} of {count} milestones released",
        sums.count,
    )
    return ContractSummary(
        id=row.public_id,
        number=row.number,
        title=row.title,
        href=routes.contract(row.public_id),
        other=other,
        status=row.status.value,
        total=Money(sums.total_minor, row.currency).format(),
        progress=progress.format(released=sums.released, count=sums.count),
    )


def open_from_offer(
    session: Session, *, actor: Actor, offer: Offer, parts: Sequence[OfferMilestone]
) -> Contract:
    """Make the contract of an offer that the actor has just accepted, with its room.

    Args:
        session: the write unit of work in which the offer was accepted.
        actor: who accepted for the freelancer's party.
        offer: the accepted offer, whose terms are copied as they were signed.
        parts: its milestones in their order.
    """
    copied = offer.model_dump(
        include={
            *("client_party_id", "freelancer_party_id", "title", "scope", "currency"),
            *("hours_a_week", "rate_minor", "starts_on", "ends_on"),
            *("policies", "terms", "terms_hash"),
        }
    )
    contract = Contract(
        **copied,
        offer_id=offer.id,
        offered_by_id=offer.author_id,
        offered_at=offer.sent_at,
        accepted_by_id=actor.person_id,
        accepted_at=clock.now(),
    )
    session.add(contract)
    session.flush()
    session.add_all(
        Milestone(
            contract_id=contract.id,
            **part.model_dump(include={"number", "title", "amount_minor", "due_on"}),
        )
        for part in parts
    )
    session.flush()
    _open_room(session, contract)
    _record(session, actor, contract, "contract.signed")
    return contract


def _open_room(session: Session, contract: Contract) -> None:
    rooms.open_room(
        session,
        kind=RoomKind.CONTRACT,
        subject_id=contract.public_id,
        title=contract.title,
        href=routes.contract_tab(contract.public_id, "messages"),
        party_ids=(contract.client_party_id, contract.freelancer_party_id),
    )


def _record(session: Session, actor: Actor | None, contract: Contract, action: str) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=f"contract:{contract.id}",
        contract_id=contract.id,
    )


def lock(session: Session, contract: Contract) -> None:
    """Let one unit of work at a time change what hangs together in a contract, on PostgreSQL.

    SQLite's write unit of work is alone already. A milestone's clocks are locked before the
    contract (milestones.lock), the milestones and the ledger's accounts after it.
    """
    if db.locks_rows(session):
        db.ask(session, _LOCK, row_id=contract.id)


def complete(session: Session, contract: Contract, *, actor: Actor | None) -> None:
    """Complete an active contract of which every milestone is released; needs the lock."""
    won = db.change(session, _COMPLETE, row_id=contract.id, now=clock.now())
    if won == 1:
        session.refresh(contract)
        _record(session, actor, contract, "contract.completed")


@doors.register(routes.CONTRACTS)
def open_page(session: Session, actor: Actor, parts: Sequence[str]) -> None:
    """Open the pages of a contract for its parties, and the one that funds it for its client.

    Raises:
        NotFoundError: there is none for this actor.
        NotPermittedError: it is for owners of the client alone.
    """
    contract = get(session, actor=actor, contract_id="".join(parts[:1]))
    if "".join(parts[1:]) == "fund":
        require_client(contract, actor)
