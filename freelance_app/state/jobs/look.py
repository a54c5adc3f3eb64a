"""State of the sheet that shows one post beside the board's list."""

from collections.abc import Sequence
from dataclasses import dataclass

import reflex as rx

from freelance_app.security.policy import PublicId, signed_in
from freelance_app.services.jobs import post_views
from freelance_app.services.jobs.post_views import JobView
from freelance_app.state.base import AppState, PageMixin
from freelance_app.state.feedback import close_dialog, show_in_sheet
from freelance_app.state.jobs.jobs import JobsState
from freelance_app.text import _

LOOK_SHEET = "job-sheet"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a post stands in the list, with the ids of its neighbours; empty for none."""

    words: str = ""
    before: str = ""
    after: str = ""


def spot_of(job_id: str, ids: Sequence[str]) -> Spot:
    """Return where a post stands in a list; one that is in no list has no neighbours."""
    if job_id not in ids:
        return Spot()
    at = ids.index(job_id)
    words = _("{number} of {all}").format(number=at + 1, all=len(ids))
    before, after = ids[max(0, at - 1) : at], ids[at + 1 : at + 2]
    return Spot(words, "".join(before), "".join(after))


class LookState(PageMixin, AppState):
    """The post that is looked at; the list behind it stays as it is."""

    job: JobView = JobView()
    spot: Spot = Spot()
    looked_at: str = ""

    @rx.event
    @signed_in
    async def leave(self):
        """Close the sheet when the list becomes another one."""
        self.job, self.spot, self.looked_at = JobView(), Spot(), ""
        return close_dialog(LOOK_SHEET)

    @rx.event(supersedes=True)
    @signed_in
    async def look(self, job_id: PublicId):
        """Show a post of the list, which the browser has opened the sheet for."""
        listed = await self.get_state(JobsState)
        self.job = await self._load(post_views.get_view, job_id=job_id) or JobView()
        self.spot = spot_of(job_id, [each.id for each in listed.jobs])
        self.looked_at = job_id
        return show_in_sheet(LOOK_SHEET, job_id)
