"""State of the page that lists the person's signed-in browsers."""

import reflex as rx

from freelance_app.security.policy import PublicId, signed_in
from freelance_app.services.accounts import sessions
from freelance_app.services.accounts.sessions import SessionView
from freelance_app.state.base import AppState, PageMixin
from freelance_app.state.feedback import toast
from freelance_app.text import _


class SecurityState(PageMixin, AppState):
    """The sessions of the person."""

    sessions: list[SessionView] = []
    has_others: bool = False

    @rx.event
    @signed_in
    async def enter(self):
        """Load the list."""
        self.sessions, self.phase = [], "loading"
        yield
        await self._show()

    @rx.event
    @signed_in
    async def reload(self):
        """Show the list as it is now."""
        await self._show()

    @rx.event
    @signed_in
    async def revoke(self, session_id: PublicId):
        """End one session; it is refused at its next event."""
        try:
            await self._write(sessions.revoke, session_id=session_id)
            yield toast.success(_("That browser is signed out."))
        finally:
            yield SecurityState.reload

    @rx.event
    @signed_in
    async def revoke_others(self):
        """End every session but this one."""
        await self._write(sessions.revoke_others, this_token=self._token())
        yield toast.success(_("All other browsers are signed out."))
        yield SecurityState.reload

    async def _show(self) -> None:
        self.sessions = await self._load(sessions.list_for, this_token=self._token()) or []
        self.has_others = len(self.sessions) > 1
