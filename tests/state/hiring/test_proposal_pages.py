"""The pages of proposals: writing one, answering it, and hearing of it in an open tab."""

import asyncio

import pytest

from freelance_app import db, routes
from freelance_app.services.hiring import apply_views, proposal_views, proposals
from freelance_app.services.instance import policies
from freelance_app.state.hiring.apply import ApplyState
from freelance_app.state.hiring.inbox import InboxState
from freelance_app.state.hiring.proposal import ProposalState
from freelance_app.state.hiring.proposals import ProposalsState
from tests.services.hiring.test_proposals import LETTER, act, post, send, status, viewed
from tests.state.events import cookie_of, name_of, open_tab

ENTER = name_of(ProposalState.enter)


def form(**fields) -> dict:
    return {"form": {"__reflex_form_data__": [list(pair) for pair in fields.items()]}}


def call(actor, path: str, handler, **payload) -> str:
    """Open a page as somebody, send one event, and return what came back."""
    cookie = cookie_of(actor)

    async def walk() -> str:
        async with open_tab(cookie, path) as tab:
            return await tab.act(name_of(handler), **payload)

    return asyncio.run(walk())


def seen_after(actor, path: str, handler, cls):
    """Return a page's state after its handler ran."""
    cookie = cookie_of(actor)

    async def walk():
        async with open_tab(cookie, path) as tab:
            await tab.act(name_of(handler))
            return await tab.state(cls)

    return asyncio.run(walk())


@pytest.fixture
def job_id(sqlite_world) -> str:
    return post(sqlite_world)


@pytest.fixture
def proposal_id(sqlite_world, job_id) -> str:
    return send(sqlite_world, job_id)


def test_a_sent_proposal_leads_to_its_page(sqlite_world, job_id):
    typed = form(letter=LETTER, bid="350.00", days="30")
    answer = call(sqlite_world.fatuma, routes.job_apply(job_id), ApplyState.send, **typed)
    (card,) = db.read(proposal_views.list_own, actor=sqlite_world.fatuma).proposals
    assert routes.proposal(card.id) in answer


def test_what_is_refused_is_told_beside_each_field(sqlite_world, job_id):
    typed = form(letter="Hi", bid="0", days="")
    answer = call(sqlite_world.fatuma, routes.job_apply(job_id), ApplyState.send, **typed)
    assert "'letter': 'Write 40 to 10000 characters.'" in answer
    assert "'bid':" in answer
    assert "'days':" in answer
    assert "aria-invalid" in answer
    assert db.read(proposal_views.list_own, actor=sqlite_world.fatuma).proposals == []


def test_the_form_of_an_answered_job_leads_to_the_proposal(sqlite_world, job_id, proposal_id):
    state = seen_after(sqlite_world.fatuma, routes.job_apply(job_id), ApplyState.enter, ApplyState)
    assert (state.phase, state.apply.proposal_href) == ("ready", routes.proposal(proposal_id))
    assert state.apply.blocked


@pytest.mark.parametrize(("fee", "words"), [(0, ""), (500, "You receive US$95.00")])
def test_the_net_is_told_where_a_fee_is_taken(sqlite_world, job_id, fee, words):
    db.write(policies.change, key=apply_views.FEE, new=fee)
    cookie, path = cookie_of(sqlite_world.fatuma), routes.job_apply(job_id)

    async def walk() -> str:
        async with open_tab(cookie, path) as tab:
            await tab.act(name_of(ApplyState.enter))
            await tab.act(name_of(ApplyState.bid_typed), typed="100.00")
            return (await tab.state(ApplyState)).net

    try:
        assert asyncio.run(walk()).startswith(words)
    finally:
        db.write(policies.change, key=apply_views.FEE, new=0)


def test_opening_a_proposal_marks_it_unless_a_viewer_does(sqlite_world, proposal_id):
    path = routes.proposal(proposal_id)
    words = LETTER.split(" **")[0]
    assert words in call(sqlite_world.bob, path, ProposalState.enter)
    assert not viewed(proposal_id)
    assert words in call(sqlite_world.alice, path, ProposalState.enter)
    assert viewed(proposal_id)


def test_a_stranger_is_told_that_there_is_nothing(sqlite_world, proposal_id):
    for who in (sqlite_world.charlie, sqlite_world.dora):
        state = seen_after(who, routes.proposal(proposal_id), ProposalState.enter, ProposalState)
        assert (state.phase, state.proposal.card.id) == ("missing", "")


def test_a_decline_without_a_reason_keeps_the_dialog_open(sqlite_world, proposal_id):
    path = routes.proposal(proposal_id)
    answer = call(sqlite_world.alice, path, ProposalState.decline, **form(reason=" "))
    assert "'reason': 'Write a reason of up to 500 characters.'" in answer
    assert "kit.close" not in answer
    answer = call(sqlite_world.alice, path, ProposalState.decline, **form(reason="Too far."))
    assert "kit.close" in answer
    assert status(sqlite_world.fatuma, proposal_id) == "declined"


def test_the_short_list_is_a_button_that_stays(sqlite_world, proposal_id):
    path = routes.proposal(proposal_id)
    assert "shortlisted" in call(sqlite_world.alice, path, ProposalState.shortlist)
    assert status(sqlite_world.alice, proposal_id) == "shortlisted"
    call(sqlite_world.alice, path, ProposalState.unlist)
    assert status(sqlite_world.alice, proposal_id) == "open"


def test_the_client_sees_at_once_that_it_was_withdrawn(sqlite_world, proposal_id):
    world, path = sqlite_world, routes.proposal(proposal_id)
    alice, fatuma = cookie_of(world.alice), cookie_of(world.fatuma)

    async def walk():
        async with open_tab(alice, path) as hers, open_tab(fatuma, path) as theirs:
            await hers.start(ENTER)
            await hers.until("can_decline=True")
            await theirs.act(name_of(ProposalState.withdraw))
            await hers.until("withdrawn")
            return await hers.state(ProposalState)

    assert not asyncio.run(walk()).proposal.can_decline


def test_the_freelancer_sees_the_reason_at_once(sqlite_world, proposal_id):
    world, path = sqlite_world, routes.proposal(proposal_id)
    cookie = cookie_of(world.fatuma)

    async def walk() -> None:
        async with open_tab(cookie, path) as tab:
            await tab.start(ENTER)
            await tab.until("can_withdraw=True")
            await asyncio.to_thread(act, "decline", world.alice, proposal_id, reason="No budget.")
            await tab.until("No budget.")

    asyncio.run(walk())


def test_a_new_proposal_appears_in_the_open_inbox(sqlite_world, job_id):
    world, cookie = sqlite_world, cookie_of(sqlite_world.alice)

    async def walk() -> None:
        async with open_tab(cookie, routes.job_proposals(job_id)) as tab:
            await tab.start(name_of(InboxState.enter))
            await tab.until("ready")
            await asyncio.to_thread(send, world, job_id)
            await tab.until(world.fatuma.party_name)

    asyncio.run(walk())


def test_an_answer_appears_in_the_open_list_of_the_freelancer(sqlite_world, proposal_id):
    world, cookie = sqlite_world, cookie_of(sqlite_world.fatuma)

    async def walk() -> None:
        async with open_tab(cookie, routes.PROPOSALS) as tab:
            await tab.start(name_of(ProposalsState.enter))
            await tab.until("US$350.00")
            await asyncio.to_thread(act, "decline", world.alice, proposal_id)
            await tab.until("declined")

    asyncio.run(walk())


def test_the_inbox_of_another_company_is_not_there(sqlite_world, job_id, proposal_id):
    path = routes.job_proposals(job_id)
    knows_the_job, stranger = sqlite_world.charlie, sqlite_world.dora
    for who, phase in ((knows_the_job, "refused"), (stranger, "missing")):
        state = seen_after(who, path, InboxState.enter, InboxState)
        assert (state.phase, state.inbox.job) == (phase, "")


def test_a_proposal_that_was_answered_meanwhile_is_told_so(sqlite_world, proposal_id):
    path = routes.proposal(proposal_id)
    db.write(proposals.withdraw, actor=sqlite_world.fatuma, proposal_id=proposal_id)
    answer = call(sqlite_world.alice, path, ProposalState.shortlist)
    assert "This proposal is already withdrawn." in answer
