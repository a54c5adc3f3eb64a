"""State of the list of contracts."""

import reflex as rx

from freelance_app.security.policy import signed_in
from freelance_app.services.contracts import contracts
from freelance_app.services.contracts.contracts import ContractsView
from freelance_app.services.instance import events
from freelance_app.services.instance.keyset import Place
from freelance_app.state.base import AppState, PageMixin
from freelance_app.state.live import keep_fresh


class ContractsState(PageMixin, AppState):
    """The contracts of the acting party, a page at a time; the place is in the address."""

    contracts: ContractsView = ContractsView()
    _place: Place = Place()

    @rx.event
    @signed_in
    async def enter(self):
        """Load the page that the address names, then listen for what changes."""
        self.contracts, self.phase = ContractsView(), "loading"
        query = self.router.url.query_parameters
        self._place = Place(query.get("before", ""), query.get("after", ""))
        yield
        self.contracts = await self._load(contracts.list_for, place=self._place) or ContractsView()
        if self.phase == "ready":
            yield ContractsState.listen

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Show what changes; Reflex cancels this when the page is left."""
        topic = events.person_topic(self._bound_to[0])
        await keep_fresh(self, topic, self._news, self._show)

    async def _news(self) -> ContractsView:
        return await self._read(contracts.list_for, place=self._place)

    def _show(self, view: ContractsView) -> None:
        self.contracts = view
