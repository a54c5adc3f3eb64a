"""State of the page of a milestone: its history, and the form that hands in its work."""

from typing import TYPE_CHECKING

import reflex as rx
from typing_extensions import TypedDict

from freelance_app.security.policy import signed_in
from freelance_app.services.contracts import milestone_page, submissions
from freelance_app.services.contracts.milestone_page import MilestonePage
from freelance_app.services.instance import events, files
from freelance_app.state.base import AppState, FormMixin, PageMixin
from freelance_app.state.feedback import clear_files, focus_first_error, toast
from freelance_app.state.live import keep_fresh
from freelance_app.text import _


class WorkForm(TypedDict):
    """What the form sends: a note, and the ids of uploads with commas between."""

    note: str
    files: str


class MilestoneState(PageMixin, FormMixin, AppState):
    """One milestone with all that was handed in for it."""

    page: MilestonePage = MilestonePage()

    if TYPE_CHECKING:
        contract_id: str  # from the URL: Reflex adds them with the page's route
        milestone_id: str

    @rx.event
    @signed_in
    async def enter(self):
        """Load the milestone named in the URL, then listen for what others change."""
        if not self._stays():
            self.page, self.phase, self.errors = MilestonePage(), "loading", {}
            yield
        self.page = await self._load(milestone_page.get_page, **self._ids()) or MilestonePage()
        if self.phase == "ready":
            yield MilestoneState.listen

    @rx.event
    @signed_in
    async def submit(self, form: WorkForm):
        """Hand in the work; what was typed stays when it is refused."""
        await self._try_write(
            submissions.submit,
            milestone_id=self.milestone_id,
            note=form["note"],
            file_ids=files.split_ids(form["files"]),
        )
        if self.errors:
            return focus_first_error()
        self.page = await self._news()
        return [clear_files(), toast.success(_("Submitted. The review has begun."))]

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Show what others change; Reflex cancels this when the page is left."""
        topic = events.contract_topic(self.contract_id)
        await keep_fresh(self, topic, self._news, self._show)

    async def _news(self) -> MilestonePage:
        return await self._read(milestone_page.get_page, **self._ids())

    def _ids(self) -> dict[str, str]:
        return {"contract_id": self.contract_id, "milestone_id": self.milestone_id}

    def _show(self, page: MilestonePage) -> None:
        self.page = page
