"""State of the list of a company's own posts."""

import reflex as rx

from freelance_app.security.policy import signed_in
from freelance_app.services.instance import events
from freelance_app.services.instance.keyset import Place
from freelance_app.services.jobs import post_views
from freelance_app.services.jobs.post_views import Board
from freelance_app.state.base import AppState, PageMixin
from freelance_app.state.live import keep_fresh


class MyJobsState(PageMixin, AppState):
    """The posts of the acting company, a page at a time; the place is in the address."""

    board: Board = Board()
    _place: Place = Place()

    @rx.event
    @signed_in
    async def enter(self):
        """Load the page that the address names, then listen for new proposals."""
        self.board, self.phase = Board(), "loading"
        query = self.router.url.query_parameters
        self._place = Place(query.get("before", ""), query.get("after", ""))
        yield
        self.board = await self._load(post_views.list_own, place=self._place) or Board()
        if self.phase == "ready":
            yield MyJobsState.listen

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Count new proposals at once; Reflex cancels this when the page is left."""
        topic = events.person_topic(self._bound_to[0])
        await keep_fresh(self, topic, self._news, self._show)

    async def _news(self) -> Board:
        return await self._read(post_views.list_own, place=self._place)

    def _show(self, board: Board) -> None:
        self.board = board
