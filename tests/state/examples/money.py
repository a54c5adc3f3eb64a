"""Calls of the money wing."""

from sqlmodel import select

from freelance_app import clock, db, routes
from freelance_app.models import Instance, PayoutMethod
from freelance_app.money import Money
from freelance_app.services.money import deposits, ledger, payout_methods, payouts
from freelance_app.services.money.ledger import Cause, Leg
from freelance_app.services.money.payout_methods import MethodForm
from freelance_app.state.money.finance import FAILED
from tests.factories import World
from tests.state.examples import Call

ACCOUNT = {
    "holder": "Fatuma of the sweep",
    "account": "DE02120300000000202051",
    "bank_code": "BYLADEM1001",
    "bank_name": "DKB",
    "country": "DE",
}
ABOUT = "a purpose of the sweep"


def _open_bank(session) -> None:
    session.merge(
        Instance(
            name="Harbour",
            time_zone="UTC",
            currency="EUR",
            bank_holder="Harbour Ltd",
            bank_account=ACCOUNT["account"],
            set_up_at=clock.now(),
        )
    )


def _deposit(world: World) -> str:
    db.write(_open_bank)
    asked = {"amount": "120.00", "currency": "EUR", "about": ABOUT}
    return db.write(deposits.request, actor=world.alice, **asked)


def _earn(session, party_id: int, run: str) -> None:
    legs = [Leg(ledger.clearing_of("bank"), ledger.earnings_of(party_id), Money(500_00, "EUR"))]
    ledger.post(session, cause=Cause(f"sweep:{run}:earn", "release"), legs=legs)


def _method(world: World) -> str:
    form = MethodForm(**ACCOUNT)
    return db.write(payout_methods.add, actor=world.fatuma, form=form)


def _payout(world: World) -> str:
    db.write(_earn, world.fatuma.party_id, world.run)
    method_id = _usable(world)
    asked = {"method_id": method_id, "amount": "500.00", "currency": "EUR"}
    return db.write(payouts.request, actor=world.fatuma, **asked)


def _usable(world: World) -> str:
    method_id = _method(world)
    db.write(_end_waiting, method_id)
    return method_id


def _end_waiting(session, method_id: str) -> None:

    row = session.exec(select(PayoutMethod).where(PayoutMethod.public_id == method_id)).one()
    row.usable_at = row.created_at


def _staff(world: World, payload: dict | None = None, *, says: str = "", changes=True) -> Call:
    wrong = (world.charlie, world.dora, world.alice, world.fatuma)
    return Call(
        world.frank,
        routes.ADMIN_FINANCE,
        payload or {},
        wrong=wrong,
        markers=(world.alice.party_name,) if says and world.alice.party_name in says else (),
        changes=changes,
        says=says,
    )


def _billing(world: World) -> Call:
    _deposit(world)
    return Call(
        world.alice,
        routes.BILLING,
        wrong=(world.fatuma, world.charlie),
        markers=("DEP-",),
        says="DEP-",
        changes=False,
    )


def _announce(world: World) -> Call:
    db.write(_open_bank)
    payload = {"form": {"amount": "75.00", "currency": "EUR"}}
    wrong = (world.fatuma, world.charlie)
    return Call(world.alice, routes.BILLING, payload, wrong=wrong, says=routes.BILLING)


def _deposit_page(world: World, *, changes: bool = False) -> Call:
    path = routes.deposit(_deposit(world))
    wrong = (world.charlie, world.dora, world.fatuma)
    says = "" if changes else ABOUT
    return Call(world.alice, path, wrong=wrong, markers=(ABOUT,), says=says, changes=changes)


def _earnings(world: World) -> Call:
    _method(world)
    return Call(
        world.fatuma,
        routes.EARNINGS,
        markers=(ACCOUNT["holder"],),
        says=ACCOUNT["holder"],
        changes=False,
    )


def _ask(world: World) -> Call:
    db.write(_earn, world.fatuma.party_id, world.run)
    method_id = _usable(world)
    form = {"amount": "10.00", "currency": "EUR", "method": method_id, "seen": ""}
    wrong = (world.charlie, world.dora, world.alice)
    return Call(world.fatuma, routes.EARNINGS, {"form": form}, wrong=wrong)


def _add_method(world: World) -> Call:
    payload = {"form": dict(ACCOUNT)}
    return Call(world.fatuma, routes.EARNINGS, payload, wrong=(world.alice, world.dora))


def _remove_method(world: World) -> Call:
    return Call(world.fatuma, routes.EARNINGS, {"method_id": _method(world)})


def _desk(world: World) -> Call:
    _deposit(world)
    return _staff(world, says=world.alice.party_name, changes=False)


def _choose_deposit(world: World) -> Call:
    return _staff(world, {"deposit_id": _deposit(world)}, changes=False)


def _given_up(world: World) -> str:
    deposit_id = _deposit(world)
    db.write(deposits.cancel, actor=world.alice, deposit_id=deposit_id)
    shown = db.read(deposits.get_view, actor=world.alice, deposit_id=deposit_id)
    return shown.reference


def _find(world: World) -> Call:
    payload = {"form": {"reference": _given_up(world)}}
    return _staff(world, payload, says=world.alice.party_name, changes=False)


def _confirm(world: World) -> Call:
    form = {"deposit": _deposit(world), "received": "120.00"}
    return _staff(world, {"form": form})


def _choose_payout(world: World) -> Call:
    payload = {"payout_id": _payout(world), "dialog_id": FAILED}
    return _staff(world, payload, changes=False)


def _fail(world: World) -> Call:
    return _staff(world, {"form": {"payout": _payout(world), "failed_reason": "closed"}})


def _pay(world: World) -> Call:
    return _staff(world, {"payout_id": _payout(world)})


def _give_back(world: World) -> Call:
    payout_id = _payout(world)
    db.write(payouts.mark_paid, actor=world.frank, payout_id=payout_id)
    return _staff(world, {"form": {"payout": payout_id, "returned_reason": "closed"}})


EXAMPLES = {
    "BillingState.enter": _billing,
    "BillingState.listen": _billing,
    "BillingState.announce": _announce,
    "DepositState.enter": _deposit_page,
    "DepositState.listen": _deposit_page,
    "DepositState.cancel": lambda world: _deposit_page(world, changes=True),
    "EarningsState.enter": _earnings,
    "EarningsState.listen": _earnings,
    "EarningsState.ask": _ask,
    "EarningsState.add_method": _add_method,
    "EarningsState.remove_method": _remove_method,
    "FinanceState.enter": _desk,
    "FinanceState.listen": _desk,
    "FinanceState.choose_deposit": _choose_deposit,
    "FinanceState.find": _find,
    "FinanceState.confirm": _confirm,
    "FinanceState.choose_payout": _choose_payout,
    "FinanceState.fail": _fail,
    "FinanceState.pay": _pay,
    "FinanceState.give_back": _give_back,
}
