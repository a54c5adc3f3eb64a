"""State of the list of conversations."""

import reflex as rx

from freelance_app.security.policy import PublicId, signed_in
from freelance_app.services.instance import events
from freelance_app.services.messages import rooms
from freelance_app.services.messages.rooms import RoomsPage, RoomSummary
from freelance_app.state.base import AppState, PageMixin
from freelance_app.state.live import ASIDE, keep_fresh


class RoomsState(PageMixin, AppState):
    """The reader's conversations, the newest first."""

    rooms: list[RoomSummary] = []
    before: str = ""

    @rx.event
    @signed_in
    async def enter(self):
        """Load the newest conversations, then listen for what changes."""
        if not self.rooms:  # from one room to the next the list stays
            self.phase = "loading"
            yield
        page = await self._load(rooms.list_for) or RoomsPage()
        self.rooms, self.before = page.rooms, page.before
        if self.phase == "ready":
            yield RoomsState.listen

    @rx.event
    @signed_in
    async def more(self, before: PublicId):
        """Show older conversations under those on the page."""
        page = await self._read(rooms.list_for, before=before)
        shown = {room.id for room in page.rooms}
        kept = [room for room in self.rooms if room.id not in shown]
        self.rooms, self.before = [*kept, *page.rooms], page.before

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Show new messages in the list; Reflex cancels this when the page is left."""
        topic = events.inbox_topic(self._bound_to[0])
        await keep_fresh(self, topic, self._news, self._show, pause=ASIDE)

    async def _news(self) -> RoomsPage:
        return await self._read(rooms.list_for)

    def _show(self, page: RoomsPage) -> None:
        """Put the newest conversations on top of those that were asked for by `more`."""
        newest = {room.id for room in page.rooms}
        is_all = len(self.rooms) <= len(page.rooms)
        kept = [] if is_all else [room for room in self.rooms if room.id not in newest]
        self.rooms = [*page.rooms, *kept]
        self.before = page.before if is_all else self.before
