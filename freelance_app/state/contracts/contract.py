"""State of the pages of a contract."""

from typing import TYPE_CHECKING

import reflex as rx

from freelance_app.security.policy import signed_in
from freelance_app.services.contracts import workroom
from freelance_app.services.contracts.workroom import Part, WorkroomView
from freelance_app.services.instance import events
from freelance_app.state.base import AppState, PageMixin
from freelance_app.state.live import keep_fresh


class ContractState(PageMixin, AppState):
    """A contract with the part of it that the open page shows."""

    room: WorkroomView = WorkroomView()
    _part: Part = "overview"

    if TYPE_CHECKING:
        contract_id: str  # from the URL: Reflex adds it with the page's route

    @rx.event
    @signed_in
    async def enter(self):
        """Load the overview."""
        self._begin("overview")
        yield
        yield await self._fill()

    @rx.event
    @signed_in
    async def enter_messages(self):
        """Load what stands round the conversation."""
        self._begin("messages")
        yield
        yield await self._fill()

    @rx.event
    @signed_in
    async def enter_files(self):
        """Load every file."""
        self._begin("files")
        yield
        yield await self._fill()

    @rx.event
    @signed_in
    async def enter_money(self):
        """Load the contract's books."""
        self._begin("money")
        yield
        yield await self._fill()

    @rx.event
    @signed_in
    async def enter_terms(self):
        """Load the signed terms."""
        self._begin("terms")
        yield
        yield await self._fill()

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Show what others change; Reflex cancels this when the page is left."""
        topic = events.contract_topic(self.contract_id)
        await keep_fresh(self, topic, self._news, self._show)

    def _begin(self, part: Part) -> None:
        """Empty the page; from one tab of a contract to the next its head stays."""
        if self.room.id != self.contract_id:
            self.room, self.phase = WorkroomView(), "loading"
        self._part = part

    async def _fill(self):
        arguments = {"contract_id": self.contract_id, "part": self._part}
        self.room = await self._load(workroom.get_view, **arguments) or WorkroomView()
        return ContractState.listen if self.phase == "ready" else None

    async def _news(self) -> WorkroomView:
        arguments = {"contract_id": self.contract_id, "part": self._part}
        return await self._read(workroom.get_view, **arguments)

    def _show(self, view: WorkroomView) -> None:
        self.room = view
