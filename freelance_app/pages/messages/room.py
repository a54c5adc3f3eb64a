"""One conversation."""

import reflex as rx

from freelance_app import routes
from freelance_app.components.frame import entering, signed_in_page
from freelance_app.components.messages import crumbs, room_panes
from freelance_app.state.messages.room import RoomState
from freelance_app.state.messages.rooms import RoomsState
from freelance_app.text import _


@rx.page(
    route=routes.ROOM,
    title=_("Conversation"),
    description=_("Messages about one proposal or contract."),
    on_load=entering(RoomsState.enter, RoomState.enter),
)
def room() -> rx.Component:
    """Return the list, the conversation and what it is about."""
    return signed_in_page(room_panes(), here=routes.MESSAGES, crumbs=crumbs(), flush=True)
