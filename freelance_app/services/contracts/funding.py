"""Funding: money leaves the wallet and is held for milestones."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from freelance_app import clock
from freelance_app.errors import InvalidError
from freelance_app.models import Contract, Deposit, DepositPurpose, DepositStatus, Milestone
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import parties
from freelance_app.services.contracts import contracts, milestones, tellings, terms
from freelance_app.services.contracts.milestones import DRAFT, FUNDED
from freelance_app.services.instance import audit, effects
from freelance_app.services.money import deposits, fees, ledger
from freelance_app.services.money.ledger import Cause
from freelance_app.text import _, day_text

BY_DEPOSIT = "milestones.fund"


@dataclass(frozen=True, slots=True)
class FundableView:
    """A milestone that can be funded."""

    id: str
    number: int
    title: str
    due: str
    amount: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class FundingView:
    """The page that funds milestones; empty while it loads.

    Attributes:
        fee: sentence about the client's fee; empty when there is none.
        chosen: the milestones that the sums are about.
        wallet: what is free for them.
        kept: what else the wallet has, for deposits on their way; empty when nothing.
        missing: what the wallet lacks for them; empty when it covers them.
    """

    contract_id: str = ""
    number: str = ""
    title: str = ""
    milestones: list[FundableView] = field(default_factory=list[FundableView])
    chosen: list[str] = field(default_factory=list[str])
    fee: str = ""
    to_hold: str = ""
    wallet: str = ""
    kept: str = ""
    missing: str = ""
    can_fund: bool = False


def get_view(
    session: Session, *, actor: Actor, contract_id: str, chosen: Sequence[str] | None = None
) -> FundingView:
    """Return what can be funded and what the chosen milestones need; the first unless told.

    Raises:
        NotFoundError: no such contract for this actor.
        NotPermittedError: the actor is no owner of the client.
    """
    contract = contracts.get(session, actor=actor, contract_id=contract_id)
    contracts.require_client(contract, actor)
    drafts = [row for row in milestones.of_contract(session, contract) if row.status is DRAFT]
    wanted = [row.public_id for row in drafts[:1]] if chosen is None else list(chosen)
    rows = [row for row in drafts if row.public_id in wanted]
    needed = _needed(rows, contract)
    free, kept = _free(session, contract, rows)
    missing = needed - free
    return FundingView(
        contract_id=contract.public_id,
        number=contract.number,
        title=contract.title,
        milestones=[_fundable(row, contract, is_first=row is drafts[0]) for row in drafts],
        chosen=[row.public_id for row in rows],
        fee=_fee_words(contract, rows),
        to_hold=needed.format(),
        wallet=free.format(),
        kept=kept.format() if kept.minor else "",
        missing=missing.format() if missing.minor > 0 else "",
        can_fund=bool(rows),
    )


def _fundable(row: Milestone, contract: Contract, *, is_first: bool) -> FundableView:
    return FundableView(
        id=row.public_id,
        number=row.number,
        title=row.title,
        due=_("Due {day}").format(day=day_text(row.due_on)),
        amount=milestones.total(row, contract).format(),
        is_first=is_first,
    )


def _needed(rows: Sequence[Milestone], contract: Contract) -> Money:
    needed = [fees.to_reserve(milestones.hold_of(row, contract)).minor for row in rows]
    return Money(sum(needed), contract.currency)


def _free(session: Session, contract: Contract, rows: Sequence[Milestone]) -> tuple[Money, Money]:
    """Return what of the wallet may fund these milestones, and what is kept for other deposits."""
    there = ledger.balance(session, ledger.wallet_of(contract.client_party_id), contract.currency)
    counted = _counted_on(session, contract, rows) if there.minor else 0
    kept = Money(min(counted, there.minor), contract.currency)
    return there - kept, kept


def _counted_on(session: Session, contract: Contract, rows: Sequence[Milestone]) -> int:
    """Return what deposits on their way for other milestones count on finding in the wallet."""
    pending = session.exec(
        select(Deposit, Milestone, Contract)
        .join(DepositPurpose, col(DepositPurpose.deposit_id) == Deposit.id)
        .join(Milestone, col(Milestone.id) == DepositPurpose.subject_id)
        .join(Contract, col(Contract.id) == Milestone.contract_id)
        .where(
            Deposit.party_id == contract.client_party_id,
            Deposit.status == DepositStatus.PENDING,
            Deposit.currency == contract.currency,
            DepositPurpose.effect == BY_DEPOSIT,
            Milestone.status == DRAFT,
        )
    ).all()
    chosen = {row.id for row in rows}
    own = {deposit.id for deposit, milestone, _contract in pending if milestone.id in chosen}
    lacking: dict[int, int] = {}
    for deposit, milestone, owner in pending:
        reserve = fees.to_reserve(milestones.hold_of(milestone, owner)).minor
        lacking[deposit.id] = lacking.get(deposit.id, -deposit.amount_minor) + reserve
    return sum(max(0, each) for row_id, each in lacking.items() if row_id not in own)


def _fee_words(contract: Contract, rows: Sequence[Milestone]) -> str:
    fee = sum(fees.to_reserve(milestones.hold_of(row, contract)).minor for row in rows) - sum(
        row.amount_minor for row in rows
    )
    if not fee:
        return ""
    hold = milestones.hold_of(rows[0], contract)
    sentence = _("With the fee of {percent} %, {amount}, which is taken as work is released.")
    return sentence.format(
        percent=terms.percent_text(hold.client_basis_points),
        amount=Money(fee, contract.currency).format(),
    )


def fund(session: Session, *, actor: Actor, milestone_ids: Sequence[str]) -> None:
    """Hold the money of draft milestones of one contract out of the client's wallet: all or none.

    Raises:
        NotFoundError: one is no milestone for this actor.
        NotPermittedError: the actor is no owner of the client.
        InvalidError: none is chosen.
        ConflictError: one is not a draft (any more).
        InsufficientFundsError: the wallet holds less.
    """
    rows, contract = _chosen(session, actor, milestone_ids)
    contracts.lock(session, contract)
    for row in rows:
        _hold(session, row, contract, actor=actor)
    _told(session, contract, rows, by=actor.party_name)


def fund_or_deposit(session: Session, *, actor: Actor, milestone_ids: Sequence[str]) -> str:
    """Fund milestones; where the wallet lacks money, announce a deposit of it for them instead.

    Returns:
        The public id of the deposit whose instructions to follow; empty when all is funded.

    Raises:
        NotFoundError: one is no milestone for this actor.
        NotPermittedError: the actor is no owner of the client.
        InvalidError: none is chosen.
        ConflictError: one is not a draft (any more), or no deposit can be made.
    """
    rows, contract = _chosen(session, actor, milestone_ids)
    contracts.lock(session, contract)
    parties.lock(session, contract.client_party_id)
    free, _kept = _free(session, contract, rows)
    missing = _needed(rows, contract) - free
    if missing.minor <= 0:
        fund(session, actor=actor, milestone_ids=milestone_ids)
        return ""
    for row in rows:
        session.refresh(row)
        milestones.require(row, DRAFT)
    return deposits.request(
        session,
        actor=actor,
        amount=missing.as_typed(),
        currency=missing.currency,
        purposes=[(BY_DEPOSIT, row.id) for row in rows],
        about=_about(rows, contract),
    )


def _chosen(
    session: Session, actor: Actor, milestone_ids: Sequence[str]
) -> tuple[list[Milestone], Contract]:
    """Return the rows in the order of their ids, of one contract, for its client."""
    if not milestone_ids:
        raise InvalidError(_("Choose at least one milestone."), field="milestones")
    found = [milestones.get(session, actor=actor, milestone_id=each) for each in milestone_ids]
    rows = {row.id: row for row, _contract in found}
    owners = {contract.id: contract for _row, contract in found}
    if len(owners) > 1:
        raise InvalidError(_("Choose milestones of one contract."), field="milestones")
    contract = next(iter(owners.values()))
    contracts.require_client(contract, actor)
    return [rows[row_id] for row_id in sorted(rows)], contract


def _about(rows: Sequence[Milestone], contract: Contract) -> str:
    names = ", ".join(f"{row.number} {row.title}" for row in rows)
    return f"{contract.number}: {names}"


@effects.register(BY_DEPOSIT)
def fund_by_deposit(session: Session, *, subject_id: int) -> None:
    """Fund the milestone that a deposit was for, now that its money is in the wallet.

    Raises:
        ConflictError: it was funded before; then the money stays in the wallet.
        InsufficientFundsError: the wallet was used for something else meanwhile.
    """
    milestone = session.get_one(Milestone, subject_id)
    contract = session.get_one(Contract, milestone.contract_id)
    contracts.lock(session, contract)
    _hold(session, milestone, contract, actor=None)
    _told(session, contract, [milestone], by="")


def _hold(session: Session, row: Milestone, contract: Contract, *, actor: Actor | None) -> None:
    milestones.move(session, row, (DRAFT,), FUNDED, funded_at=clock.now())
    hold = milestones.hold_of(row, contract)
    cause = Cause(
        key=f"milestone:{row.id}:fund",
        kind="fund",
        actor_id=actor.person_id if actor else None,
        reason=f"milestone {row.number} of {contract.number}",
        contract_id=contract.id,
    )
    ledger.post(session, cause=cause, legs=fees.fund_legs(hold))
    audit.record(
        session,
        actor=actor,
        action="milestone.funded",
        subject=f"milestone:{row.id}",
        contract_id=contract.id,
        words=f"{hold.total.as_typed()} {contract.currency}",
    )


def _told(session: Session, contract: Contract, rows: Sequence[Milestone], *, by: str) -> None:
    notes = [{"title": row.title, "amount": milestones.total(row, contract)} for row in rows]
    to = [contract.freelancer_party_id]
    tellings.tell_of_contract(session, contract, "milestone.funded", *notes, to=to, by=by)
