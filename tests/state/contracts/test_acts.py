"""The dialogs of review and release stay about what they were opened with."""

import asyncio

import pytest

from freelance_app import db, routes
from freelance_app.services.contracts import funding, releases, submissions
from freelance_app.state.contracts.acts import ActsState
from freelance_app.state.contracts.contract import ContractState
from tests.services.contracts.signed import earnings, held, sign, status
from tests.state.events import cookie_of, name_of, open_tab

APPROVED, CHOSEN = name_of(ActsState.approve), name_of(ActsState.choose)
OPENS = "kit.open"


@pytest.fixture
def signed(sqlite_world):
    """A contract with two milestones whose work waits: of 100 and of 250."""
    made = sign(sqlite_world)
    db.write(funding.fund, actor=sqlite_world.alice, milestone_ids=made.milestones)
    for milestone_id in made.milestones:
        handed_in = {"milestone_id": milestone_id, "note": "Done."}
        db.write(submissions.submit, actor=sqlite_world.fatuma, **handed_in)
    return made


def key_of(signed, number=1, payment=1) -> str:
    return f"{signed.milestones[number - 1]}-{payment}"


def form(**fields) -> dict:
    """Return a form's payload as a browser sends it."""
    return {"__reflex_form_data__": [list(pair) for pair in fields.items()]}


def pay(world, signed, amount=None) -> None:
    """Pay the first milestone, or a part of it, from somewhere else."""
    asked = {"milestone_id": signed.milestones[0], "amount": amount}
    db.write(releases.release, actor=world.alice, **asked)


def at_contract(world, signed):
    return open_tab(cookie_of(world.alice), routes.contract(signed.contract_id))


def test_an_open_dialog_stays_about_its_milestone_when_the_page_goes_on(sqlite_world, signed):
    async def walk() -> str:
        async with at_contract(sqlite_world, signed) as tab:
            await tab.act(name_of(ContractState.enter))
            opened = await tab.act(CHOSEN, key=key_of(signed), dialog_id="approve")
            assert OPENS in opened
            await db.in_thread(pay, sqlite_world, signed)
            await tab.until("Review milestone 2")
            asked = (await tab.state(ActsState)).asked
            assert (asked.key, asked.rest) == (key_of(signed), "US$100.00")
            return await tab.act(APPROVED, key=asked.key)

    assert "already released" in asyncio.run(walk())
    assert (status(signed, 2), held(signed, 2)) == ("submitted", 250_00)


def test_a_part_paid_from_elsewhere_leaves_the_open_dialog_without_effect(sqlite_world, signed):
    async def walk() -> list[str]:
        async with at_contract(sqlite_world, signed) as tab:
            await tab.act(CHOSEN, key=key_of(signed), dialog_id="part")
            await db.in_thread(pay, sqlite_world, signed, "10.00")
            key = (await tab.state(ActsState)).asked.key
            sent = form(key=key, amount="10.00")
            part = await tab.act(name_of(ActsState.release_part), form=sent)
            return [part, await tab.act(APPROVED, key=key)]

    for answer in asyncio.run(walk()):
        assert "A payment was made meanwhile" in answer
    assert earnings(sqlite_world) == 10_00


@pytest.mark.parametrize("dialog_id", ["approve", "release", "changes", "part"])
def test_no_dialog_opens_about_what_is_released(sqlite_world, signed, dialog_id):
    pay(sqlite_world, signed)

    async def walk() -> str:
        async with at_contract(sqlite_world, signed) as tab:
            return await tab.act(CHOSEN, key=key_of(signed), dialog_id=dialog_id)

    answer = asyncio.run(walk())
    assert "already released" in answer
    assert OPENS not in answer


def test_after_an_answer_the_form_is_about_nothing(sqlite_world, signed):
    async def walk() -> str:
        async with at_contract(sqlite_world, signed) as tab:
            await tab.act(CHOSEN, key=key_of(signed), dialog_id="changes")
            sent = form(key=key_of(signed), words="The map is empty.")
            await tab.act(name_of(ActsState.request_changes), form=sent)
            return (await tab.state(ActsState)).asked.key

    assert asyncio.run(walk()) == ""
    assert status(signed) == "changes_requested"


@pytest.mark.parametrize(
    ("amount", "said"),
    [("99.99", "The rest stays held."), ("100.00", "Released. The freelancer is told.")],
)
def test_only_of_a_part_it_is_said_that_a_rest_stays(sqlite_world, signed, amount, said):
    async def walk() -> str:
        async with at_contract(sqlite_world, signed) as tab:
            sent = form(key=key_of(signed), amount=amount)
            return await tab.act(name_of(ActsState.release_part), form=sent)

    assert said in asyncio.run(walk())
