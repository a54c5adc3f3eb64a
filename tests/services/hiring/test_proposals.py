"""Sealed proposals: who sends, sees, decides, and what one answer means for the others."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlmodel import select

from freelance_app import db, routes
from freelance_app.errors import (
    ConflictError,
    InvalidError,
    InvalidFormError,
    NotFoundError,
    NotPermittedError,
)
from freelance_app.models import JobPost, Proposal, RoomKind
from freelance_app.services.hiring import apply_views, proposal_views, proposals
from freelance_app.services.hiring.proposal_forms import ProposalForm
from freelance_app.services.instance import counts, notices, policies
from freelance_app.services.instance.keyset import Place
from freelance_app.services.jobs import posts
from freelance_app.services.messages import conversations
from tests.services.contracts.signed import add_proposal
from tests.services.hiring.sent import accept, sent
from tests.services.hiring.sent import send as send_offer

LETTER = "I have built three **offline** apps for field work, with links below."
FORM = ProposalForm(letter=LETTER, bid="350.00", days="30")
ACTS = {
    "shortlist": {},
    "unlist": {},
    "decline": {"reason": "Too far away."},
    "withdraw": {},
}


def _post(session, world) -> str:
    """Return an open post of Alice's without a proposal."""
    proposal = add_proposal(session, world)
    job = session.get_one(JobPost, proposal.job_id)
    session.delete(proposal)
    return job.public_id


def post(world) -> str:
    return db.write(_post, world)


def send(world, job_id: str, *, by=None, **changes) -> str:
    arguments = {"job_id": job_id, "form": replace(FORM, **changes)}
    return db.write(proposals.send, actor=by or world.fatuma, **arguments)


def act(name: str, actor, proposal_id: str, **arguments):
    return db.write(
        getattr(proposals, name), actor=actor, proposal_id=proposal_id, **(ACTS[name] | arguments)
    )


def view(actor, proposal_id: str):
    return db.read(proposal_views.get_view, actor=actor, proposal_id=proposal_id)


def status(actor, proposal_id: str) -> str:
    return view(actor, proposal_id).card.status


def told(actor) -> list[str]:
    return [each.title for each in db.read(notices.list_for, actor=actor).notices]


def viewed(proposal_id: str) -> bool:
    query = select(Proposal.viewed_at).where(Proposal.public_id == proposal_id)
    return db.read(lambda session: session.exec(query).one()) is not None


def test_a_sent_proposal_reaches_the_client_with_a_conversation(world):
    job_id = post(world)
    proposal_id = send(world, job_id)
    seen = view(world.alice, proposal_id)
    assert (seen.card.bid, seen.card.duration, seen.is_received) == ("US$350.00", "30 days", True)
    assert "<strong>offline</strong>" in seen.letter.html
    assert (seen.can_offer, seen.can_shortlist, seen.can_decline) == (True, True, True)
    assert told(world.alice) == [f"{world.fatuma.party_name} sent a proposal"]
    assert told(world.bob) == []
    for actor in (world.alice, world.bob, world.fatuma):
        subject = {"kind": RoomKind.PROPOSAL, "subject_id": proposal_id}
        room = db.read(conversations.get_view_of, actor=actor, **subject)
        assert room.href == routes.proposal(proposal_id)


def test_a_proposal_is_sealed(world):
    job_id = post(world)
    mine = send(world, job_id)
    theirs = send(world, job_id, by=world.charlie)
    for stranger in (world.charlie, world.dora):
        with pytest.raises(NotFoundError):
            view(stranger, mine)
        for name in ACTS:
            with pytest.raises(NotFoundError):
                act(name, stranger, mine)
        with pytest.raises(NotFoundError):
            db.write(proposals.mark_viewed, actor=stranger, proposal_id=mine)
    own = db.read(proposal_views.list_own, actor=world.charlie).proposals
    assert [card.id for card in own] == [theirs]
    received = db.read(proposal_views.list_for_job, actor=world.bob, job_id=job_id).proposals
    assert [card.id for card in received] == [theirs, mine]


def test_the_inbox_of_a_post_is_closed_to_those_who_only_see_the_post(world):
    job_id = post(world)
    send(world, job_id)
    for actor, refusal in (
        (world.fatuma, NotPermittedError),
        (world.charlie, NotPermittedError),
        (world.dora, NotFoundError),
    ):
        with pytest.raises(refusal):
            db.read(proposal_views.list_for_job, actor=actor, job_id=job_id)


def test_one_active_proposal_for_each_party_and_job(world):
    job_id = post(world)
    first = send(world, job_id)
    with pytest.raises(ConflictError, match="already"):
        send(world, job_id)
    act("withdraw", world.fatuma, first)
    again = send(world, job_id)
    act("decline", world.alice, again)
    send(world, job_id)
    cards = db.read(proposal_views.list_own, actor=world.fatuma).proposals
    assert [card.status for card in cards] == ["open", "declined", "withdrawn"]


def test_of_two_proposals_at_once_one_is_kept(world):
    job_id, ready = post(world), threading.Barrier(2)

    def attempt(_number: int) -> str:
        ready.wait(10)
        try:
            send(world, job_id)
        except ConflictError:
            return "refused"
        return "sent"

    with ThreadPoolExecutor(2) as threads:
        assert Counter(threads.map(attempt, range(2))) == {"sent": 1, "refused": 1}
    assert len(db.read(proposal_views.list_own, actor=world.fatuma).proposals) == 1


def test_of_two_answers_at_once_one_holds(world):
    proposal_id, ready = send(world, post(world)), threading.Barrier(2)

    def attempt(who_and_name) -> str:
        who, name = who_and_name
        ready.wait(10)
        try:
            act(name, who, proposal_id)
        except ConflictError:
            return "refused"
        return name

    tries = [(world.alice, "decline"), (world.fatuma, "withdraw")]
    with ThreadPoolExecutor(2) as threads:
        outcomes = sorted(threads.map(attempt, tries))
    (won,) = [each for each in outcomes if each != "refused"]
    ends = {"decline": "declined", "withdraw": "withdrawn"}
    assert status(world.fatuma, proposal_id) == ends[won]


def test_a_closed_post_takes_no_proposal(world):
    job_id = post(world)
    first = send(world, job_id)
    act("withdraw", world.fatuma, first)
    db.write(posts.close, actor=world.alice, job_id=job_id)
    with pytest.raises(ConflictError, match="no more"):
        send(world, job_id)
    with pytest.raises(NotFoundError):
        send(world, job_id, by=world.charlie)


def test_only_an_owner_who_freelances_sends(world):
    job_id = post(world)
    viewer = replace(world.fatuma, is_owner=False)
    for who in (world.alice, world.bob, world.dora, viewer, world.frank):
        with pytest.raises(NotPermittedError):
            send(world, job_id, by=who)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"letter": "Hi"}, {"letter"}),
        ({"letter": "x" * 10_001}, {"letter"}),
        ({"bid": ""}, {"bid"}),
        ({"bid": "-5"}, {"bid"}),
        ({"bid": "1.234"}, {"bid"}),
        ({"bid": "1e9"}, {"bid"}),
        ({"days": "0"}, {"days"}),
        ({"days": "1001"}, {"days"}),
        ({"days": "²"}, {"days"}),
        ({"letter": "", "bid": "0", "days": "soon"}, {"letter", "bid", "days"}),
    ],
)
def test_every_field_that_cannot_be_used_is_told_at_once(sqlite_world, changes, fields):
    job_id = post(sqlite_world)
    with pytest.raises(InvalidFormError) as refused:
        send(sqlite_world, job_id, **changes)
    assert set(refused.value.fields) == fields
    assert db.read(proposal_views.list_own, actor=sqlite_world.fatuma).proposals == []


def test_the_short_list_is_the_clients_own_affair(world):
    proposal_id = send(world, post(world))
    before = told(world.fatuma)
    act("shortlist", world.alice, proposal_id)
    assert status(world.bob, proposal_id) == "shortlisted"
    assert status(world.fatuma, proposal_id) == "open"
    assert view(world.alice, proposal_id).can_unlist
    with pytest.raises(ConflictError):
        act("shortlist", world.alice, proposal_id)
    act("unlist", world.alice, proposal_id)
    with pytest.raises(ConflictError):
        act("unlist", world.alice, proposal_id)
    assert status(world.alice, proposal_id) == "open"
    assert told(world.fatuma) == before


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_decline_needs_a_reason(sqlite_world, reason):
    proposal_id = send(sqlite_world, post(sqlite_world))
    with pytest.raises(InvalidError) as refused:
        act("decline", sqlite_world.alice, proposal_id, reason=reason)
    assert refused.value.field == "reason"
    assert status(sqlite_world.alice, proposal_id) == "open"


def test_the_freelancer_reads_why_it_was_declined(world):
    proposal_id = send(world, post(world))
    act("decline", world.alice, proposal_id, reason="  Too far away. ")
    seen = view(world.fatuma, proposal_id)
    assert (seen.card.status, seen.reason) == ("declined", "Too far away.")
    assert not seen.can_withdraw
    assert told(world.fatuma) == ["Your proposal was declined"]


@pytest.mark.parametrize("end", ["decline", "withdraw"])
def test_an_answered_proposal_stays_as_it_is(world, end):
    proposal_id = send(world, post(world))
    act(end, world.alice if end == "decline" else world.fatuma, proposal_id)
    for name in ACTS:
        with pytest.raises(ConflictError):
            act(name, world.fatuma if name == "withdraw" else world.alice, proposal_id)


def test_each_side_decides_only_its_own_part(world):
    proposal_id = send(world, post(world))
    for name in ("shortlist", "unlist", "decline"):
        with pytest.raises(NotPermittedError):
            act(name, world.fatuma, proposal_id)
    with pytest.raises(NotPermittedError):
        act("withdraw", world.alice, proposal_id)


def test_hired_is_final(world):
    proposal_id = send(world, post(world))
    accept(world, send_offer(world, proposal_id))
    seen = view(world.alice, proposal_id)
    assert (seen.card.status, seen.can_offer, seen.can_decline) == ("hired", False, False)
    for name in ACTS:
        with pytest.raises(ConflictError, match="contract"):
            act(name, world.fatuma if name == "withdraw" else world.alice, proposal_id)


def test_an_open_offer_stands_in_for_making_one(world):
    proposal_id = send(world, post(world))
    offer_id = send_offer(world, proposal_id)
    seen = view(world.alice, proposal_id)
    assert (seen.can_offer, seen.can_decline) == (False, False)
    assert seen.offer_href == routes.offer(offer_id)
    theirs = view(world.fatuma, proposal_id)
    assert (theirs.offer_href, theirs.can_withdraw) == (routes.offer(offer_id), False)


def test_a_viewer_sees_everything_and_changes_nothing(world):
    proposal_id = send(world, post(world))
    seen = view(world.bob, proposal_id)
    assert not any([seen.can_offer, seen.can_shortlist, seen.can_decline, seen.can_withdraw])
    for name in ("shortlist", "unlist", "decline"):
        with pytest.raises(NotPermittedError):
            act(name, world.bob, proposal_id)
    db.write(proposals.mark_viewed, actor=world.bob, proposal_id=proposal_id)
    assert not viewed(proposal_id)


def test_opening_a_proposal_marks_it_for_the_owner_alone(world):
    proposal_id = send(world, post(world))
    for _again in range(2):
        db.write(proposals.mark_viewed, actor=world.fatuma, proposal_id=proposal_id)
        assert not viewed(proposal_id)
    assert view(world.alice, proposal_id).card.is_new
    assert not view(world.fatuma, proposal_id).card.is_new
    for _again in range(2):
        db.write(proposals.mark_viewed, actor=world.alice, proposal_id=proposal_id)
        assert viewed(proposal_id)
    assert not view(world.bob, proposal_id).card.is_new


def test_new_proposals_wait_at_home_until_they_are_read(world):
    job_id = post(world)
    first = send(world, job_id)
    send(world, job_id, by=world.charlie)
    (need,) = db.read(proposal_views.list_needs, actor=world.alice)
    assert need.todo.title == "Read 2 new proposals"
    assert need.todo.href == routes.job_proposals(job_id)
    assert db.read(proposal_views.list_needs, actor=world.bob) == []
    assert db.read(proposal_views.list_needs, actor=world.fatuma) == []
    assert db.read(counts.count, actor=world.alice, name="proposals") == "2"
    db.write(proposals.mark_viewed, actor=world.alice, proposal_id=first)
    assert db.read(counts.count, actor=world.alice, name="proposals") == "1"
    assert db.read(counts.count, actor=world.dora, name="proposals") == ""


def test_withdrawn_proposals_leave_the_inbox(world):
    job_id = post(world)
    act("withdraw", world.fatuma, send(world, job_id))
    page = db.read(proposal_views.list_for_job, actor=world.alice, job_id=job_id)
    assert (page.proposals, page.job_id) == ([], job_id)
    assert db.read(counts.count, actor=world.alice, name="proposals") == ""


def test_long_lists_come_a_page_at_a_time(sqlite_world, monkeypatch):
    monkeypatch.setattr(proposal_views, "PAGE", 2)
    world = sqlite_world
    ids = [send(world, post(world)) for _each in range(3)]
    first = db.read(proposal_views.list_own, actor=world.fatuma)
    assert [card.id for card in first.proposals] == [ids[2], ids[1]]
    place = Place(before=first.older)
    second = db.read(proposal_views.list_own, actor=world.fatuma, place=place)
    assert [card.id for card in second.proposals] == [ids[0]]
    assert (second.older, bool(second.newer)) == ("", True)


def test_the_opening_of_a_long_letter_is_cut(sqlite_world):
    job_id = post(sqlite_world)
    send(sqlite_world, job_id, letter="word " * 100)
    (card,) = db.read(
        proposal_views.list_for_job, actor=sqlite_world.alice, job_id=job_id
    ).proposals
    assert card.opening.endswith("…")
    assert len(card.opening) <= proposal_views.OPENING + 1


def apply_view(actor, job_id: str):
    return db.read(apply_views.get_view, actor=actor, job_id=job_id)


def test_the_form_says_why_it_is_closed(world):
    job_id = post(world)
    assert apply_view(world.fatuma, job_id).blocked == ""
    assert "Only freelancers" in apply_view(world.alice, job_id).blocked
    with pytest.raises(NotFoundError):
        apply_view(world.dora, job_id)
    proposal_id = send(world, job_id)
    sent_already = apply_view(world.fatuma, job_id)
    assert sent_already.proposal_href == routes.proposal(proposal_id)
    assert sent_already.blocked
    act("withdraw", world.fatuma, proposal_id)
    db.write(posts.close, actor=world.alice, job_id=job_id)
    closed = apply_view(world.fatuma, job_id)
    assert (closed.proposal_href, closed.blocked) == ("", "This job takes no more proposals.")


def test_the_form_tells_the_net_where_a_fee_is_taken(sqlite_world):
    job_id = post(sqlite_world)

    def net(bid: str) -> str:
        return db.read(apply_views.net_of, actor=sqlite_world.fatuma, job_id=job_id, bid=bid)

    assert not apply_view(sqlite_world.fatuma, job_id).has_fee
    db.write(policies.change, key=apply_views.FEE, new=500)
    try:
        assert apply_view(sqlite_world.fatuma, job_id).has_fee
        assert net("100.00") == "You receive US$95.00 after the fee of US$5.00."
        assert net("a lot") == ""
    finally:
        db.write(policies.change, key=apply_views.FEE, new=0)


def test_an_offer_of_another_proposal_shows_in_neither(world):
    proposal_id = send(world, post(world))
    sent(world)
    assert view(world.fatuma, proposal_id).offer_href == ""
