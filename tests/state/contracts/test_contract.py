"""The pages of a contract: acting, being refused, and hearing of the other side."""

import asyncio

from freelance_app import db, routes
from freelance_app.services.accounts import sessions
from freelance_app.services.contracts import funding, releases, submissions
from freelance_app.state.contracts.acts import ActsState
from freelance_app.state.contracts.contract import ContractState
from freelance_app.state.contracts.funding import FundingState
from freelance_app.state.contracts.milestone import MilestoneState
from tests.services.contracts.signed import sign, status
from tests.state.events import cookie_of, name_of, open_tab


def fund(world, signed):
    db.write(funding.fund, actor=world.alice, milestone_ids=signed.milestones[:1])


def submit(world, signed):
    arguments = {"milestone_id": signed.milestones[0], "note": "Done."}
    db.write(submissions.submit, actor=world.fatuma, **arguments)


def approve_args(world, signed):
    return {"actor": world.alice, "milestone_id": signed.milestones[0]}


def key_of(signed) -> str:
    """Return the first milestone with its first payment, as its buttons say it."""
    return f"{signed.milestones[0]}-1"


def form(**fields) -> dict:
    """Return a form's payload as a browser sends it."""
    return {"__reflex_form_data__": [list(pair) for pair in fields.items()]}


def test_fatuma_sees_a_release_without_reloading(sqlite_world):
    world = sqlite_world
    signed = sign(world)
    fund(world, signed)
    submit(world, signed)

    async def walk() -> None:
        async with open_tab(cookie_of(world.fatuma), routes.contract(signed.contract_id)) as tab:
            await tab.start(name_of(ContractState.enter))
            await tab.until("status='submitted'")
            await db.in_thread(db.write, releases.approve, **approve_args(world, signed))
            await tab.until("status='released'")

    asyncio.run(walk())


def test_the_client_sees_submitted_work_without_reloading(sqlite_world):
    world = sqlite_world
    signed = sign(world)
    fund(world, signed)
    page = routes.milestone(signed.contract_id, signed.milestones[0])
    work = {"actor": world.fatuma, "milestone_id": signed.milestones[0], "note": "It works."}

    async def walk() -> None:
        async with open_tab(cookie_of(world.alice), page) as tab:
            await tab.start(name_of(MilestoneState.enter))
            await tab.until("can_release=True")
            await db.in_thread(db.write, submissions.submit, **work)
            await tab.until("It works.")
            await tab.until("can_review=True")

    asyncio.run(walk())


def test_a_listener_ends_with_its_session(sqlite_world):
    world = sqlite_world
    signed = sign(world)
    fund(world, signed)

    async def walk() -> str:
        async with open_tab(cookie_of(world.fatuma), routes.contract(signed.contract_id)) as tab:
            await tab.act(name_of(ContractState.enter))
            db.write(sessions.end, token=tab.cookie)
            await db.in_thread(db.write, releases.release, **approve_args(world, signed))
            await tab.until("Please sign in.")
            return repr(tab.sent)

    assert "status='released'" not in asyncio.run(walk())


def test_one_press_funds_and_leads_to_the_contract(sqlite_world):
    world = sqlite_world
    signed = sign(world)

    async def walk() -> str:
        page = routes.contract_fund(signed.contract_id)
        async with open_tab(cookie_of(world.alice), page) as tab:
            name = name_of(FundingState.fund)
            return await tab.act(name, milestone_ids=signed.milestones[:1])

    assert routes.contract(signed.contract_id) in asyncio.run(walk())
    assert status(signed) == "funded"


def test_a_choice_changes_the_sum(sqlite_world):
    world = sqlite_world
    signed = sign(world)

    async def walk() -> None:
        page = routes.contract_fund(signed.contract_id)
        async with open_tab(cookie_of(world.alice), page) as tab:
            assert "to_hold='US$100.00'" in await tab.act(name_of(FundingState.enter))
            for number, to_hold in ((1, "US$350.00"), (0, "US$250.00")):
                name, milestone_id = name_of(FundingState.choose), signed.milestones[number]
                assert f"to_hold='{to_hold}'" in await tab.act(name, milestone_id=milestone_id)

    asyncio.run(walk())


def test_refused_changes_say_why_beside_the_field(sqlite_world):
    world = sqlite_world
    signed = sign(world)
    fund(world, signed)
    submit(world, signed)

    async def walk() -> str:
        async with open_tab(cookie_of(world.alice), routes.contract(signed.contract_id)) as tab:
            sent = form(key=key_of(signed), words=" ")
            return await tab.act(name_of(ActsState.request_changes), form=sent)

    answer = asyncio.run(walk())
    assert "'words': 'Say what is to be changed.'" in answer
    assert "aria-invalid" in answer
    assert status(signed) == "submitted"


def test_a_second_press_of_the_same_dialog_pays_nothing(sqlite_world):
    world = sqlite_world
    signed = sign(world)
    fund(world, signed)

    async def walk() -> str:
        async with open_tab(cookie_of(world.alice), routes.contract(signed.contract_id)) as tab:
            sent = form(key=key_of(signed), amount="60.00")
            name = name_of(ActsState.release_part)
            await tab.act(name, form=sent)
            return await tab.act(name, form=sent)

    assert "A payment was made meanwhile" in asyncio.run(walk())


def test_an_empty_part_is_refused_not_taken_for_all(sqlite_world):
    world = sqlite_world
    signed = sign(world)
    fund(world, signed)

    async def walk() -> str:
        async with open_tab(cookie_of(world.alice), routes.contract(signed.contract_id)) as tab:
            sent = form(key=key_of(signed), amount="  ")
            return await tab.act(name_of(ActsState.release_part), form=sent)

    assert "'amount':" in asyncio.run(walk())
    assert status(signed) == "funded"
