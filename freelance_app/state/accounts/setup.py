"""State of the set-up page."""

import reflex as rx

from freelance_app import db
from freelance_app.security.policy import public
from freelance_app.services.accounts import first_start
from freelance_app.state.base import AppState


class SetupState(AppState):
    """Whether the link of the page's address still works."""

    is_open: bool = False
    is_checked: bool = False

    @rx.event
    @public
    async def enter(self):
        """Look at the link, without using it up."""
        self.is_open = self.is_checked = False
        token = self.router.url.query_parameters.get("token", "")
        self.is_open = await db.in_thread(db.read, first_start.is_open, token=token)
        self.is_checked = True
