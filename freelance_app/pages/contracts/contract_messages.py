"""The conversation of a contract."""

import reflex as rx

from freelance_app import routes
from freelance_app.components.contracts import contract_page
from freelance_app.components.frame import entering
from freelance_app.components.messages import conversation
from freelance_app.state.contracts.contract import ContractState
from freelance_app.state.messages.room import RoomState
from freelance_app.text import _


@rx.page(
    route=routes.CONTRACT_MESSAGES,
    title=_("Messages of the contract"),
    description=_("What both sides of a contract write to each other."),
    on_load=entering(ContractState.enter_messages, RoomState.enter_contract),
)
def contract_messages() -> rx.Component:
    """Return the page."""
    return contract_page(conversation(), tab="messages", retry=ContractState.enter_messages)
