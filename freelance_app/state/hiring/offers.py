"""State of the list of offers."""

import reflex as rx

from freelance_app.security.policy import signed_in
from freelance_app.services.hiring import offer_lists
from freelance_app.services.hiring.offer_lists import OffersView
from freelance_app.services.instance import events
from freelance_app.services.instance.keyset import Place
from freelance_app.state.base import AppState, PageMixin
from freelance_app.state.live import keep_fresh


class OffersState(PageMixin, AppState):
    """The offers of the acting party, a page at a time; the place is in the address."""

    offers: OffersView = OffersView()
    _place: Place = Place()

    @rx.event
    @signed_in
    async def enter(self):
        """Load the page that the address names, then listen for what changes."""
        self.offers, self.phase = OffersView(), "loading"
        query = self.router.url.query_parameters
        self._place = Place(query.get("before", ""), query.get("after", ""))
        yield
        self.offers = await self._load(offer_lists.list_for, place=self._place) or OffersView()
        if self.phase == "ready":
            yield OffersState.listen

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Show what changes; Reflex cancels this when the page is left."""
        topic = events.person_topic(self._bound_to[0])
        await keep_fresh(self, topic, self._news, self._show)

    async def _news(self) -> OffersView:
        return await self._read(offer_lists.list_for, place=self._place)

    def _show(self, view: OffersView) -> None:
        self.offers = view
