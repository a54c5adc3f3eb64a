"""State of the page of a proposal; its conversation is RoomState's."""

from typing import TYPE_CHECKING

import reflex as rx
from typing_extensions import TypedDict

from freelance_app.security.policy import signed_in
from freelance_app.services.hiring import proposal_views, proposals
from freelance_app.services.hiring.proposal_views import ProposalView
from freelance_app.services.instance import events
from freelance_app.state.base import AppState, FormMixin, PageMixin
from freelance_app.state.feedback import close_dialog, focus_first_error, toast
from freelance_app.state.live import keep_fresh
from freelance_app.text import _

DECLINE = "decline-proposal"


class DeclineProposalForm(TypedDict):
    """What the dialog that declines sends."""

    reason: str


class ProposalState(PageMixin, FormMixin, AppState):
    """A proposal with its letter."""

    proposal: ProposalView = ProposalView()

    if TYPE_CHECKING:
        proposal_id: str  # from the URL: Reflex adds it with the page's route

    @rx.event
    @signed_in
    async def enter(self):
        """Load the proposal named in the URL, note that it was opened, and listen."""
        if not self._stays():
            self.proposal, self.phase, self.errors = ProposalView(), "loading", {}
            yield
        found = await self._load(proposal_views.get_view, proposal_id=self.proposal_id)
        self.proposal = found or ProposalView()
        if self.phase != "ready":
            return
        if self.proposal.card.is_new:
            await self._write(proposals.mark_viewed, proposal_id=self.proposal_id)
        yield ProposalState.listen

    @rx.event
    @signed_in
    async def shortlist(self):
        """Put it on the short list."""
        await self._write(proposals.shortlist, proposal_id=self.proposal_id)
        self.proposal = await self._news()

    @rx.event
    @signed_in
    async def unlist(self):
        """Take it off the short list."""
        await self._write(proposals.unlist, proposal_id=self.proposal_id)
        self.proposal = await self._news()

    @rx.event
    @signed_in
    async def decline(self, form: DeclineProposalForm):
        """Decline with a reason; what was typed stays when it is refused."""
        asked = {"proposal_id": self.proposal_id, "reason": form["reason"]}
        await self._try_write(proposals.decline, **asked)
        if self.errors:
            return focus_first_error()
        self.proposal = await self._news()
        return [close_dialog(DECLINE), toast.success(_("Declined. The freelancer is told."))]

    @rx.event
    @signed_in
    async def withdraw(self):
        """Take the proposal back."""
        await self._write(proposals.withdraw, proposal_id=self.proposal_id)
        self.proposal = await self._news()
        return toast.success(_("Withdrawn. You may send another for this job."))

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Show what the other side does; Reflex cancels this when the page is left."""
        topic = events.proposal_topic(self.proposal_id)
        await keep_fresh(self, topic, self._news, self._show)

    async def _news(self) -> ProposalView:
        return await self._read(proposal_views.get_view, proposal_id=self.proposal_id)

    def _show(self, view: ProposalView) -> None:
        self.proposal = view
