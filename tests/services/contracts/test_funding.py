"""Funding milestones out of the wallet, or by a deposit that names them."""

import pytest
from sqlmodel import Session

from freelance_app import db
from freelance_app.errors import (
    ConflictError,
    InsufficientFundsError,
    InvalidError,
    NotFoundError,
    NotPermittedError,
)
from freelance_app.models import Instance
from freelance_app.services.contracts import funding, needs
from freelance_app.services.money import deposits, ledger
from tests.factories import add_world
from tests.services.contracts.signed import balance, fill, held, sign, status, wallet


def fund(world, signed, *numbers, by=None):
    ids = [signed.milestones[number - 1] for number in numbers]
    db.write(funding.fund, actor=by or world.alice, milestone_ids=ids)


def fund_or_deposit(world, signed, *numbers):
    ids = [signed.milestones[number - 1] for number in numbers]
    return db.write(funding.fund_or_deposit, actor=world.alice, milestone_ids=ids)


def view(world, signed, chosen=None, by=None):
    actor = by or world.alice
    return db.read(funding.get_view, actor=actor, contract_id=signed.contract_id, chosen=chosen)


def with_bank(session: Session) -> None:
    fields = {"name": "Harbour", "time_zone": "UTC", "currency": "USD"}
    bank = {"bank_holder": "Harbour", "bank_account": "NO93 8601 1117 947"}
    now = ledger.clock.now()
    session.merge(Instance(id=1, **fields, **bank, set_up_at=now))


def test_funding_holds_the_money(world):
    signed = sign(world)
    fund(world, signed, 1)
    assert wallet(world) == 400_00
    assert held(signed) == 100_00
    assert status(signed) == "funded"


def test_several_milestones_are_funded_at_once(world):
    signed = sign(world)
    fund(world, signed, 2, 1)
    assert (held(signed, 1), held(signed, 2)) == (100_00, 250_00)
    assert wallet(world) == 150_00


def test_the_clients_fee_is_reserved_with_the_milestone(world):
    signed = sign(world, client_fee_basis_points=333)
    fund(world, signed, 1)
    assert held(signed) == 103_33
    assert "3.33 %" in view(world, signed).fee
    assert "€" not in view(world, signed).fee


def test_without_a_fee_no_word_is_said_about_one(world):
    assert view(world, sign(world)).fee == ""


def test_all_are_funded_or_none(world):
    signed = sign(world, wallet_minor=300_00)
    with pytest.raises(InsufficientFundsError):
        fund(world, signed, 1, 2)
    assert status(signed, 1) == status(signed, 2) == "draft"
    assert wallet(world) == 300_00


def test_funding_twice_is_a_conflict(world):
    signed = sign(world)
    fund(world, signed, 1)
    with pytest.raises(ConflictError, match="already funded"):
        fund(world, signed, 1)
    assert held(signed) == 100_00


def test_one_milestone_named_twice_is_funded_once(world):
    signed = sign(world)
    fund(world, signed, 1, 1)
    assert held(signed) == 100_00


def test_nothing_chosen_is_told(world):
    signed = sign(world)
    with pytest.raises(InvalidError, match="at least one"):
        fund(world, signed)


def test_milestones_of_two_contracts_are_not_funded_together(world):
    one, two = sign(world), sign(world)
    with pytest.raises(InvalidError, match="one contract"):
        db.write(
            funding.fund,
            actor=world.alice,
            milestone_ids=[one.milestones[0], two.milestones[0]],
        )


@pytest.mark.parametrize("person", ["bob", "fatuma"])
def test_only_an_owner_of_the_client_funds(world, person):
    signed = sign(world)
    with pytest.raises(NotPermittedError):
        fund(world, signed, 1, by=getattr(world, person))
    assert status(signed) == "draft"


@pytest.mark.parametrize("person", ["charlie", "dora", "frank"])
def test_a_stranger_learns_nothing(world, person):
    signed = sign(world)
    stranger = getattr(world, person)
    with pytest.raises(NotFoundError):
        fund(world, signed, 1, by=stranger)
    with pytest.raises(NotFoundError):
        view(world, signed, by=stranger)


def test_the_page_chooses_the_first_draft(world):
    signed = sign(world)
    seen = view(world, signed)
    assert seen.chosen == [signed.milestones[0]]
    assert (seen.to_hold, seen.missing, seen.wallet) == ("US$100.00", "", "US$500.00")
    assert seen.can_fund


def test_the_page_says_what_is_missing_for_what_is_chosen(world):
    signed = sign(world, wallet_minor=60_00)
    assert view(world, signed, chosen=signed.milestones).missing == "US$290.00"


@pytest.mark.parametrize(
    ("person", "words"), [("bob", "Only an owner"), ("fatuma", "Only the client can do this.")]
)
def test_the_page_is_for_owners_of_the_client_alone(world, person, words):
    signed = sign(world)
    with pytest.raises(NotPermittedError, match=words):
        view(world, signed, by=getattr(world, person))


def test_with_enough_money_no_deposit_is_made(world):
    signed = sign(world)
    assert fund_or_deposit(world, signed, 1) == ""
    assert status(signed) == "funded"


def test_a_deposit_for_a_milestone_funds_it_when_it_arrives(world):
    db.write(with_bank)
    signed = sign(world, wallet_minor=30_00)
    deposit = fund_or_deposit(world, signed, 1)
    asked = db.read(deposits.get_view, actor=world.alice, deposit_id=deposit)
    assert asked.amount.text == "US$70.00"
    assert "Part 1" in asked.about
    confirm = {"actor": world.frank, "deposit_id": deposit, "received": "70.00"}
    db.write(deposits.confirm, **confirm)
    assert status(signed) == "funded"
    assert (wallet(world), held(signed)) == (0, 100_00)


def test_a_short_deposit_stays_in_the_wallet(world):
    db.write(with_bank)
    signed = sign(world, wallet_minor=0)
    deposit = fund_or_deposit(world, signed, 1)
    confirm = {"actor": world.frank, "deposit_id": deposit, "received": "99.99"}
    db.write(deposits.confirm, **confirm)
    assert status(signed) == "draft"
    assert wallet(world) == 99_99


def test_a_deposit_for_what_was_funded_meanwhile_stays_in_the_wallet(world):
    db.write(with_bank)
    signed = sign(world, wallet_minor=0)
    deposit = fund_or_deposit(world, signed, 1)
    again = fund_or_deposit(world, signed, 1)
    assert again == deposit
    other = fund_or_deposit(world, signed, 1, 2)
    for each, amount in ((other, "350.00"), (deposit, "100.00")):
        confirm = {"actor": world.frank, "deposit_id": each, "received": amount}
        db.write(deposits.confirm, **confirm)
    assert (held(signed, 1), held(signed, 2), wallet(world)) == (100_00, 250_00, 100_00)


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_two_deposits_do_not_count_on_the_same_money_of_the_wallet(world, order):
    db.write(with_bank)
    signed = sign(world, amounts=(300_00, 300_00), wallet_minor=100_00)
    asked = {number: fund_or_deposit(world, signed, number) for number in (1, 2)}
    assert [announced(world, asked[number]) for number in (1, 2)] == ["US$200.00", "US$300.00"]
    assert [fund_or_deposit(world, signed, number) for number in (1, 2)] == list(asked.values())
    for number in order:
        received = {1: "200.00", 2: "300.00"}[number]
        confirm = {"actor": world.frank, "deposit_id": asked[number], "received": received}
        db.write(deposits.confirm, **confirm)
    assert (status(signed, 1), status(signed, 2)) == ("funded", "funded")
    assert (held(signed, 1), held(signed, 2), wallet(world)) == (300_00, 300_00, 0)


def announced(world, deposit: str) -> str:
    return db.read(deposits.get_view, actor=world.alice, deposit_id=deposit).amount.text


def test_the_page_tells_what_of_the_wallet_is_kept_for_a_deposit(world):
    db.write(with_bank)
    signed = sign(world, amounts=(300_00, 300_00), wallet_minor=150_00)
    deposit = fund_or_deposit(world, signed, 1)
    own, other = (view(world, signed, chosen=[each]) for each in signed.milestones)
    assert (own.wallet, own.kept, own.missing) == ("US$150.00", "", "US$150.00")
    assert (other.wallet, other.kept, other.missing) == ("US$0.00", "US$150.00", "US$300.00")
    db.write(deposits.cancel, actor=world.alice, deposit_id=deposit)
    assert view(world, signed, chosen=[signed.milestones[1]]).missing == "US$150.00"


def test_a_deposit_of_the_whole_amount_counts_on_nothing_of_the_wallet(world):
    db.write(with_bank)
    signed = sign(world, wallet_minor=0)
    fund_or_deposit(world, signed, 1)
    db.write(fill, world, 250_00)
    assert fund_or_deposit(world, signed, 2) == ""
    assert (status(signed, 1), status(signed, 2)) == ("draft", "funded")


def test_a_deposit_is_not_made_for_what_is_funded(world):
    db.write(with_bank)
    signed = sign(world, wallet_minor=100_00)
    fund(world, signed, 1)
    with pytest.raises(ConflictError, match="already funded"):
        fund_or_deposit(world, signed, 1)


def todos(actor):
    return [(need.todo.act, need.todo.href) for need in db.read(needs.list_for, actor=actor)]


def test_the_client_is_asked_to_fund_one_milestone_and_the_freelancer_to_work(world):
    signed = sign(world)
    fund_page = f"/contracts/{signed.contract_id}/fund"
    assert todos(world.alice) == [("Fund milestone 1", fund_page)]
    assert todos(world.fatuma) == []
    fund(world, signed, 1)
    assert todos(world.alice) == []
    work_page = f"/contracts/{signed.contract_id}/milestones/{signed.milestones[0]}"
    assert todos(world.fatuma) == [("Submit work", work_page)]
    assert todos(world.charlie) == todos(world.dora) == todos(world.frank) == []


def test_the_sum_of_all_accounts_is_kept(world):
    signed = sign(world)
    fund(world, signed, 1)
    assert wallet(world) + held(signed) == 500_00
    assert balance(ledger.earnings_of(world.fatuma.party_id)) == 0
    assert db.write(add_world).run != world.run
