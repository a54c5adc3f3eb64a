"""Who sees which contract, and what the pages of one hold."""

import pytest

from freelance_app import db
from freelance_app.errors import NotFoundError
from freelance_app.services.contracts import (
    contracts,
    funding,
    milestone_page,
    releases,
    terms,
    workroom,
)
from freelance_app.text import speaking
from tests.services.contracts.signed import contract_of, sign


def room(signed, actor, part="overview"):
    return db.read(workroom.get_view, actor=actor, contract_id=signed.contract_id, part=part)


def fund(world, signed, number=1):
    ids = [signed.milestones[number - 1]]
    db.write(funding.fund, actor=world.alice, milestone_ids=ids)


def release(world, signed, amount=None):
    arguments = {"milestone_id": signed.milestones[0], "amount": amount}
    db.write(releases.release, actor=world.alice, **arguments)


def test_both_sides_and_bob_see_the_contract(world):
    signed = sign(world)
    for reader in (world.alice, world.bob, world.fatuma):
        assert room(signed, reader).number == contract_of(signed).number
        rows = db.read(contracts.list_for, actor=reader).rows
        assert [row.id for row in rows] == [signed.contract_id]


@pytest.mark.parametrize("person", ["charlie", "dora", "frank"])
@pytest.mark.parametrize("part", ["overview", "messages", "files", "money", "terms"])
def test_a_stranger_sees_no_part_of_it(sqlite_world, person, part):
    signed, stranger = sign(sqlite_world), getattr(sqlite_world, person)
    with pytest.raises(NotFoundError):
        room(signed, stranger, part)
    assert db.read(contracts.list_for, actor=stranger).rows == []


def test_a_milestone_is_no_part_of_another_contract(world):
    one, two = sign(world), sign(world)
    ids = {"contract_id": one.contract_id, "milestone_id": two.milestones[0]}
    with pytest.raises(NotFoundError):
        db.read(milestone_page.get_page, actor=world.alice, **ids)


def test_the_list_tells_the_other_side_the_sum_and_the_progress(world):
    signed = sign(world)
    fund(world, signed)
    release(world, signed)
    (mine,) = db.read(contracts.list_for, actor=world.alice).rows
    (yours,) = db.read(contracts.list_for, actor=world.fatuma).rows
    assert (mine.other.name, yours.other.name) == (world.fatuma.party_name, world.alice.party_name)
    assert (mine.total, mine.progress) == ("US$350.00", "1 of 2 milestones released")


def test_the_next_action_moves_with_the_work(world):
    signed = sign(world)
    assert room(signed, world.alice).next.act == "fund"
    assert room(signed, world.fatuma).next.who == f"Waits for {world.alice.party_name}"
    fund(world, signed)
    assert room(signed, world.fatuma).next.act == "submit"
    assert room(signed, world.alice).next.act == ""
    assert room(signed, world.alice).next.who == f"Waits for {world.fatuma.party_name}"


def test_bob_sees_the_next_action_without_its_button(world):
    signed = sign(world)
    seen = room(signed, world.bob)
    assert (seen.next.act, seen.next.who) == ("", "Waits for an owner")
    assert seen.money.fund == ""
    assert not any(each.can_fund or each.can_release for each in seen.milestones)


def test_the_money_is_told_in_parts_that_add_up(world):
    signed = sign(world)
    fund(world, signed)
    release(world, signed, "40.00")
    money = room(signed, world.alice).money
    assert [(part.kind, part.amount) for part in money.parts] == [
        ("released", "US$40.00"),
        ("funded", "US$60.00"),
        ("open", "US$250.00"),
    ]
    assert sum(part.weight for part in money.parts) == 350_00
    assert money.in_words.startswith("Of US$350.00: Released US$40.00")


def test_only_the_client_sees_the_wallet(world):
    signed = sign(world)
    assert room(signed, world.bob).money.wallet == "US$500.00"
    assert room(signed, world.fatuma).money.wallet == ""


def test_the_books_of_the_contract_are_shown_in_words(world):
    signed = sign(world)
    fund(world, signed)
    release(world, signed)
    lines = room(signed, world.fatuma, "money").movements
    assert [(line.what, line.way) for line in lines] == [
        ("Released", "Held → Earnings"),
        ("Funded", "Wallet → Held"),
    ]


def test_the_record_tells_who_did_what(world):
    signed = sign(world)
    fund(world, signed)
    words = [event.text for event in room(signed, world.alice).latest]
    assert words == ["You funded milestone 1", f"{world.fatuma.name} signed the terms"]


def test_clocks_are_seen_in_the_order_of_their_end(world):
    effects = [clock.effect for clock in room(sign(world), world.fatuma).clocks]
    assert effects == [
        "Milestone 1 due; no money moves",
        "Milestone 2 due; no money moves",
        "Deadline of the contract",
    ]


def test_the_terms_tell_no_fee_when_there_is_none(world):
    seen = room(sign(world), world.fatuma, "terms").terms
    assert [rule.name for rule in seen.rules] == ["Review", "Payout"]
    assert "fee" not in seen.text.html.lower()


def test_the_terms_tell_the_signed_fees(world):
    signed = sign(world, client_fee_basis_points=250, freelancer_fee_basis_points=1_000)
    rules = {rule.name: rule.value for rule in room(signed, world.alice, "terms").terms.rules}
    assert rules["Client’s fee"].startswith("2.5 %")
    assert rules["Freelancer’s fee"].startswith("10 %")
    assert "Freelancer’s fee: 10 %" in contract_of(signed).terms


def test_the_signed_text_is_the_same_in_every_language(world):
    with speaking("sw", "Africa/Nairobi"):
        swahili = sign(world)
    english = sign(world)
    assert contract_of(swahili).terms == contract_of(english).terms
    assert contract_of(swahili).terms_hash == terms.hash_of(contract_of(english).terms)


def test_one_changed_letter_changes_the_hash():
    assert terms.hash_of("a fee of 1 %") != terms.hash_of("a fee of 2 %")
    assert terms.grouped("9f2c41d7e0b8") == "9f2c 41d7 e0b8"


def test_hostile_markdown_in_the_scope_is_inert(world):
    signed = sign(world)
    html = terms.render("<script>alert(1)</script> ![x](https://example.org/x.png)").html
    assert "<script" not in html
    assert "<img" not in html
    assert "<strong>offline</strong>" in room(signed, world.alice, "terms").terms.text.html
