"""State of the page that a mail's link opens."""

import reflex as rx

from freelance_app import db
from freelance_app.security.policy import public
from freelance_app.services.accounts import confirmations
from freelance_app.services.accounts.confirmations import LinkView
from freelance_app.state.base import AppState


class VerifyEmailState(AppState):
    """What the link of the page's address would confirm."""

    link: LinkView = LinkView()
    is_checked: bool = False

    @rx.event
    @public
    async def enter(self):
        """Look at the link, without using it up: mail scanners open links too."""
        self.link, self.is_checked = LinkView(), False
        token = self.router.url.query_parameters.get("token", "")
        self.link = await db.in_thread(db.read, confirmations.peek, token=token)
        self.is_checked = True
