"""State of the page that funds milestones."""

from typing import TYPE_CHECKING, Annotated

import reflex as rx
from pydantic import Field

from freelance_app import routes
from freelance_app.security.policy import PublicId, signed_in
from freelance_app.services.contracts import funding
from freelance_app.services.contracts.funding import FundingView
from freelance_app.services.instance import events
from freelance_app.state.base import AppState, PageMixin
from freelance_app.state.feedback import toast
from freelance_app.state.live import keep_fresh
from freelance_app.text import _


class FundingState(PageMixin, AppState):
    """The milestones that can be funded, and which of them are chosen."""

    funding: FundingView = FundingView()
    _chosen: list[str] | None = None

    if TYPE_CHECKING:
        contract_id: str  # from the URL: Reflex adds it with the page's route

    @rx.event
    @signed_in
    async def enter(self):
        """Load what can be funded, the first milestone chosen, then listen for what changes."""
        if not self._stays():
            self.funding, self.phase, self._chosen = FundingView(), "loading", None
            yield
        arguments = {"contract_id": self.contract_id, "chosen": self._chosen}
        self.funding = await self._load(funding.get_view, **arguments) or FundingView()
        if self.phase == "ready":
            yield FundingState.listen

    @rx.event
    @signed_in
    async def choose(self, milestone_id: PublicId):
        """Choose a milestone too, or leave it out again."""
        chosen = self.funding.chosen
        without = [each for each in chosen if each != milestone_id]
        self._chosen = without if milestone_id in chosen else [*chosen, milestone_id]
        self.funding = await self._news()

    @rx.event
    @signed_in
    async def fund(
        self, milestone_ids: Annotated[list[PublicId], Field(min_length=1, max_length=20)]
    ):
        """Fund milestones; where the wallet lacks money, show where to send it."""
        asked = {"milestone_ids": milestone_ids}
        deposit_id = await self._write(funding.fund_or_deposit, **asked)
        if deposit_id:
            return rx.redirect(routes.deposit(deposit_id))
        done = toast.success(_("Funded. The work can start."))
        return [done, rx.redirect(routes.contract(self.contract_id))]

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Show what changes, such as money that arrives; Reflex cancels this with the page."""
        topic = events.person_topic(self._bound_to[0])
        await keep_fresh(self, topic, self._news_of_choice, self._show)

    async def _news(self) -> FundingView:
        arguments = {"contract_id": self.contract_id, "chosen": self._chosen}
        return await self._read(funding.get_view, **arguments)

    async def _news_of_choice(self) -> tuple[list[str] | None, FundingView]:
        return self._chosen, await self._news()

    def _show(self, news: tuple[list[str] | None, FundingView]) -> None:
        """Show what changed, unless the choice became another while it was read."""
        chosen, view = news
        if chosen == self._chosen:
            self.funding = view
