"""The list of offers."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.keyset import keyset_pager
from freelance_app.components.offers import offer_list
from freelance_app.state.hiring.offers import OffersState
from freelance_app.text import _

OFFERS: Any = OffersState.offers


def body() -> rx.Component:
    """Return the offers, or what will stand here."""
    nothing = ui.empty_state(
        _("No offers yet"),
        _("A client makes an offer to the freelancer of a proposal. Both see it here."),
        symbol="file-pen",
    )
    listed = ui.stack(
        offer_list(OFFERS.rows),
        keyset_pager(
            _("The newest first"), path=routes.OFFERS, older=OFFERS.older, newer=OFFERS.newer
        ),
        gap=3,
    )
    return rx.cond(OFFERS.rows.length() > 0, listed, ui.card(nothing, padded=False))


@rx.page(
    route=routes.OFFERS,
    title=_("Offers"),
    description=_("Offers that you sent or received."),
    on_load=entering(OffersState.enter),
)
def offers() -> rx.Component:
    """Return the page."""
    waiting = ui.list_card(ui.skeleton_rows(4, label=_("Loading offers")), tag="div")
    return signed_in_page(
        ui.page_header(_("Offers")),
        loaded(OffersState, body(), waiting=waiting),
        here=routes.OFFERS,
        crumbs=[(_("Offers"), routes.OFFERS)],
    )
