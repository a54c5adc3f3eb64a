"""Sending, signing, declining, withdrawing and expiring offers."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from freelance_app import clock, db
from freelance_app.errors import (
    ConflictError,
    InvalidError,
    InvalidFormError,
    NotFoundError,
    NotPermittedError,
)
from freelance_app.models import Contract, Deadline, Notice, Offer, Party, Proposal, RoomKind
from freelance_app.services.contracts import terms, workroom
from freelance_app.services.hiring import offer_drafts, offer_lists, offers, proposals
from freelance_app.services.hiring.offer_terms import MilestoneForm
from freelance_app.services.instance import counts, deadlines, policies
from freelance_app.services.instance.deadlines import DueDeadline
from freelance_app.services.messages import rooms
from tests.services.hiring.sent import accept, day, proposal_of, send, sent, typed, view

DAY = timedelta(days=1)


def row(offer_id: str) -> Offer:
    return db.read(_row, offer_id)


def _row(session: Session, offer_id: str) -> Offer:
    return session.exec(select(Offer).where(Offer.public_id == offer_id)).one()


def proposal_status(proposal_id: str) -> str:
    return db.read(_status, proposal_id)


def _status(session: Session, proposal_id: str) -> str:
    return session.exec(select(Proposal.status).where(Proposal.public_id == proposal_id)).one()


def decline(offer_id, actor, reason="Too little time."):
    db.write(offers.decline, actor=actor, offer_id=offer_id, reason=reason)


def withdraw(offer_id, actor):
    db.write(offers.withdraw, actor=actor, offer_id=offer_id)


def told(actor) -> list[str]:
    return db.read(_told, actor.person_id)


def _told(session: Session, person_id: int) -> list[str]:
    rows = select(Notice.kind).where(Notice.person_id == person_id).order_by(Notice.id)
    return list(session.exec(rows))


def run_expiry(offer_id: str) -> None:
    """Run the end of the offer, if it is due, as the worker does."""
    found = db.read(_expiry, row(offer_id).id)
    if found and found.due_at <= clock.now():
        due = DueDeadline(found.id, found.effect, found.subject_id)
        db.write(deadlines.run, due=due)


def _expiry(session: Session, row_id: int) -> Deadline | None:
    return deadlines.running(session, effect="offer.expire", subject_id=row_id)


def refused(world, **changes) -> dict[str, str]:
    """Return the sentences of the refused fields, and see that nothing was sent."""
    proposal_id = proposal_of(world)
    with pytest.raises(InvalidFormError) as error:
        send(world, proposal_id, **changes)
    send(world, proposal_id)
    return error.value.fields


def test_an_offer_shows_its_terms_to_both_sides(world):
    offer_id = sent(world, rate="45.5")
    for reader in (world.alice, world.bob, world.fatuma):
        seen = view(offer_id, reader)
        assert seen.total == "US$350.50"
        assert {each.name: each.value for each in seen.terms.rows}["Rate"] == "US$45.50 an hour"
        assert [each.amount for each in seen.terms.milestones] == ["US$100.00", "US$250.50"]
        assert "<strong>offline</strong>" in seen.terms.scope.html
        assert seen.clock.left == "6 d 23 h left"
    assert told(world.fatuma) == ["offer.received"]


def test_who_may_do_what(world):
    offer_id = sent(world)
    acts = {
        who: (seen.can_answer, seen.can_withdraw, seen.who)
        for who in ("alice", "bob", "fatuma")
        for seen in [view(offer_id, getattr(world, who))]
    }
    assert acts == {
        "alice": (False, True, f"Waits for {world.fatuma.name}"),
        "bob": (False, False, f"Waits for {world.fatuma.name}"),
        "fatuma": (True, False, "Waits for you"),
    }


def test_the_hash_is_that_of_the_text_which_both_see(world):
    offer = row(sent(world))
    assert offer.terms_hash == terms.hash_of(offer.terms)
    for words in ("Field app", "US$100.00", world.alice.party_name, world.fatuma.party_name):
        assert words in offer.terms
    assert view(offer.public_id, world.fatuma).terms.hash == terms.grouped(offer.terms_hash)


def test_accepting_makes_the_contract_with_the_very_terms(world):
    proposal_id = proposal_of(world)
    offer_id = send(world, proposal_id)
    contract_id = accept(world, offer_id)
    room = db.read(workroom.get_view, actor=world.fatuma, contract_id=contract_id, part="terms")
    assert room.terms.hash == view(offer_id, world.fatuma).terms.hash
    assert [each.title for each in room.milestones] == ["Plan", "App"]
    assert [each.who.name for each in room.signatures] == [world.alice.name, world.fatuma.name]
    assert proposal_status(proposal_id) == "hired"
    assert told(world.alice)[-1] == "offer.accepted"
    assert view(offer_id, world.alice).contract_href == f"/contracts/{contract_id}"


def test_accepting_opens_the_contracts_room(world):
    contract_id = accept(world, sent(world))
    for member in (world.alice, world.bob, world.fatuma):
        arguments = {"kind": RoomKind.CONTRACT, "subject_id": contract_id}
        assert db.read(rooms.find, actor=member, **arguments)


def test_numbers_of_contracts_differ(world):
    numbers = {_contract(accept(world, sent(world))).number for _ in range(3)}
    assert len(numbers) == 3
    assert all(int(number.removeprefix("C-")) > 1000 for number in numbers)


def _contract(contract_id: str) -> Contract:
    return db.read(_contract_row, contract_id)


def _contract_row(session: Session, contract_id: str) -> Contract:
    return session.exec(select(Contract).where(Contract.public_id == contract_id)).one()


def test_other_terms_than_the_seen_ones_are_not_signed(world):
    offer_id = sent(world)
    with pytest.raises(ConflictError, match="not the terms"):
        accept(world, offer_id, terms_hash="0" * 64)
    assert row(offer_id).status == "sent"


def test_a_changed_text_is_not_signed(world):
    offer_id = sent(world)
    db.write(_change_text, offer_id)
    with pytest.raises(ConflictError, match="not the terms"):
        accept(world, offer_id)


def _change_text(session: Session, offer_id: str) -> None:
    offer = _row(session, offer_id)
    offer.terms = offer.terms.replace("US$100.00", "US$1.00")
    session.add(offer)


def test_a_new_name_of_a_party_changes_no_signed_text(world):
    offer_id = sent(world)
    db.write(_rename, world.alice.party_id)
    contract_id = accept(world, offer_id)
    signed = _contract(contract_id)
    assert terms.hash_of(signed.terms) == signed.terms_hash
    assert world.alice.party_name in signed.terms


def _rename(session: Session, party_id: int) -> None:
    party = session.get_one(Party, party_id)
    party.name = "Renamed"
    session.add(party)


def test_accepting_twice_is_a_conflict(world):
    offer_id = sent(world)
    accept(world, offer_id)
    with pytest.raises(ConflictError, match="already accepted"):
        accept(world, offer_id)


@pytest.mark.parametrize("person", ["alice", "bob"])
def test_the_client_cannot_answer(world, person):
    offer_id, actor = sent(world), getattr(world, person)
    with pytest.raises(NotPermittedError):
        accept(world, offer_id, by=actor)
    with pytest.raises(NotPermittedError):
        decline(offer_id, actor)


def test_declining_needs_a_reason_and_leaves_the_proposal(world):
    proposal_id = proposal_of(world)
    offer_id = send(world, proposal_id)
    with pytest.raises(InvalidError) as error:
        decline(offer_id, world.fatuma, "  ")
    assert error.value.field == "reason"
    decline(offer_id, world.fatuma)
    seen = view(offer_id, world.alice)
    assert (seen.status, seen.sentence) == ("declined", "Too little time.")
    assert proposal_status(proposal_id) == "submitted"
    assert told(world.alice)[-1] == "offer.declined"


def test_another_offer_may_follow_a_declined_or_withdrawn_one(world):
    proposal_id = proposal_of(world)
    decline(send(world, proposal_id), world.fatuma)
    withdraw(send(world, proposal_id), world.alice)
    accept(world, send(world, proposal_id))
    with pytest.raises(ConflictError, match="no longer open"):
        send(world, proposal_id)


def test_one_open_offer_for_each_proposal(world):
    proposal_id = proposal_of(world)
    send(world, proposal_id)
    with pytest.raises(ConflictError, match="open offer already"):
        send(world, proposal_id)


def test_withdrawing_ends_the_offer(world):
    offer_id = sent(world)
    withdraw(offer_id, world.alice)
    assert view(offer_id, world.fatuma).status == "withdrawn"
    assert told(world.fatuma)[-1] == "offer.withdrawn"
    for act in (lambda: accept(world, offer_id), lambda: decline(offer_id, world.fatuma)):
        with pytest.raises(ConflictError, match="withdrawn"):
            act()


@pytest.mark.parametrize("person", ["bob", "fatuma"])
def test_only_an_owner_of_the_client_withdraws(world, person):
    offer_id = sent(world)
    with pytest.raises(NotPermittedError):
        withdraw(offer_id, getattr(world, person))


@pytest.mark.parametrize("person", ["bob", "fatuma"])
def test_only_an_owner_of_the_client_sends(world, person):
    with pytest.raises(NotPermittedError):
        send(world, proposal_of(world), by=getattr(world, person))


@pytest.mark.parametrize("person", ["charlie", "dora", "frank"])
def test_a_stranger_learns_nothing(world, person):
    stranger = getattr(world, person)
    proposal_id = proposal_of(world)
    offer_id = send(world, proposal_id)
    acts = [
        lambda: view(offer_id, stranger),
        lambda: accept(world, offer_id, by=stranger),
        lambda: decline(offer_id, stranger),
        lambda: withdraw(offer_id, stranger),
        lambda: send(world, proposal_id, by=stranger),
        lambda: db.read(offer_drafts.get_draft, actor=stranger, proposal_id=proposal_id),
    ]
    for act in acts:
        with pytest.raises(NotFoundError):
            act()
    assert db.read(offer_lists.list_for, actor=stranger).rows == []


def test_an_offer_expires_exactly_at_its_end(world, at):
    now = clock.now()
    at(now)
    offer_id = sent(world)
    at(now + 7 * DAY - timedelta(microseconds=1))
    run_expiry(offer_id)
    assert row(offer_id).status == "sent"
    at(now + 7 * DAY)
    run_expiry(offer_id)
    assert row(offer_id).status == "expired"
    assert told(world.alice)[-1] == told(world.fatuma)[-1] == "offer.expired"


def test_an_offer_is_too_old_even_before_the_worker_comes(world, at):
    now = clock.now()
    at(now)
    offer_id = sent(world)
    at(now + 7 * DAY)
    with pytest.raises(ConflictError, match="expired"):
        accept(world, offer_id)


def test_an_answered_offer_does_not_expire(world, at):
    now = clock.now()
    at(now)
    offer_id = sent(world)
    accept(world, offer_id)
    at(now + 8 * DAY)
    run_expiry(offer_id)
    db.write(offers.expire, subject_id=row(offer_id).id)
    assert row(offer_id).status == "accepted"


def test_the_policies_are_those_of_the_moment_it_was_sent(world):
    offer_id = sent(world)
    before = db.read(policies.value, key="auto_release_days")
    db.write(policies.change, key="auto_release_days", new=1)
    try:
        contract_id = accept(world, offer_id)
    finally:
        db.write(policies.change, key="auto_release_days", new=before)
    assert policies.frozen(_contract(contract_id).policies)["auto_release_days"] == 14
    assert "14 days after work is submitted" in _contract(contract_id).terms


def test_every_fault_is_told_at_once(world):
    faults = refused(
        world,
        title=" ",
        scope="",
        hours_a_week="61",
        rate="x",
        starts_on="tomorrow",
        ends_on="",
        milestones=(MilestoneForm("1", "", "0", ""), MilestoneForm("7", "App", "1.001", "x")),
    )
    assert set(faults) == {
        *("title", "scope", "hours_a_week", "rate", "starts_on", "ends_on"),
        *("milestone-1", "amount-1", "due-1", "amount-7", "due-7"),
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        (lambda: {"starts_on": day(-1)}, "starts_on"),
        (lambda: {"ends_on": day(59)}, "due-2"),
        (lambda: {"starts_on": day(11)}, "due-1"),
        (lambda: {"starts_on": day(5), "ends_on": day(4)}, "ends_on"),
        (lambda: {"ends_on": "2999-01-01"}, "ends_on"),
        (lambda: {"milestones": ()}, "milestones"),
        (lambda: {"milestones": (typed().milestones[0],) * 21}, "milestones"),
        (lambda: {"title": "x" * 121}, "title"),
        (lambda: {"scope": "x" * 20_001}, "scope"),
        (lambda: {"hours_a_week": "0"}, "hours_a_week"),
        (lambda: {"hours_a_week": "²"}, "hours_a_week"),
        (lambda: {"hours_a_week": "1" * 5_000}, "hours_a_week"),
        (lambda: {"rate": "-1"}, "rate"),
    ],
)
def test_terms_that_cannot_be_are_refused(sqlite_world, changes, field):
    assert field in refused(sqlite_world, **changes())


def test_a_title_stays_one_line(world):
    offer_id = sent(world, title="Field\n# app")
    assert row(offer_id).title == "Field # app"


def test_the_form_opens_ready_to_be_sent(world):
    proposal_id = proposal_of(world)
    draft = db.read(offer_drafts.get_draft, actor=world.alice, proposal_id=proposal_id)
    assert (draft.first.amount, draft.blocked) == ("350.00", "")
    form = typed(
        title=draft.title,
        scope=draft.scope,
        hours_a_week=draft.hours_a_week,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        milestones=(MilestoneForm("1", draft.first.title, draft.first.amount, draft.first.due_on),),
    )
    arguments = {"actor": world.alice, "proposal_id": proposal_id}
    offer_id = db.write(offers.send, form=form, **arguments)
    again = db.read(offer_drafts.get_draft, **arguments)
    assert again.offer_href == f"/offers/{offer_id}"
    assert "open offer" in again.blocked


def test_bob_reads_the_form_and_may_not_send(world):
    draft = db.read(offer_drafts.get_draft, actor=world.bob, proposal_id=proposal_of(world))
    assert "only an owner" in draft.blocked


def test_the_sum_counts_what_is_an_amount(world):
    arguments = {"actor": world.alice, "proposal_id": proposal_of(world)}
    amounts = ["100.00", "", "x", "0.50"]
    assert db.read(offer_drafts.sum_of, amounts=amounts, **arguments) == "US$100.50"


def test_the_list_and_what_waits(world):
    offer_id = sent(world)
    for reader in (world.alice, world.bob, world.fatuma):
        assert [each.id for each in db.read(offer_lists.list_for, actor=reader).rows] == [offer_id]
    assert [need.todo.href for need in db.read(offer_lists.list_needs, actor=world.fatuma)] == [
        f"/offers/{offer_id}"
    ]
    assert db.read(offer_lists.list_needs, actor=world.alice) == []
    assert db.read(counts.count, actor=world.fatuma, name="offers") == "1"
    assert db.read(counts.count, actor=world.alice, name="offers") == ""
    accept(world, offer_id)
    assert db.read(offer_lists.list_needs, actor=world.fatuma) == []


def test_no_offer_outlives_its_proposal(world):
    proposal_id = proposal_of(world)
    offer_id = send(world, proposal_id)
    with pytest.raises(ConflictError, match="offer is open"):
        db.write(proposals.withdraw, actor=world.fatuma, proposal_id=proposal_id)
    accept(world, offer_id)
    assert row(offer_id).status == "accepted"
