"""Calls of the pages of proposals: the form, the lists, one proposal."""

from freelance_app import db, routes
from freelance_app.services.hiring import proposals
from tests.factories import World
from tests.services.hiring.test_proposals import post, send
from tests.state.examples import Call

SECRET = "A letter that no competitor ever reads, with all that I know about the job."
REASON = "a reason between the two of us"


def _sent(world: World) -> tuple[str, str]:
    """Return a post of Alice's and Fatuma's proposal for it."""
    job_id = post(world)
    return job_id, send(world, job_id, letter=SECRET)


def _path(world: World) -> str:
    return routes.proposal(_sent(world)[1])


def _enter(world: World) -> Call:
    return Call(world.alice, _path(world), markers=(SECRET,), says=SECRET)


def _listen(world: World) -> Call:
    return Call(world.fatuma, _path(world), markers=(SECRET,), says=SECRET, changes=False)


def _shortlist(world: World) -> Call:
    return Call(world.alice, _path(world), markers=(SECRET,), says="shortlisted")


def _unlist(world: World) -> Call:
    _job_id, proposal_id = _sent(world)
    db.write(proposals.shortlist, actor=world.alice, proposal_id=proposal_id)
    return Call(world.alice, routes.proposal(proposal_id), markers=(SECRET,), says="open")


def _decline(world: World) -> Call:
    payload = {"form": {"reason": REASON}}
    return Call(world.alice, _path(world), payload, markers=(SECRET, REASON), says=REASON)


def _withdraw(world: World) -> Call:
    return Call(world.fatuma, _path(world), markers=(SECRET,), says="withdrawn")


def _apply(world: World) -> Call:
    """Open the form: the post is on the board for freelancers, other companies see none of it."""
    title = f"Field app {world.run}"
    path = routes.job_apply(post(world))
    return Call(
        world.fatuma, path, wrong=(world.dora,), markers=(title,), says=title, changes=False
    )


def _bid(world: World) -> Call:
    path = routes.job_apply(post(world))
    return Call(world.fatuma, path, {"typed": "100.00"}, changes=False)


def _send(world: World) -> Call:
    payload = {"form": {"letter": SECRET, "bid": "350.00", "days": "30"}}
    path = routes.job_apply(post(world))
    wrong = (world.alice, world.bob, world.dora)
    return Call(world.fatuma, path, payload, wrong=wrong, says="Proposal sent.")


def _inbox(world: World) -> Call:
    job_id, _proposal_id = _sent(world)
    path, marker = routes.job_proposals(job_id), SECRET[:40]
    return Call(world.alice, path, markers=(marker,), says=marker, changes=False)


def _own(world: World) -> Call:
    _sent(world)
    marker = SECRET[:40]
    return Call(
        world.fatuma, routes.PROPOSALS, markers=(marker,), says=marker, changes=False, own=True
    )


EXAMPLES = {
    "ApplyState.enter": _apply,
    "ApplyState.bid_typed": _bid,
    "ApplyState.send": _send,
    "InboxState.enter": _inbox,
    "InboxState.listen": _inbox,
    "ProposalsState.enter": _own,
    "ProposalsState.listen": _own,
    "ProposalState.enter": _enter,
    "ProposalState.listen": _listen,
    "ProposalState.shortlist": _shortlist,
    "ProposalState.unlist": _unlist,
    "ProposalState.decline": _decline,
    "ProposalState.withdraw": _withdraw,
}
