"""State of one conversation, on its own page and inside a proposal or contract."""

import asyncio
import logging
from typing import TYPE_CHECKING, Any

import reflex as rx
from typing_extensions import TypedDict

from freelance_app.errors import DomainError
from freelance_app.integrations.push.registry import hub
from freelance_app.models import RoomKind
from freelance_app.security.policy import PublicId, signed_in
from freelance_app.services.instance import events
from freelance_app.services.messages import conversations, messages
from freelance_app.services.messages.conversations import ConversationView
from freelance_app.services.messages.messages import MessageView
from freelance_app.state.base import AppState, FormMixin, PageMixin
from freelance_app.state.feedback import focus_first_error

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
        self._clear()
        yield
        await self._enter(conversations.get_view, room_id=self.room_id)
        if self.phase == "ready":
            yield RoomState.listen(self.room.id)

    @rx.event
    @signed_in
    async def enter_proposal(self):
        """Load the room of the proposal named in the URL."""
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
        with hub.listen(events.room_topic(room_id)) as changed:
            while self.room.id in {"", room_id}:
                changed.clear()
                await self._follow(room_id)
                await changed.wait()

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
        self._list([*rows, *self.messages])

    def _clear(self) -> None:
        self.phase, self.errors = "loading", {}
        self._show(ConversationView())
        self._read_up_to = ""

    async def _enter(self, service: Any, **arguments: Any) -> None:
        self._show(await self._load(service, **arguments) or ConversationView())

    def _show(self, view: ConversationView) -> None:
        self.room, self.has_older = view.without_messages(), view.has_older
        self._list(view.messages)

    def _list(self, rows: list[MessageView]) -> None:
        self.messages = messages.with_days(rows)
        self.first_id = rows[0].id if rows else ""

    async def _follow(self, room_id: str) -> None:
        """Read outside the lock, then assign under it; only a refusal ends the listening."""
        try:
            view = await self._read(
                conversations.get_view, room_id=room_id, since=(since := self.first_id)
            )
            async with self:
                is_same = self.first_id == since  # else older ones came meanwhile: read again
                if is_same and self.room.id in {"", room_id}:
                    self._show(view)
            await (self._mark_read(view) if is_same else self._follow(room_id))
        except DomainError:
            raise
        except Exception:
            log.exception("a listener could not read; it goes on")
            await asyncio.sleep(1)

    async def _mark_read(self, view: ConversationView) -> None:
        """Note that the reader has the newest message before the eyes, once for each."""
        newest = view.messages[-1].id if view.messages else ""
        if newest in {"", self._read_up_to}:
            return
        await self._write(messages.mark_read, room_id=view.id, message_id=newest)
        async with self:
            self._read_up_to = newest
