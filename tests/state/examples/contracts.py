"""Calls of the contracts wing."""

from collections.abc import Callable
from dataclasses import replace

from freelance_app import db, routes
from freelance_app.security.actor import Actor
from freelance_app.services.contracts import funding, submissions
from tests.factories import World
from tests.services.contracts.signed import Signed, sign
from tests.state.examples import Call, Example

Path = Callable[[Signed], str]


def _title(world: World) -> str:
    return f"Field app {world.run}"


def _funded(world: World) -> Signed:
    signed = sign(world)
    db.write(funding.fund, actor=world.alice, milestone_ids=signed.milestones[:1])
    return signed


def _submitted(world: World) -> Signed:
    signed = _funded(world)
    arguments = {"milestone_id": signed.milestones[0], "note": "Done."}
    db.write(submissions.submit, actor=world.fatuma, **arguments)
    return signed


def _overview(signed: Signed) -> str:
    return routes.contract(signed.contract_id)


def _milestone(signed: Signed) -> str:
    return routes.milestone(signed.contract_id, signed.milestones[0])


def _fund_page(signed: Signed) -> str:
    return routes.contract_fund(signed.contract_id)


def _tab(name: str) -> Path:
    return lambda signed: routes.contract_tab(signed.contract_id, name)


def _reads(path: Path) -> Example:
    """Return an example that shows the contract's title and changes nothing."""

    def prepare(world: World) -> Call:
        title = _title(world)
        return Call(world.alice, path(sign(world)), markers=(title,), says=title, changes=False)

    return prepare


def _but_owners(world: World) -> tuple[Actor, ...]:
    """Return all to whom the page that funds tells nothing; two of them know the contract."""
    return world.bob, world.fatuma, world.charlie, world.dora


def _funding(world: World) -> Call:
    return replace(_reads(_fund_page)(world), wrong=_but_owners(world))


def _list(world: World) -> Call:
    sign(world)
    title = _title(world)
    return Call(world.alice, routes.CONTRACTS, markers=(title,), says=title, changes=False)


def _fund(world: World) -> Call:
    signed = sign(world)
    payload = {"milestone_ids": signed.milestones[:1]}
    return Call(world.alice, _fund_page(signed), payload, says="Funded.")


def _choose(world: World) -> Call:
    signed, title = sign(world), _title(world)
    payload = {"milestone_id": signed.milestones[1]}
    call = Call(world.alice, _fund_page(signed), payload, (), (title,), says=title, changes=False)
    return replace(call, wrong=_but_owners(world))


def _submit(world: World) -> Call:
    payload = {"form": {"note": "All screens work.", "files": ""}}
    return Call(world.fatuma, _milestone(_funded(world)), payload, says="Submitted.")


def _key(signed: Signed) -> str:
    """Return the first milestone with its first payment, as its buttons say it."""
    return f"{signed.milestones[0]}-1"


def _approve(world: World) -> Call:
    signed = _submitted(world)
    payload = {"key": _key(signed)}
    return Call(world.alice, _overview(signed), payload, says="Released.")


def _release(world: World) -> Call:
    signed = _funded(world)
    payload = {"key": _key(signed)}
    return Call(world.alice, _overview(signed), payload, says="Released.")


def _release_part(world: World) -> Call:
    signed = _funded(world)
    form = {"key": _key(signed), "amount": "10.00"}
    return Call(world.alice, _milestone(signed), {"form": form}, says="The rest stays held.")


def _request_changes(world: World) -> Call:
    signed = _submitted(world)
    form = {"key": _key(signed), "words": "The map is empty."}
    return Call(world.alice, _overview(signed), {"form": form}, says="Asked for changes.")


def _part_typed(world: World) -> Call:
    payload = {"amount": "10", "currency": "USD"}
    path = _overview(_funded(world))
    return Call(world.alice, path, payload, says="US$10.00", changes=False)


def _choose_milestone(world: World) -> Call:
    signed = _submitted(world)
    payload, shown = {"key": _key(signed), "dialog_id": "approve"}, "US$100.00"
    call = Call(world.alice, _overview(signed), payload, (), (shown,), says=shown, changes=False)
    return replace(call, wrong=_but_owners(world))


EXAMPLES: dict[str, Example] = {
    "ActsState.approve": _approve,
    "ActsState.choose": _choose_milestone,
    "ActsState.part_typed": _part_typed,
    "ActsState.release": _release,
    "ActsState.release_part": _release_part,
    "ActsState.request_changes": _request_changes,
    "ContractState.enter": _reads(_overview),
    "ContractState.enter_files": _reads(_tab("files")),
    "ContractState.enter_messages": _reads(_tab("messages")),
    "ContractState.enter_money": _reads(_tab("money")),
    "ContractState.enter_terms": _reads(_tab("terms")),
    "ContractState.listen": _reads(_overview),
    "ContractsState.enter": _list,
    "ContractsState.listen": _list,
    "FundingState.choose": _choose,
    "FundingState.enter": _funding,
    "FundingState.fund": _fund,
    "FundingState.listen": _funding,
    "MilestoneState.enter": _reads(_milestone),
    "MilestoneState.listen": _reads(_milestone),
    "MilestoneState.submit": _submit,
}
