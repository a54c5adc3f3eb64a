"""The pages of a contract, each in one read: everything it shows, as one person may see it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlmodel import Session, col, func, select

from freelance_app import routes
from freelance_app.models import (
    Contract,
    Milestone,
    Party,
    Person,
    Submission,
    SubmissionFile,
)
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.contracts import (
    clocks,
    contracts,
    milestone_views,
    milestones,
    next_actions,
    submission_views,
    tellings,
    terms,
)
from freelance_app.services.contracts.milestone_views import NO_MILESTONE, MilestoneView
from freelance_app.services.contracts.milestones import DRAFT, RELEASED, SUBMITTED
from freelance_app.services.contracts.next_actions import NO_NEXT, NextView
from freelance_app.services.contracts.terms import TermsView
from freelance_app.services.instance import audit
from freelance_app.services.instance.views import (
    ClockView,
    EventView,
    FileView,
    MoneyKind,
    MoneyPartView,
    PersonView,
)
from freelance_app.services.money import ledger, ledger_lines
from freelance_app.services.money.ledger_lines import LedgerLine
from freelance_app.text import _, day_text, moment_text

Part = Literal["overview", "messages", "files", "money", "terms"]
NEWEST_FILES = 4
CENTS = re.compile(r"[.,]\d{1,3}\D*$")


def _mark(word: str) -> str:
    """Mark a word for the catalogue; it is translated when it is told."""
    return word


MOVEMENTS = {"fund": _mark("Funded"), "release": _mark("Released")}
ACCOUNTS = {
    "wallet": _mark("Wallet"),
    "escrow": _mark("Held"),
    "earnings": _mark("Earnings"),
    "revenue": _mark("Fee"),
}


@dataclass(frozen=True, slots=True)
class MovementView:
    """One line of the contract's books."""

    id: int
    on: str
    what: str
    way: str
    amount: str


@dataclass(frozen=True, slots=True)
class SignatureView:
    """Who signed for which side, and when."""

    who: PersonView
    party: str
    at: str


@dataclass(frozen=True, slots=True)
class MoneyView:
    """Where the contract's money is.

    Attributes:
        total: whole units; `cents` is the rest of it.
        in_words: every figure, for those who do not see the bar.
        fund: words of the link that funds the next milestone; empty when there is none.
        wallet: what is free, for the client only.
    """

    total: str = ""
    cents: str = ""
    parts: list[MoneyPartView] = field(default_factory=list[MoneyPartView])
    in_words: str = ""
    fund: str = ""
    wallet: str = ""


NO_MONEY = MoneyView()


@dataclass(frozen=True, slots=True)
class WorkroomView:
    """A contract with the part of it that a page shows; empty while it loads.

    Attributes:
        current: the milestone that the next action is about.
    """

    id: str = ""
    number: str = ""
    title: str = ""
    status: str = "active"
    since: str = ""
    other: PersonView = field(default_factory=PersonView)
    messages_href: str = ""
    fund_href: str = ""
    next: NextView = NO_NEXT
    current: MilestoneView = NO_MILESTONE
    milestones: list[MilestoneView] = field(default_factory=list[MilestoneView])
    progress: str = ""
    money: MoneyView = NO_MONEY
    clocks: list[ClockView] = field(default_factory=list[ClockView])
    latest: list[EventView] = field(default_factory=list[EventView])
    files: list[FileView] = field(default_factory=list[FileView])
    file_count: str = ""
    movements: list[MovementView] = field(default_factory=list[MovementView])
    terms: TermsView = field(default_factory=TermsView)
    signatures: list[SignatureView] = field(default_factory=list[SignatureView])


def get_view(
    session: Session, *, actor: Actor, contract_id: str, part: Part = "overview"
) -> WorkroomView:
    """Return a page of a contract.

    Raises:
        NotFoundError: no such contract for this actor.
    """
    contract = contracts.get(session, actor=actor, contract_id=contract_id)
    other = tellings.party_view(session.get_one(Party, contracts.other_party_id(contract, actor)))
    rows = milestone_views.list_for(session, actor=actor, contract=contract)
    coming = next_actions.next_for(actor, contract, rows, other=other.name)
    current = [row for row in rows if row.id == coming.milestone_id]
    released = sum(row.status == RELEASED.value for row in rows)
    return WorkroomView(
        id=contract.public_id,
        number=contract.number,
        title=contract.title,
        status=contract.status.value,
        since=_("Since {day}").format(day=day_text(contract.accepted_at)),
        other=other,
        messages_href=routes.contract_tab(contract.public_id, "messages"),
        fund_href=routes.contract_fund(contract.public_id),
        next=coming,
        current=current[0] if current else NO_MILESTONE,
        milestones=rows,
        progress=_("{released} of {count} released").format(released=released, count=len(rows)),
        money=_money(session, actor, contract),
        clocks=clocks.list_for(session, contract),
        latest=audit.list_for_contract(session, contract_id=contract.id, actor=actor),
        files=_files(session, contract, part),
        file_count=_file_count(session, contract),
        movements=_movements(session, contract) if part == "money" else [],
        terms=_terms(session, contract) if part == "terms" else TermsView(),
        signatures=_signatures(session, contract) if part == "terms" else [],
    )


def _files(session: Session, contract: Contract, part: Part) -> list[FileView]:
    if part not in {"overview", "files"}:
        return []
    limit = NEWEST_FILES if part == "overview" else None
    return submission_views.files_of_contract(session, contract, limit=limit)


def _file_count(session: Session, contract: Contract) -> str:
    count = session.exec(
        select(func.count())
        .select_from(SubmissionFile)
        .join(Submission, col(Submission.id) == SubmissionFile.submission_id)
        .join(Milestone, col(Milestone.id) == Submission.milestone_id)
        .where(Milestone.contract_id == contract.id)
    ).one()
    return str(count) if count else ""


def _money(session: Session, actor: Actor, contract: Contract) -> MoneyView:
    rows = milestones.of_contract(session, contract)
    is_client = contracts.is_client(contract, actor)
    drafts = [row for row in rows if row.status is DRAFT]
    fund = _("Fund milestone {number}") if is_client and actor.is_owner and drafts else ""
    wallet = ledger.wallet_of(contract.client_party_id)
    free = ledger.balance(session, wallet, contract.currency) if is_client else None
    total = Money(sum(row.amount_minor for row in rows), contract.currency)
    parts = _parts(rows, contract.currency)
    text = total.format()
    cents = CENTS.search(text)
    figures = ", ".join(f"{part.label} {part.amount}" for part in parts)
    return MoneyView(
        total=text[: cents.start()] if cents else text,
        cents=cents.group() if cents else "",
        parts=parts,
        in_words=_("Of {total}: {figures}").format(total=text, figures=figures),
        fund=fund.format(number=drafts[0].number) if fund else "",
        wallet=free.format() if free is not None else "",
    )


def _parts(rows: Sequence[Milestone], currency: str) -> list[MoneyPartView]:
    """Return what of the total is paid, held and not held yet; empty parts are left out."""
    kinds: list[tuple[MoneyKind, str]] = [
        ("released", _("Released")),
        ("review", _("Held, to review")),
        ("funded", _("Held, in work")),
        ("open", _("Not funded yet")),
    ]
    sums: dict[MoneyKind, int] = {kind: 0 for kind, _label in kinds}
    for row in rows:
        sums["released"] += row.released_minor
        sums[_kind(row)] += row.amount_minor - row.released_minor
    return [
        MoneyPartView(kind, label, Money(sums[kind], currency).format(), sums[kind])
        for kind, label in kinds
        if sums[kind]
    ]


def _kind(row: Milestone) -> MoneyKind:
    match row.status:
        case status if status is DRAFT:
            return "open"
        case status if status is SUBMITTED:
            return "review"
        case _:
            return "funded"


def _movements(session: Session, contract: Contract) -> list[MovementView]:
    lines = ledger_lines.list_for_contract(session, contract_id=contract.id)
    return [_movement(line) for line in lines]


def _movement(line: LedgerLine) -> MovementView:
    giver, taker = _account(line.debit), _account(line.credit)
    return MovementView(
        id=line.id,
        on=line.posted_on,
        what=_(MOVEMENTS[line.kind]) if line.kind in MOVEMENTS else line.kind,
        way=f"{giver} → {taker}",
        amount=line.amount.text,
    )


def _account(kind: str) -> str:
    return _(ACCOUNTS[kind]) if kind in ACCOUNTS else kind


def _terms(session: Session, contract: Contract) -> TermsView:
    parties = [
        session.get_one(Party, party_id).name
        for party_id in (contract.client_party_id, contract.freelancer_party_id)
    ]
    rows = milestones.of_contract(session, contract)
    agreed = terms.of_rows(contract, rows, client=parties[0], freelancer=parties[1])
    return terms.view(agreed, text=contract.terms)


def _signatures(session: Session, contract: Contract) -> list[SignatureView]:
    signed = [
        (contract.offered_by_id, contract.client_party_id, contract.offered_at),
        (contract.accepted_by_id, contract.freelancer_party_id, contract.accepted_at),
    ]
    return [
        SignatureView(
            who=tellings.signer_view(session.get_one(Person, person_id)),
            party=session.get_one(Party, party_id).name,
            at=moment_text(at),
        )
        for person_id, party_id, at in signed
    ]
