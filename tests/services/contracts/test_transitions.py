"""Every act from every status: what may be, and that all else is a conflict that moves nothing."""

import pytest

from freelance_app import db
from freelance_app.errors import ConflictError, NotPermittedError
from freelance_app.models import MilestoneStatus, OfferStatus
from freelance_app.services.contracts import funding, releases, submissions, terms, workroom
from freelance_app.services.hiring import offer_rows, offers
from tests.services.contracts.signed import contract_of, earnings, held, sign, status, wallet
from tests.services.hiring.sent import accept, sent, view

ACTS = {
    "fund": lambda who, ids: db.write(funding.fund, actor=who, milestone_ids=ids),
    "submit": lambda who, ids: db.write(
        submissions.submit, actor=who, milestone_id=ids[0], note="Done."
    ),
    "request_changes": lambda who, ids: db.write(
        submissions.request_changes, actor=who, milestone_id=ids[0], words="The map is empty."
    ),
    "approve": lambda who, ids: db.write(releases.approve, actor=who, milestone_id=ids[0]),
    "release": lambda who, ids: db.write(releases.release, actor=who, milestone_id=ids[0]),
}
WAYS = {
    "draft": (),
    "funded": ("fund",),
    "submitted": ("fund", "submit"),
    "changes_requested": ("fund", "submit", "request_changes"),
    "released": ("fund", "release"),
}
LEGAL = {
    ("draft", "fund"): "funded",
    ("funded", "submit"): "submitted",
    ("funded", "release"): "released",
    ("submitted", "request_changes"): "changes_requested",
    ("submitted", "approve"): "released",
    ("submitted", "release"): "released",
    ("changes_requested", "submit"): "submitted",
    ("changes_requested", "release"): "released",
}
PAIRS = [(source, act) for source in WAYS for act in ACTS]


def who_does(world, act: str):
    return world.fatuma if act == "submit" else world.alice


def do(world, signed, act: str, *, by=None) -> None:
    ACTS[act](by or who_does(world, act), signed.milestones[:1])


def brought_to(world, source: str):
    """Return a contract whose first milestone was brought to a status by its own acts."""
    signed = sign(world)
    for act in WAYS[source]:
        do(world, signed, act)
    assert status(signed) == source
    return signed


def books(world, signed) -> tuple[int, int, int]:
    return wallet(world), held(signed), earnings(world)


def test_every_status_is_tried():
    assert set(WAYS) == {each.value for each in MilestoneStatus}


@pytest.mark.parametrize(("source", "act"), PAIRS)
def test_an_act_leads_where_it_may_and_else_is_a_conflict(world, source, act):
    signed = brought_to(world, source)
    before = books(world, signed)
    if target := LEGAL.get((source, act)):
        do(world, signed, act)
        assert status(signed) == target
        return
    with pytest.raises(ConflictError):
        do(world, signed, act)
    assert status(signed) == source
    assert books(world, signed) == before


@pytest.mark.parametrize(("source", "act"), PAIRS)
def test_a_viewer_is_refused_whatever_the_status(sqlite_world, source, act):
    signed = brought_to(sqlite_world, source)
    before = books(sqlite_world, signed)
    with pytest.raises(NotPermittedError):
        do(sqlite_world, signed, act, by=sqlite_world.bob)
    assert (status(signed), books(sqlite_world, signed)) == (source, before)


OFFER_ACTS = {
    "accept": lambda world, offer_id: accept(world, offer_id),
    "decline": lambda world, offer_id: db.write(
        offers.decline, actor=world.fatuma, offer_id=offer_id, reason="No time."
    ),
    "withdraw": lambda world, offer_id: db.write(
        offers.withdraw, actor=world.alice, offer_id=offer_id
    ),
}
ENDS = {"accepted": "accept", "declined": "decline", "withdrawn": "withdraw"}


def offer_status(world, offer_id: str) -> OfferStatus:
    return db.read(offer_rows.get, actor=world.alice, offer_id=offer_id).status


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("act", OFFER_ACTS)
def test_an_offer_that_has_ended_is_answered_no_more(world, end, act):
    offer_id = sent(world)
    OFFER_ACTS[ENDS[end]](world, offer_id)
    assert offer_status(world, offer_id) == end
    with pytest.raises(ConflictError):
        OFFER_ACTS[act](world, offer_id)
    assert offer_status(world, offer_id) == end


def test_a_viewer_answers_and_withdraws_no_offer(world):
    offer_id = sent(world)
    seen = view(offer_id, world.bob).terms_hash
    acts = [
        (offers.accept, {"terms_hash": seen}),
        (offers.decline, {"reason": "No."}),
        (offers.withdraw, {}),
    ]
    for act, arguments in acts:
        with pytest.raises(NotPermittedError):
            db.write(act, actor=world.bob, offer_id=offer_id, **arguments)
    assert offer_status(world, offer_id) == OfferStatus.SENT


def test_the_hash_of_the_terms_stays_through_the_whole_life(world):
    signed = sign(world)
    first = contract_of(signed).terms_hash
    for act in ("fund", "submit", "request_changes", "submit", "approve"):
        do(world, signed, act)
        row = contract_of(signed)
        assert row.terms_hash == terms.hash_of(row.terms) == first
    for reader in (world.alice, world.bob, world.fatuma):
        seen = db.read(
            workroom.get_view, actor=reader, contract_id=signed.contract_id, part="terms"
        )
        assert seen.terms.text.html == seen_by_alice(world, signed)


def seen_by_alice(world, signed) -> str:
    ids = {"contract_id": signed.contract_id, "part": "terms"}
    return db.read(workroom.get_view, actor=world.alice, **ids).terms.text.html


def test_the_record_names_each_act_from_the_readers_side(world):
    signed = brought_to(world, "changes_requested")
    told = {}
    for name in ("alice", "bob", "fatuma"):
        ids = {"contract_id": signed.contract_id, "part": "overview"}
        seen = db.read(workroom.get_view, actor=getattr(world, name), **ids)
        told[name] = [event.text for event in seen.latest]
    assert [len(lines) for lines in told.values()] == [4, 4, 4]
    alice, fatuma = told["alice"], told["fatuma"]
    assert [line.startswith("You ") for line in alice] == [True, False, True, False]
    assert [line.startswith("You ") for line in fatuma] == [False, True, False, True]
    assert not any(line.startswith("You ") for line in told["bob"])
