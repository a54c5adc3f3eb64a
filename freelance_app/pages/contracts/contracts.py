"""The list of contracts."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.keyset import keyset_pager
from freelance_app.services.contracts.contracts import ContractSummary
from freelance_app.state.contracts.contracts import ContractsState
from freelance_app.text import _

CONTRACTS: Any = ContractsState.contracts


def contract_row(contract: ContractSummary) -> rx.Component:
    """Return one line of the list; the whole of it is the link."""
    picture = ui.avatar(
        contract.other.initials,
        tint=contract.other.tint,
        size=2,
        is_company=contract.other.is_company,
    )
    about = ui.tell(
        "{number} · {name} · {progress}",
        number=contract.number,
        name=contract.other.name,
        progress=contract.progress,
    )
    words = ui.stack(ui.strong(contract.title), ui.meta(about), gap=0)
    return ui.list_row(
        picture,
        ui.grow(words),
        ui.status_badge(contract.status),
        ui.money(contract.total),
        href=contract.href,
        stacked=True,
    )


def body() -> rx.Component:
    """Return the contracts, or what will stand here."""
    nothing = ui.empty_state(
        _("No contracts yet"),
        _("A contract starts when you and another have signed an offer."),
        symbol="scroll-text",
        action=ui.link_button(_("See the offers"), href=routes.OFFERS),
    )
    listed = ui.stack(
        ui.list_card(ui.each(CONTRACTS.rows, contract_row), tag="div"),
        keyset_pager(
            _("The newest first"),
            path=routes.CONTRACTS,
            older=CONTRACTS.older,
            newer=CONTRACTS.newer,
        ),
        gap=3,
    )
    return rx.cond(CONTRACTS.rows.length() > 0, listed, ui.card(nothing, padded=False))


@rx.page(
    route=routes.CONTRACTS,
    title=_("Contracts"),
    description=_("Your contracts."),
    on_load=entering(ContractsState.enter),
)
def contracts() -> rx.Component:
    """Return the page."""
    waiting = ui.list_card(ui.skeleton_rows(4, label=_("Loading contracts")), tag="div")
    return signed_in_page(
        ui.page_header(_("Contracts")),
        loaded(ContractsState, body(), waiting=waiting),
        here=routes.CONTRACTS,
        crumbs=[(_("Contracts"), routes.CONTRACTS)],
    )
