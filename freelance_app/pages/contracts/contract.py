"""The overview of a contract."""

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.contracts import (
    ROOM,
    clocks_card,
    contract_page,
    latest,
    money_card,
    next_card,
    next_primary,
)
from freelance_app.components.files import file_table
from freelance_app.components.frame import entering
from freelance_app.components.milestones import milestone_timeline
from freelance_app.components.review import review_dialogs
from freelance_app.state.contracts.contract import ContractState
from freelance_app.text import _


def milestones() -> rx.Component:
    """Return the rail of milestones."""
    timeline = milestone_timeline(ROOM.milestones)
    beside = ui.meta(ROOM.progress)
    return ui.section(_("Milestones"), timeline, section_id="milestones", beside=beside)


def files() -> rx.Component:
    """Return the newest files."""
    every = ui.tell(f"{routes.CONTRACTS}/{{id}}/files", id=ROOM.id)
    beside = rx.fragment(
        ui.meta(_("the newest first")), ui.link(_("All files"), href=every, meta=True, push=True)
    )
    section = ui.section(_("Files"), file_table(ROOM.files), section_id="files", beside=beside)
    return rx.cond(ROOM.file_count != "", section, rx.fragment())


@rx.page(
    route=routes.CONTRACT,
    title=_("Contract"),
    description=_("What comes next, milestones, money and clocks of a contract."),
    on_load=entering(ContractState.enter),
)
def contract() -> rx.Component:
    """Return the page."""
    content = ui.columns(
        next_card(),
        milestones(),
        files(),
        aside=rx.fragment(money_card(), clocks_card(), latest()),
        label=_("Money, clocks and record"),
    )
    return contract_page(
        content,
        tab="overview",
        retry=ContractState.enter,
        action=next_primary(),
        overlays=[review_dialogs()],
    )
