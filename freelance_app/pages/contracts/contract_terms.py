"""The signed terms of a contract."""

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.contracts import ROOM, contract_page
from freelance_app.components.frame import entering
from freelance_app.components.terms import frozen_note, signatures, terms_sheet
from freelance_app.state.contracts.contract import ContractState
from freelance_app.text import _


@rx.page(
    route=routes.CONTRACT_TERMS,
    title=_("Terms of the contract"),
    description=_("What both sides have signed."),
    on_load=entering(ContractState.enter_terms),
)
def contract_terms() -> rx.Component:
    """Return the page."""
    aside = rx.fragment(signatures(ROOM.signatures, ROOM.terms.hash), frozen_note())
    content = ui.columns(terms_sheet(ROOM.terms), aside=aside, label=_("Signatures"))
    return contract_page(content, tab="terms", retry=ContractState.enter_terms)
