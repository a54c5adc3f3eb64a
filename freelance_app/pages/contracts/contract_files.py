"""Every file of a contract."""

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.contracts import ROOM, contract_page
from freelance_app.components.files import file_table
from freelance_app.components.frame import entering
from freelance_app.state.contracts.contract import ContractState
from freelance_app.text import _


@rx.page(
    route=routes.CONTRACT_FILES,
    title=_("Files of the contract"),
    description=_("Every version of every file that was handed in."),
    on_load=entering(ContractState.enter_files),
)
def contract_files() -> rx.Component:
    """Return the page."""
    nothing = ui.empty_state(
        _("No files yet"),
        _("What is handed in for a milestone stands here, every version of it."),
        symbol="file",
    )
    content = rx.cond(
        ROOM.files.length() > 0, file_table(ROOM.files), ui.card(nothing, padded=False)
    )
    return contract_page(content, tab="files", retry=ContractState.enter_files)
