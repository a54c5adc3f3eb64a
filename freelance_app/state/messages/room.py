"""State of one conversation, on its own page and inside a proposal or contract."""

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import reflex as rx
from typing_extensions import TypedDict

from freelance_app.errors import DomainError
from freelance_app.integrations.push.registry import hub
from freelance_app.models import RoomKind
from freelance_app.security.policy import PublicId, signed_in
from freelance_app.services.instance import events
from freelance_app.services.messages import conversations, messages, windows
from freelance_app.services.messages.conversations import ConversationView, NewsView
from freelance_app.services.messages.windows import MessageView
from freelance_app.state.base import AppState, FormMixin, PageMixin
from freelance_app.state.feedback import focus_first_error
from freelance_app.state.live import SECONDS_AFTER_A_FAULT

log = logging.getLogger(__name__)
EMPTY_COMPOSER = "kit.sent()"


class MessageForm(TypedDict):
    """What the composer sends; the nonce stays the same until the browser knows it was taken."""

    room: PublicId
    body: str
    nonce: str


class RoomState(PageMixin, FormMixin, AppState):
    """A room with the messages that are on the page."""

    room: ConversationView = ConversationView()
    messages: list[MessageView] = []
    has_older: bool = False
    first_id: str = ""
    _read_up_to: str = ""

    if TYPE_CHECKING:
        room_id: str  # from the URL: Reflex adds them with the pages' routes
        proposal_id: str
        contract_id: str

    @rx.event
    @signed_in
    async def enter(self):
        """Load the room named in the URL, then listen for what others write."""
        if not self._stays():
            self._clear()
            yield
        await self._enter(conversations.get_view, room_id=self.room_id)
        if self.phase == "ready":
            yield RoomState.listen(self.room.id)

    @rx.event
    @signed_in
    async def enter_proposal(self):
        """Load the room of the proposal named in the URL."""
        if not self._stays():
            self._clear()
            yield
        subject = {"kind": RoomKind.PROPOSAL, "subject_id": self.proposal_id}
        await self._enter(conversations.get_view_of, **subject)
        if self.phase == "ready":
            yield RoomState.listen(self.room.id)

    @rx.event
    @signed_in
    async def enter_contract(self):
        """Load the room of the contract named in the URL."""
        if not self._stays():
            self._clear()
            yield
        subject = {"kind": RoomKind.CONTRACT, "subject_id": self.contract_id}
        await self._enter(conversations.get_view_of, **subject)
        if self.phase == "ready":
            yield RoomState.listen(self.room.id)

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self, room_id: PublicId):
        """Show what others write and read; Reflex cancels this when the page is left."""
        topic = events.room_topic(room_id)
        with hub.listen(topic) as changed:
            if hub.has_changed(topic, since=self._mark):
                changed.set()
            await self._try_again(self._mark_read, room_id, changed)
            while self._is_of(room_id):
                await changed.wait()
                changed.clear()
                await self._try_again(self._follow, room_id, changed)

    @rx.event
    @signed_in
    async def send(self, form: MessageForm):
        """Write a message; what was typed stays until it is stored."""
        words = {"body": form["body"], "nonce": form["nonce"]}
        sent = await self._try_write(messages.send, room_id=form["room"], **words)
        if sent is None:
            return focus_first_error()
        return rx.call_script(EMPTY_COMPOSER)

    @rx.event
    @signed_in
    async def older(self, room_id: PublicId, before: PublicId):
        """Show the messages before the first one on the page."""
        rows, self.has_older = await self._read(conversations.older, room_id=room_id, before=before)
        self._list(windows.joined(rows, self.messages))

    def _clear(self) -> None:
        self.phase, self.errors = "loading", {}
        self._show(ConversationView())
        self._read_up_to = ""

    async def _enter(self, service: Any, **arguments: Any) -> None:
        before, was_further = self.messages, self.has_older
        self._show(await self._load(service, **arguments) or ConversationView())
        if windows.meets(before, self.messages):  # the reader may have gone far back
            self.has_older = was_further
            self._join(before, self.messages)

    def _show(self, view: ConversationView) -> None:
        self.room, self.has_older = view.without_messages(), view.has_older
        self._list(view.messages)

    def _list(self, rows: list[MessageView]) -> None:
        self.messages, self.first_id = rows, rows[0].id if rows else ""

    async def _try_again(self, act: Any, room_id: str, changed: asyncio.Event) -> None:
        """Act, and after a fault read anew: nobody else says so. Only a refusal ends listening."""
        try:
            await act(room_id)
        except DomainError:
            raise
        except Exception:
            log.exception("a listener could not read; it goes on")
            await asyncio.sleep(SECONDS_AFTER_A_FAULT)
            changed.set()

    async def _follow(self, room_id: str) -> None:
        """Read outside the lock, then show under it."""
        while await self._catch_up(room_id):
            pass
        await self._mark_read(room_id)

    async def _catch_up(self, room_id: str) -> bool:
        """Show what is new under what is on the page; True when there is more to read."""
        if not (last := self._last()):
            view = await self._read(conversations.get_view, room_id=room_id)
            async with self:
                if not self._last() and self._is_of(room_id):
                    self._show(view)
            return False
        news = await self._read(conversations.get_news, room_id=room_id, last=last.id)
        async with self:
            if not self._is_of(room_id):
                return False
            if self._last() != last:  # the page was loaded anew meanwhile
                return True
            self._add(news)
        return news.has_more

    def _add(self, news: NewsView) -> None:
        if news.messages:
            self._join(self.messages, news.messages)
        if self.room.is_seen != news.is_seen:
            self.room = replace(self.room, is_seen=news.is_seen)

    def _join(self, earlier: list[MessageView], later: list[MessageView]) -> None:
        rows = windows.joined(earlier, later)
        self.has_older = self.has_older or len(rows) > windows.MOST_SHOWN
        self._list(windows.last_of(rows))

    def _last(self) -> MessageView | None:
        return self.messages[-1] if self.messages else None

    def _is_of(self, room_id: str) -> bool:
        return self.room.id in {"", room_id}

    async def _mark_read(self, room_id: str) -> None:
        """Note that the reader has the newest message before the eyes, once for each."""
        last = self._last()
        if not last or last.is_mine or last.id == self._read_up_to:
            return  # one's own is marked as it is written
        await self._write(messages.mark_read, room_id=room_id, message_id=last.id)
        async with self:
            self._read_up_to = last.id
