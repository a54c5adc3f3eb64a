"""State of the form of a proposal."""

from typing import TYPE_CHECKING

import reflex as rx
from typing_extensions import TypedDict

from freelance_app import routes
from freelance_app.security.policy import signed_in
from freelance_app.services.hiring import apply_views, proposals
from freelance_app.services.hiring.apply_views import ApplyView
from freelance_app.services.hiring.proposal_forms import ProposalForm
from freelance_app.state.base import AppState, FormMixin, PageMixin
from freelance_app.state.feedback import focus_first_error, forget_typed, toast
from freelance_app.text import _


class ApplyForm(TypedDict):
    """What the form sends."""

    letter: str
    bid: str
    days: str


class ApplyState(PageMixin, FormMixin, AppState):
    """A post with the form that answers it."""

    apply: ApplyView = ApplyView()
    net: str = ""

    if TYPE_CHECKING:
        job_id: str  # from the URL: Reflex adds it with the page's route

    @rx.event
    @signed_in
    async def enter(self):
        """Load the form for the post named in the URL."""
        self.apply, self.net, self.errors, self.phase = ApplyView(), "", {}, "loading"
        self._keep_typed()
        yield
        self.apply = await self._load(apply_views.get_view, job_id=self.job_id) or ApplyView()

    @rx.event(supersedes=True)
    @signed_in
    async def bid_typed(self, typed: str):
        """Say what the freelancer receives, where the instance takes a fee."""
        if self.apply.has_fee:
            self.net = await self._read(apply_views.net_of, job_id=self.job_id, bid=typed)

    @rx.event
    @signed_in
    async def send(self, form: ApplyForm):
        """Send the proposal; every refused field says why and what was typed stays."""
        asked = {"job_id": self.job_id, "form": ProposalForm(**form)}
        sent = await self._try_write(proposals.send, **asked)
        if sent is None:
            return focus_first_error()
        done = [toast.success(_("Proposal sent.")), forget_typed(routes.job_apply(self.job_id))]
        return [*done, rx.redirect(routes.proposal(sent))]
