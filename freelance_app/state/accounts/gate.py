"""State of the pages that everybody sees: sign-in, sign-up, terms."""

import reflex as rx

from freelance_app import db, routes
from freelance_app.security.policy import public
from freelance_app.services.instance import instances
from freelance_app.services.instance.instances import GateView
from freelance_app.state.base import AppState


class GateState(AppState):
    """What a guest learns: the instance's name, and whether it takes new people."""

    gate: GateView = GateView()

    @rx.event
    @public
    async def enter(self):
        """Load the name."""
        self.gate = instances.gate_of(await db.look_up(instances.GATE, {}))

    @rx.event
    @public
    async def enter_as_guest(self):
        """Do the same on a page that is of no use to somebody signed in."""
        self.gate = instances.gate_of(await db.look_up(instances.GATE, {}))
        if self.name:
            return rx.redirect(routes.HOME)
        return None
