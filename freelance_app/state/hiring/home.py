"""State of the first page."""

import reflex as rx

from freelance_app.security.policy import signed_in
from freelance_app.services.hiring import home
from freelance_app.services.hiring.home import HomeView
from freelance_app.services.instance import events
from freelance_app.state.base import AppState, PageMixin
from freelance_app.state.live import keep_fresh


class HomeState(PageMixin, AppState):
    """What waits for the actor, money, the coming days, what others did."""

    home: HomeView = HomeView()

    @rx.event
    @signed_in
    async def enter(self):
        """Load the page, then listen for what the person is told."""
        self.home, self.phase = HomeView(), "loading"
        yield
        self.home = await self._load(home.get_view) or HomeView()
        if self.phase == "ready":
            yield HomeState.listen

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Show news at once; Reflex cancels this when the page is left."""
        topic = events.person_topic(self._bound_to[0])
        await keep_fresh(self, topic, self._news, self._show)

    async def _news(self) -> HomeView:
        return await self._read(home.get_view)

    def _show(self, view: HomeView) -> None:
        self.home = view
