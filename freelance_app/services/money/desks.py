"""What the pages about money show: billing, earnings, the finance desk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sqlmodel import Session

from freelance_app import routes
from freelance_app.errors import NotFoundError
from freelance_app.money import Money, MoneyView
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import doors
from freelance_app.services.instance.keyset import FIRST, Place
from freelance_app.services.money import (
    countries,
    currencies,
    deposits,
    ledger,
    months,
    payout_lists,
    payout_methods,
    purses,
    statements,
)
from freelance_app.services.money.deposit_views import DepositsToConfirm, DepositsView
from freelance_app.services.money.months import MonthsView
from freelance_app.services.money.payout_methods import MethodView
from freelance_app.services.money.payout_views import PayoutsToSend, PayoutsView
from freelance_app.services.money.purses import PurseView
from freelance_app.services.money.statements import StatementView
from freelance_app.text import _


@dataclass(frozen=True, slots=True)
class BillingView:
    """A company's wallet, its deposits and every movement."""

    balances: list[MoneyView] = field(default_factory=list[MoneyView])
    currencies: list[str] = field(default_factory=list[str])
    months: list[MonthsView] = field(default_factory=list[MonthsView])
    deposits: DepositsView = field(default_factory=DepositsView)
    statement: StatementView = field(default_factory=StatementView)
    can_deposit: bool = False


@dataclass(frozen=True, slots=True)
class EarningsView:
    """What a freelancer earned, where it may go, and what became of payouts.

    Attributes:
        amount: the bare figures of the first balance, to be asked for.
        newest_payout: its id, by which a second press of the form is known.
        blocked: why no payout can be asked for now; empty when one can.
    """

    purses: list[PurseView] = field(default_factory=list[PurseView])
    months: list[MonthsView] = field(default_factory=list[MonthsView])
    currencies: list[str] = field(default_factory=list[str])
    amount: str = ""
    methods: list[MethodView] = field(default_factory=list[MethodView])
    usable: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    payouts: PayoutsView = field(default_factory=PayoutsView)
    newest_payout: str = ""
    statement: StatementView = field(default_factory=StatementView)
    countries: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    blocked: str = ""
    can_ask: bool = False
    can_change: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Where the page of each list of the finance desk starts."""

    deposits: Place = FIRST
    payouts: Place = FIRST
    decided: Place = FIRST


FIRST_PLACES = Places()
Listed = TypeVar("Listed", DepositsToConfirm, PayoutsToSend)


@dataclass(frozen=True, slots=True)
class FinanceView:
    """What waits for the finance staff, and what they decided."""

    deposits: DepositsToConfirm = field(default_factory=DepositsToConfirm)
    payouts: PayoutsToSend = field(default_factory=PayoutsToSend)
    decided: PayoutsToSend = field(default_factory=PayoutsToSend)


def get_billing(
    session: Session, *, actor: Actor, place: Place = FIRST, moved: Place = FIRST
) -> BillingView:
    """Return the wallet of the actor's company, a page of deposits and one of movements.

    Raises:
        NotFoundError: the actor acts for no company.
    """
    listed = deposits.list_for(session, actor=actor, place=place)
    wallet = ledger.wallet_of(actor.party_id)
    there = ledger.balances(session, wallet)
    return BillingView(
        balances=[MoneyView.of(each) for each in there],
        currencies=currencies.choices(session),
        months=_year(session, actor, there),
        deposits=listed,
        statement=statements.get(session, wallet, place=moved),
        can_deposit=actor.is_owner,
    )


def get_earnings(
    session: Session, *, actor: Actor, place: Place = FIRST, moved: Place = FIRST
) -> EarningsView:
    """Return the earnings of the actor's party, a page of payouts and one of movements.

    Raises:
        NotFoundError: the actor acts for nobody who is paid.
    """
    if not actor.is_freelancer:
        raise NotFoundError(_("There is nothing here."))
    earnings = ledger.earnings_of(actor.party_id)
    used = ledger.balances(session, earnings)
    there = [each for each in used if each.minor]
    methods = payout_methods.list_for(session, actor=actor)
    usable = [(each.id, each.short) for each in methods if each.is_usable]
    blocked = _blocked(actor, there, methods, usable)
    return EarningsView(
        purses=purses.list_for(session, actor=actor, available=there),
        months=_year(session, actor, used),
        currencies=[each.currency for each in there],
        amount=there[0].as_typed() if there else "",
        methods=methods,
        usable=usable,
        payouts=payout_lists.list_for(session, actor=actor, place=place),
        newest_payout=payout_lists.newest_of(session, actor=actor),
        statement=statements.get(session, earnings, place=moved),
        countries=countries.choices(),
        blocked=blocked,
        can_ask=not blocked,
        can_change=actor.is_owner,
    )


def _year(session: Session, actor: Actor, used: list[Money]) -> list[MonthsView]:
    currencies = [each.currency for each in used]
    return months.list_for(session, actor=actor, currencies=currencies, count=months.YEAR)


def _blocked(
    actor: Actor, there: list[Money], methods: list[MethodView], usable: list[tuple[str, str]]
) -> str:
    if not actor.is_owner:
        return _("Only an owner can ask for a payout.")
    if not there:
        return _("Nothing is there to be paid out yet. Released money stands here.")
    if not methods:
        return _("Add a bank account first, then ask for a payout.")
    if not usable:
        return _("Your bank account still waits. You can ask when its days are over.")
    return ""


def get_finance(session: Session, *, actor: Actor, places: Places = FIRST_PLACES) -> FinanceView:
    """Return what waits for the finance staff, a page of each list.

    Raises:
        NotFoundError: the actor is no finance staff.
    """
    return FinanceView(
        deposits=_or_first(deposits.list_pending, session, actor, places.deposits),
        payouts=_or_first(payout_lists.list_requested, session, actor, places.payouts),
        decided=_or_first(payout_lists.list_decided, session, actor, places.decided),
    )


def _or_first(read: Callable[..., Listed], session: Session, actor: Actor, place: Place) -> Listed:
    """Return a page; the first one where all rows of the wanted one were decided meanwhile."""
    page = read(session, actor=actor, place=place)
    return page if page.rows or place == FIRST else read(session, actor=actor)


@doors.register(routes.BILLING)
def open_billing(session: Session, actor: Actor, parts: Sequence[str]) -> None:
    """Open the pages of a company's money.

    Raises:
        NotFoundError: there is none for this actor.
    """
    if parts:
        deposits.get_view(session, actor=actor, deposit_id=parts[-1])
    elif not actor.is_company:
        raise NotFoundError(_("There is nothing here."))


@doors.register(routes.EARNINGS)
def open_earnings(_session: Session, actor: Actor, parts: Sequence[str]) -> None:
    """Open the pages of what a freelancer earns.

    Raises:
        NotFoundError: there is none for this actor.
    """
    if parts or not actor.is_freelancer:
        raise NotFoundError(_("There is nothing here."))
