"""The page for an address that leads nowhere."""

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.gate import paper
from freelance_app.state.accounts.gate import GateState
from freelance_app.text import _


@rx.page(
    route=routes.NOT_FOUND,
    title=_("Nothing here"),
    description=_("This address leads nowhere."),
    on_load=GateState.enter,
)
def not_found() -> rx.Component:
    """Return the page."""
    return paper(
        ui.page_title(
            _("Nothing here"),
            _("This address leads nowhere. It may be mistyped, or of a page that has moved."),
        ),
        ui.row(ui.link_button(_("Go home"), href=routes.LANDING)),
    )
