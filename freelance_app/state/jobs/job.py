"""State of a job post's page."""

from typing import TYPE_CHECKING

import reflex as rx
from typing_extensions import TypedDict

from freelance_app import routes
from freelance_app.security.policy import signed_in
from freelance_app.services.hiring import applicants
from freelance_app.services.instance import events
from freelance_app.services.jobs import post_views, posts
from freelance_app.services.jobs.post_views import JobView
from freelance_app.state.base import AppState, FormMixin, PageMixin
from freelance_app.state.feedback import close_dialog, focus_first_error, toast
from freelance_app.state.live import keep_fresh
from freelance_app.text import _, ngettext

CLOSE = "close-job"


class CloseForm(TypedDict):
    """What the dialog that closes a post sends."""

    reason: str


class JobState(PageMixin, FormMixin, AppState):
    """One post, with what this reader may do with it."""

    job: JobView = JobView()

    if TYPE_CHECKING:
        job_id: str  # from the URL: Reflex adds it with the page's route

    @rx.event
    @signed_in
    async def enter(self):
        """Load the post, then listen for new proposals."""
        if not self._stays():
            self.job, self.phase, self.errors = JobView(), "loading", {}
            yield
        self.job = await self._load(post_views.get_view, job_id=self.job_id) or JobView()
        if self.phase == "ready":
            yield JobState.listen

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Count new proposals at once; Reflex cancels this when the page is left."""
        topic = events.person_topic(self._bound_to[0])
        await keep_fresh(self, topic, self._news, self._show)

    @rx.event
    @signed_in
    async def publish(self):
        """Show the draft to freelancers."""
        await self._write(posts.publish, job_id=self.job_id)
        self.job = await self._news()
        return toast.success(_("Published. Freelancers can see it now."))

    @rx.event
    @signed_in
    async def close(self, form: CloseForm):
        """Close the post and answer its open proposals; what was typed stays when refused."""
        asked = {"job_id": self.job_id, "reason": form["reason"]}
        told = await self._try_write(applicants.close_post, **asked)
        if told is None:
            return focus_first_error()
        self.job = await self._news()
        words = ngettext("Closed. {n} applicant is told.", "Closed. {n} applicants are told.", told)
        said = words.format(n=told) if told else _("Closed. Nobody had an open proposal.")
        return [close_dialog(CLOSE), toast.success(said)]

    @rx.event
    @signed_in
    async def delete(self):
        """Throw the draft away."""
        await self._write(posts.delete_draft, job_id=self.job_id)
        return [toast.success(_("Draft deleted.")), rx.redirect(routes.MY_JOBS)]

    async def _news(self) -> JobView:
        return await self._read(post_views.get_view, job_id=self.job_id)

    def _show(self, view: JobView) -> None:
        self.job = view
