"""The page with the terms."""

import reflex as rx

from freelance_app import markup, routes
from freelance_app.components import ui
from freelance_app.components.gate import paper
from freelance_app.services.accounts import legal
from freelance_app.state.accounts.gate import GateState
from freelance_app.text import _, language_of_actor


@rx.page(
    route=routes.TERMS,
    title=_("Terms"),
    description=_("What everybody agrees to who uses this market."),
    on_load=GateState.enter,
)
def terms() -> rx.Component:
    """Return the page."""
    text = markup.render(legal.text_of("terms", language_of_actor()), level=2)
    version = _("Version {version}").format(version=legal.VERSION)
    return paper(ui.page_title(_("Terms"), version), ui.safe_html(text))
