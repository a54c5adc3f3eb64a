"""State of the proposals that a post received."""

from typing import TYPE_CHECKING

import reflex as rx

from freelance_app.security.policy import signed_in
from freelance_app.services.hiring import proposal_views
from freelance_app.services.hiring.proposal_views import ProposalsPage
from freelance_app.services.instance import events
from freelance_app.services.instance.keyset import Place
from freelance_app.state.base import AppState, PageMixin
from freelance_app.state.live import keep_fresh


class InboxState(PageMixin, AppState):
    """What a post received, a page at a time; the place is in the address."""

    inbox: ProposalsPage = ProposalsPage()
    _place: Place = Place()

    if TYPE_CHECKING:
        job_id: str  # from the URL: Reflex adds it with the page's route

    @rx.event
    @signed_in
    async def enter(self):
        """Load the page that the address names, then listen for new proposals."""
        self.inbox, self.phase = ProposalsPage(), "loading"
        query = self.router.url.query_parameters
        self._place = Place(query.get("before", ""), query.get("after", ""))
        yield
        arguments = {"job_id": self.job_id, "place": self._place}
        self.inbox = await self._load(proposal_views.list_for_job, **arguments) or ProposalsPage()
        if self.phase == "ready":
            yield InboxState.listen

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Show new proposals at once; Reflex cancels this when the page is left."""
        topic = events.person_topic(self._bound_to[0])
        await keep_fresh(self, topic, self._news, self._show)

    async def _news(self) -> ProposalsPage:
        arguments = {"job_id": self.job_id, "place": self._place}
        return await self._read(proposal_views.list_for_job, **arguments)

    def _show(self, view: ProposalsPage) -> None:
        self.inbox = view
