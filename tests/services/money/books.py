"""What the tests of money share: a bank that is set up, a usable account, balances by name."""

from sqlmodel import Session, select

from freelance_app import clock, db
from freelance_app.models import Instance, PayoutMethod
from freelance_app.services.money import deposits, ledger, payout_methods
from freelance_app.services.money.payout_methods import MethodForm
from tests.factories import World

IBAN = "DE02120300000000202051"
METHOD = MethodForm("Fatuma Ali", IBAN, "BYLADEM1001", "DKB", "DE")


def open_bank(session: Session) -> None:
    """Set the instance up with an account for deposits."""
    session.merge(
        Instance(
            name="Harbour",
            time_zone="UTC",
            currency="EUR",
            bank_holder="Harbour Ltd",
            bank_account=IBAN,
            set_up_at=clock.now(),
        )
    )


def announce(world: World, amount: str = "120.00", currency: str = "EUR", purposes=()) -> str:
    """Let Alice announce a deposit and return its public id."""
    asked = {"amount": amount, "currency": currency, "purposes": purposes}
    return db.write(deposits.request, actor=world.alice, **asked)


def confirm(world: World, deposit_id: str, received: str) -> None:
    """Let Frank confirm what arrived."""
    db.write(deposits.confirm, actor=world.frank, deposit_id=deposit_id, received=received)


def add_method(world: World) -> str:
    """Give Fatuma a bank account whose waiting days are over."""
    method_id = db.write(payout_methods.add, actor=world.fatuma, form=METHOD)
    db.write(_end_waiting, method_id)
    return method_id


def _end_waiting(session: Session, method_id: str) -> None:
    row = session.exec(select(PayoutMethod).where(PayoutMethod.public_id == method_id)).one()
    row.usable_at = row.created_at


def wallet(world: World, currency: str = "EUR") -> int:
    """Return what Alice's company has free."""
    return db.read(ledger.balance, ledger.wallet_of(world.alice.party_id), currency).minor


def earnings(world: World, currency: str = "EUR") -> int:
    """Return what Fatuma may be paid out."""
    return db.read(ledger.balance, ledger.earnings_of(world.fatuma.party_id), currency).minor
