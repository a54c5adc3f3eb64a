"""State of the list of proposals that the actor's party sent."""

import reflex as rx

from freelance_app.security.policy import signed_in
from freelance_app.services.hiring import proposal_views
from freelance_app.services.hiring.proposal_views import ProposalsPage
from freelance_app.services.instance import events
from freelance_app.services.instance.keyset import Place
from freelance_app.state.base import AppState, PageMixin
from freelance_app.state.live import keep_fresh


class ProposalsState(PageMixin, AppState):
    """What was sent, a page at a time; the place is in the address."""

    sent: ProposalsPage = ProposalsPage()
    _place: Place = Place()

    @rx.event
    @signed_in
    async def enter(self):
        """Load the page that the address names, then listen for answers."""
        self.sent, self.phase = ProposalsPage(), "loading"
        query = self.router.url.query_parameters
        self._place = Place(query.get("before", ""), query.get("after", ""))
        yield
        self.sent = await self._load(proposal_views.list_own, place=self._place) or ProposalsPage()
        if self.phase == "ready":
            yield ProposalsState.listen

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Show answers at once; Reflex cancels this when the page is left."""
        topic = events.person_topic(self._bound_to[0])
        await keep_fresh(self, topic, self._news, self._show)

    async def _news(self) -> ProposalsPage:
        return await self._read(proposal_views.list_own, place=self._place)

    def _show(self, view: ProposalsPage) -> None:
        self.sent = view
