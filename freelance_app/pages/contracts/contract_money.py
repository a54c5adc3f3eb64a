"""The books of a contract."""

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.contracts import ROOM, contract_page, money_card
from freelance_app.components.frame import entering
from freelance_app.services.contracts.workroom import MovementView
from freelance_app.state.contracts.contract import ContractState
from freelance_app.text import _


def movement(line: MovementView) -> rx.Component:
    """Return one movement."""
    return ui.data_row(
        ui.lead_cell(ui.strong(line.what)),
        ui.cell(line.on),
        ui.cell(line.way),
        ui.cell(ui.money(line.amount), figure=True),
    )


def movements() -> rx.Component:
    """Return every movement of the contract's money."""
    columns = [
        ui.column(_("What")),
        ui.column(_("Day")),
        ui.column(_("From and to")),
        ui.column(_("Amount"), figure=True),
    ]
    table = ui.data_rows(columns, ui.each(ROOM.movements, movement), label=_("Ledger"))
    nothing = ui.empty_state(
        _("No money has moved yet"),
        _("When a milestone is funded or released, the movement stands here."),
        symbol="wallet",
    )
    body = rx.cond(ROOM.movements.length() > 0, table, ui.card(nothing, padded=False))
    beside = ui.meta(_("double entries, never changed"))
    return ui.section(_("Ledger"), body, section_id="ledger", beside=beside)


@rx.page(
    route=routes.CONTRACT_MONEY,
    title=_("Money of the contract"),
    description=_("Where a contract's money is, and every movement of it."),
    on_load=entering(ContractState.enter_money),
)
def contract_money() -> rx.Component:
    """Return the page."""
    content = ui.columns(movements(), aside=money_card(), label=_("Money"))
    return contract_page(content, tab="money", retry=ContractState.enter_money)
