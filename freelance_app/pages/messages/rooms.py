"""All conversations."""

import reflex as rx

from freelance_app import routes
from freelance_app.components.frame import entering, signed_in_page
from freelance_app.components.messages import list_panes
from freelance_app.state.messages.rooms import RoomsState
from freelance_app.text import _


@rx.page(
    route=routes.MESSAGES,
    title=_("Messages"),
    description=_("Conversations about proposals and contracts."),
    on_load=entering(RoomsState.enter),
)
def rooms() -> rx.Component:
    """Return the list beside an empty place; on a phone the list alone."""
    crumbs = [(_("Messages"), routes.MESSAGES)]
    return signed_in_page(list_panes(), here=routes.MESSAGES, crumbs=crumbs, flush=True)
