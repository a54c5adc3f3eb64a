"""State of the page of notices."""

import json

import reflex as rx

from freelance_app import routes
from freelance_app.security.policy import PublicId, signed_in
from freelance_app.services.accounts import doors
from freelance_app.services.instance import events, notices
from freelance_app.services.instance.keyset import Place
from freelance_app.services.instance.notices import NoticesView
from freelance_app.state.base import AppState, PageMixin
from freelance_app.state.live import keep_fresh


class NotificationsState(PageMixin, AppState):
    """What the person was told, a page at a time; the place is in the address."""

    notices: NoticesView = NoticesView()
    _place: Place = Place()

    @rx.event
    @signed_in
    async def enter(self):
        """Load the page that the address names, then listen for what is new."""
        self.notices, self.phase = NoticesView(), "loading"
        query = self.router.url.query_parameters
        self._place = Place(query.get("before", ""), query.get("after", ""))
        yield
        self.notices = await self._load(notices.list_for, place=self._place) or NoticesView()
        if self.phase == "ready":
            yield NotificationsState.listen

    @rx.event
    @signed_in
    async def open_notice(self, notice_id: PublicId):
        """Mark a notice and open its page, as the party of the person's that it belongs to."""
        token = self._token()
        opened = await self._write(doors.open_notice, notice_id=notice_id, session_token=token)
        if not opened.door.party_id:
            return rx.redirect(opened.href)
        there = routes.with_query(opened.href, acting="1")
        return rx.call_script(f"window.location.assign({json.dumps(there)})")

    @rx.event
    @signed_in
    async def mark_all_read(self):
        """Mark every notice of the person."""
        await self._write(notices.mark_all_read)
        self.notices = await self._news()

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Show new notices at once; Reflex cancels this when the page is left."""
        topic = events.person_topic(self._bound_to[0])
        await keep_fresh(self, topic, self._news, self._show)

    async def _news(self) -> NoticesView:
        return await self._read(notices.list_for, place=self._place)

    def _show(self, view: NoticesView) -> None:
        self.notices = view
