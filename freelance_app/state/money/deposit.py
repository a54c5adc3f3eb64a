"""State of the page of one deposit."""

from typing import TYPE_CHECKING

import reflex as rx

from freelance_app.security.policy import signed_in
from freelance_app.services.instance import events
from freelance_app.services.money import deposits
from freelance_app.services.money.deposit_views import DepositView
from freelance_app.state.base import AppState, PageMixin
from freelance_app.state.feedback import toast
from freelance_app.state.live import keep_fresh
from freelance_app.text import _


class DepositState(PageMixin, AppState):
    """A deposit with the account to pay into."""

    deposit: DepositView = DepositView()

    if TYPE_CHECKING:
        deposit_id: str  # from the URL: Reflex adds it with the page's route

    @rx.event
    @signed_in
    async def enter(self):
        """Load the deposit named in the URL, then listen for its money."""
        self.deposit, self.phase = DepositView(), "loading"
        yield
        asked = {"deposit_id": self.deposit_id}
        self.deposit = await self._load(deposits.get_view, **asked) or DepositView()
        if self.phase == "ready":
            yield DepositState.listen

    @rx.event
    @signed_in
    async def cancel(self):
        """Give the deposit up."""
        await self._write(deposits.cancel, deposit_id=self.deposit_id)
        self.deposit = await self._news()
        return toast.success(_("Given up. Do not send the money any more."))

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Show that the money has arrived; Reflex cancels this when the page is left."""
        topic = events.person_topic(self._bound_to[0])
        await keep_fresh(self, topic, self._news, self._show)

    async def _news(self) -> DepositView:
        return await self._read(deposits.get_view, deposit_id=self.deposit_id)

    def _show(self, view: DepositView) -> None:
        self.deposit = view
