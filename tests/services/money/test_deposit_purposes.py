"""What a deposit is for happens when its money is here, in the same unit of work, or not at all."""

import pytest
from sqlmodel import select

from freelance_app import db
from freelance_app.errors import ConflictError, InvalidError, NotFoundError
from freelance_app.models import AuditEntry, Deposit, Notice
from freelance_app.money import Money
from freelance_app.services.instance import effects
from freelance_app.services.instance.keyset import Place
from freelance_app.services.money import deposits, ledger
from freelance_app.services.money.ledger import Cause, Leg
from tests.services.money import books

HOLD = "tests.hold"
REFUSED = 13


@effects.register(HOLD)
def hold(session, *, subject_id: int) -> None:
    """Hold 200.00 of a party; the subject is the party's row id and a number of two figures."""
    party_id, number = divmod(subject_id, 100)
    leg = Leg(ledger.wallet_of(party_id), ledger.held_for(subject_id), Money(200_00, "EUR"))
    ledger.post(session, cause=Cause(f"tests:{subject_id}:hold", "fund"), legs=[leg])
    if number == REFUSED:
        raise ConflictError("This milestone is already funded.")


@pytest.fixture
def bank(world):
    db.write(books.open_bank)
    return world


def announce(world, *numbers: int, amount: str = "250.00") -> str:
    purposes = [(HOLD, world.alice.party_id * 100 + number) for number in numbers]
    return books.announce(world, amount, purposes=purposes)


def held(world, number: int) -> int:
    account = ledger.held_for(world.alice.party_id * 100 + number)
    return db.read(ledger.balance, account, "EUR").minor


def told(world) -> str:
    """Return the last notice of Alice."""

    def newest(session) -> str:
        mine = select(Notice.detail).where(Notice.person_id == world.alice.person_id)
        return session.exec(mine.order_by(Notice.id.desc())).first()

    return db.read(newest)


def test_a_purpose_runs_when_the_money_is_here(bank):
    books.confirm(bank, announce(bank, 1), "250.00")
    assert (held(bank, 1), books.wallet(bank)) == (200_00, 50_00)
    assert "held for" in told(bank)


def test_more_money_than_announced_funds_and_leaves_the_rest(bank):
    books.confirm(bank, announce(bank, 1), "300.00")
    assert (held(bank, 1), books.wallet(bank)) == (200_00, 100_00)
    assert told(bank).endswith(
        "€250.00 of it is held for your milestones. €50.00 is in your wallet."
    )


def test_less_money_than_announced_stays_in_the_wallet(bank):
    books.confirm(bank, announce(bank, 1), "249.99")
    assert (held(bank, 1), books.wallet(bank)) == (0, 249_99)
    assert "less than the €250.00 announced" in told(bank)


def test_a_refused_purpose_takes_back_what_it_began_and_leaves_the_money(bank):
    books.confirm(bank, announce(bank, 1, REFUSED, amount="400.00"), "400.00")
    assert (held(bank, 1), held(bank, REFUSED), books.wallet(bank)) == (200_00, 0, 200_00)
    assert "Not everything could be funded" in told(bank)


def test_money_that_can_fund_nothing_is_told_to_be_in_the_wallet(bank):
    books.confirm(bank, announce(bank, REFUSED), "250.00")
    assert (held(bank, REFUSED), books.wallet(bank)) == (0, 250_00)
    assert told(bank).endswith("Nothing could be funded with it: it is in your wallet.")


def test_a_purpose_for_which_nothing_is_left_is_refused_alone(bank):
    books.confirm(bank, announce(bank, 1, 2), "250.00")
    assert held(bank, 1) + held(bank, 2) == 200_00
    assert books.wallet(bank) == 50_00


def test_a_deposit_that_was_given_up_funds_nothing(bank):
    deposit_id = announce(bank, 1)
    db.write(deposits.cancel, actor=bank.alice, deposit_id=deposit_id)
    books.confirm(bank, deposit_id, "250.00")
    assert (held(bank, 1), books.wallet(bank)) == (0, 250_00)
    assert "You had given this deposit up: nothing was funded" in told(bank)


def test_money_for_a_deposit_without_a_purpose_that_was_given_up_is_plainly_told(bank):
    deposit_id = announce(bank)
    db.write(deposits.cancel, actor=bank.alice, deposit_id=deposit_id)
    books.confirm(bank, deposit_id, "250.00")
    assert told(bank).endswith("It is in your wallet.")


def test_the_same_wish_twice_is_one_deposit(bank):
    first = announce(bank, 1)
    assert announce(bank, 1) == first
    assert announce(bank, 2) != first
    assert announce(bank, 1, amount="251.00") != first
    assert announce(bank) != announce(bank)


def find(world, deposit_id: str):
    """Return what Frank finds by the reference of a deposit of Alice, typed in small letters."""
    shown = db.read(deposits.get_view, actor=world.alice, deposit_id=deposit_id)
    return db.read(deposits.find, actor=world.frank, reference=shown.reference.lower())


def test_finance_finds_a_deposit_by_its_reference_whatever_became_of_it(bank):
    deposit_id = announce(bank, 1)
    found = find(bank, deposit_id)
    assert (found.id, found.status, found.can_confirm) == (deposit_id, "waits_for_you", True)
    assert found.effect.startswith("The full amount funds")
    db.write(deposits.cancel, actor=bank.alice, deposit_id=deposit_id)
    found = find(bank, deposit_id)
    assert (found.status, found.can_confirm) == ("cancelled", True)
    assert "funds nothing" in found.effect
    books.confirm(bank, deposit_id, "240.00")
    found = find(bank, deposit_id)
    assert (found.status, found.can_confirm) == ("arrived", False)
    assert found.effect.startswith("€240.00 was confirmed on")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("DEP-000000", "No deposit has this reference."), ("DEP-1", "typing mistake")],
)
def test_a_reference_that_nobody_has_is_told_beside_its_field(bank, typed, sentence):
    with pytest.raises(InvalidError, match=sentence) as refused:
        db.read(deposits.find, actor=bank.frank, reference=typed)
    assert refused.value.field == "reference"


@pytest.mark.parametrize("person", ["alice", "bob", "fatuma", "charlie", "dora"])
def test_only_finance_staff_find_a_deposit_by_its_reference(bank, person):
    shown = db.read(deposits.get_view, actor=bank.alice, deposit_id=announce(bank))
    with pytest.raises(NotFoundError):
        db.read(deposits.find, actor=getattr(bank, person), reference=shown.reference)


def test_too_many_deposits_on_their_way_are_refused_and_the_list_has_pages(bank):
    made = [announce(bank, amount=f"{number}.00") for number in range(1, deposits.MOST_OPEN + 1)]
    with pytest.raises(ConflictError, match="on their way"):
        announce(bank)
    db.write(deposits.cancel, actor=bank.alice, deposit_id=made[0])
    made.append(announce(bank))
    first = db.read(deposits.list_for, actor=bank.alice)
    rest = db.read(deposits.list_for, actor=bank.alice, place=Place(before=first.older))
    assert [row.id for row in [*first.rows, *rest.rows]] == made[::-1]


def test_every_step_is_in_the_audit(bank):
    deposit_id = announce(bank)
    books.confirm(bank, deposit_id, "250.00")

    def acts(session) -> list[str]:
        row = session.exec(select(Deposit).where(Deposit.public_id == deposit_id)).one()
        subject = f"deposit:{row.id}"
        of_it = select(AuditEntry.action).where(AuditEntry.subject == subject)
        return list(session.exec(of_it.order_by(AuditEntry.id)))

    assert db.read(acts) == ["deposit.announced", "deposit.settled"]
