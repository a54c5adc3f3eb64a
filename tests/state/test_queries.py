"""Each event asks the database no more often than is written here, the guard's look-up included.

A number may go down with a change, and up with a reason. How long the answers take is measured by
bench/, never here.
"""

import asyncio

import pytest

from freelance_app import db, routes
from freelance_app.security import guard
from freelance_app.services.contracts import funding
from freelance_app.services.money import deposits
from freelance_app.state.contracts.contract import ContractState
from freelance_app.state.contracts.contracts import ContractsState
from freelance_app.state.hiring.home import HomeState
from freelance_app.state.jobs.my_jobs import MyJobsState
from freelance_app.state.money.billing import BillingState
from freelance_app.state.money.finance import FinanceState
from tests.factories import add_world
from tests.services.contracts.signed import CURRENCY, sign
from tests.services.contracts.test_funding import with_bank
from tests.state.events import cookie_of, name_of, open_tab
from tests.state.handlers import OWN, prepared, short, wire
from tests.state.queries import counted

MOST = {
    "ActsState.approve": 17,
    "ActsState.choose": 4,
    "ActsState.part_typed": 1,
    "ActsState.release": 15,
    "ActsState.release_part": 14,
    "ActsState.request_changes": 11,
    "ApplyState.bid_typed": 1,
    "ApplyState.enter": 10,
    "ApplyState.send": 15,
    "BillingState.announce": 14,
    "BillingState.enter": 12,
    "BillingState.listen": 11,
    "ContractState.enter": 17,
    "ContractState.enter_files": 17,
    "ContractState.enter_messages": 16,
    "ContractState.enter_money": 17,
    "ContractState.enter_terms": 23,
    "ContractState.listen": 16,
    "ContractsState.enter": 6,
    "ContractsState.listen": 5,
    "DepositState.cancel": 12,
    "DepositState.enter": 5,
    "DepositState.listen": 4,
    "EarningsState.add_method": 23,
    "EarningsState.ask": 34,
    "EarningsState.enter": 14,
    "EarningsState.listen": 13,
    "EarningsState.remove_method": 18,
    "FinanceState.choose_deposit": 1,
    "FinanceState.choose_payout": 1,
    "FinanceState.confirm": 22,
    "FinanceState.enter": 7,
    "FinanceState.find": 4,
    "FinanceState.fail": 21,
    "FinanceState.give_back": 21,
    "FinanceState.listen": 6,
    "FinanceState.pay": 21,
    "FundingState.choose": 6,
    "FundingState.enter": 7,
    "FundingState.fund": 17,
    "FundingState.listen": 6,
    "GateState.enter": 2,
    "GateState.enter_as_guest": 2,
    "HomeState.enter": 13,
    "HomeState.listen": 12,
    "InboxState.enter": 7,
    "InboxState.listen": 6,
    "InstanceSettingsState.enter": 4,
    "InstanceSettingsState.save": 9,
    "JobFormState.add_skill": 1,
    "JobFormState.change": 11,
    "JobFormState.create": 15,
    "JobFormState.enter_edit": 9,
    "JobFormState.enter_new": 5,
    "JobFormState.show_preview": 1,
    "JobFormState.skills_typed": 1,
    "JobState.close": 14,
    "JobState.delete": 6,
    "JobState.enter": 9,
    "JobState.listen": 8,
    "JobState.publish": 13,
    "JobsState.enter": 10,
    "JobsState.narrow": 1,
    "JobsState.search": 1,
    "LookState.leave": 1,
    "LookState.look": 8,
    "MilestoneState.enter": 11,
    "MilestoneState.listen": 10,
    "MilestoneState.submit": 29,
    "MyJobsState.enter": 7,
    "MyJobsState.listen": 6,
    "NotificationsState.enter": 5,
    "NotificationsState.listen": 4,
    "NotificationsState.mark_all_read": 6,
    "NotificationsState.open_notice": 6,
    "OfferFormState.add_milestone": 1,
    "OfferFormState.amount_typed": 3,
    "OfferFormState.enter": 10,
    "OfferFormState.remove_milestone": 1,
    "OfferFormState.send": 15,
    "OfferState.accept": 29,
    "OfferState.decline": 23,
    "OfferState.enter": 14,
    "OfferState.listen": 13,
    "OfferState.withdraw": 23,
    "OffersState.enter": 7,
    "OffersState.listen": 6,
    "OutboxState.enter": 4,
    "OutboxState.listen": 3,
    "OutboxState.open_mail": 4,
    "ProfileState.enter": 5,
    "ProfileState.save": 12,
    "ProposalState.decline": 20,
    "ProposalState.enter": 12,
    "ProposalState.listen": 7,
    "ProposalState.shortlist": 14,
    "ProposalState.unlist": 14,
    "ProposalState.withdraw": 16,
    "ProposalsState.enter": 6,
    "ProposalsState.listen": 5,
    "RoomState.enter": 21,
    "RoomState.enter_contract": 22,
    "RoomState.enter_proposal": 22,
    "RoomState.listen": 20,
    "RoomState.older": 4,
    "RoomState.send": 10,
    "RoomsState.enter": 6,
    "RoomsState.listen": 5,
    "RoomsState.more": 5,
    "SecurityState.enter": 3,
    "SecurityState.reload": 3,
    "SecurityState.revoke": 7,
    "SecurityState.revoke_others": 7,
    "SetupState.enter": 3,
    "ShellState.enter": 6,
    "ShellState.listen": 5,
    "VerifyEmailState.enter": 3,
}
# In a tab whose page was not loaded these have nothing to say.
SILENT, NOTHING = {"ApplyState.bid_typed", "OfferFormState.remove_milestone"}, "[]"
FEW, MANY = 1, 6
READY = "'phase_rx_state_': 'ready'"

own_sqlite = pytest.mark.parametrize("own_database", ["sqlite"], indirect=True)


def count_of(actor, path: str, name: str, says: str, **payload) -> int:
    """Send an event from a fresh tab and return how often the database was asked.

    What was refused, or came to nothing, would ask less: `says` must stand in the answer.
    """
    cookie = cookie_of(actor)

    async def walk() -> int:
        async with open_tab(cookie, path) as tab:
            with counted() as statements:
                answer = await tab.act(name, **payload)
        assert not [refusal for refusal in guard.REFUSALS if refusal in answer]
        assert says in answer
        assert (answer == NOTHING) is (short(name) in SILENT)
        return len(statements)

    return asyncio.run(walk())


@own_sqlite
@pytest.mark.parametrize("name", OWN, ids=short)
def test_an_event_asks_no_more_often_than_is_written(name, own_database):
    _world, call = prepared(name)
    asked = count_of(call.by, call.path, name, call.says, **wire(name, call))
    assert asked <= MOST[short(name)], f"{short(name)}: {asked}"


def test_every_handler_has_its_number():
    assert set(MOST) == {short(name) for name in OWN}


def contracts(world, number: int) -> str:
    signed = [sign(world) for _ in range(number)]
    return signed[0].contract_id


def announced(world, number: int) -> str:
    db.write(with_bank)
    for _ in range(number):
        db.write(deposits.request, actor=world.alice, amount="10.00", currency=CURRENCY)
    return ""


def milestones(world, number: int) -> str:
    signed = sign(world, amounts=(10_00,) * number)
    db.write(funding.fund, actor=world.alice, milestone_ids=signed.milestones)
    return signed.contract_id


PAGES = {
    "contracts": (contracts, "alice", routes.CONTRACTS, ContractsState.enter),
    "home": (contracts, "alice", routes.HOME, HomeState.enter),
    "my jobs": (contracts, "alice", routes.MY_JOBS, MyJobsState.enter),
    "contract": (milestones, "alice", routes.CONTRACT, ContractState.enter),
    "home with milestones": (milestones, "alice", routes.HOME, HomeState.enter),
    "billing": (announced, "alice", routes.BILLING, BillingState.enter),
    "finance": (announced, "frank", routes.ADMIN_FINANCE, FinanceState.enter),
}


@own_sqlite
@pytest.mark.parametrize("page", PAGES)
def test_a_longer_list_asks_no_more_often(page, own_database):
    fill, who, pattern, handler = PAGES[page]
    asked = []
    for number in (FEW, MANY):
        world = db.write(add_world)
        path = pattern.replace("[contract_id]", fill(world, number))
        asked.append(count_of(getattr(world, who), path, name_of(handler), READY))
    assert asked[1] == asked[0], f"{page}: {asked}"
