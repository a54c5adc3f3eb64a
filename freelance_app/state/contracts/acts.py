"""What a client does with submitted or held work, from the contract or the milestone's page.

The pages hear of the change by their contract's topic and show it by themselves.
"""

from typing import Annotated

import reflex as rx
from pydantic import StringConstraints
from typing_extensions import TypedDict

from freelance_app.errors import InvalidError
from freelance_app.money import Money
from freelance_app.security.policy import PublicId, signed_in
from freelance_app.services.contracts import releases, submissions
from freelance_app.state.base import AppState, FormMixin
from freelance_app.state.feedback import close_dialog, focus_first_error, toast
from freelance_app.text import _

CHANGES, PART = "changes", "part"
Number = Annotated[str, StringConstraints(pattern=r"^\d{1,9}$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class ChangesForm(TypedDict):
    """What the dialog that asks for changes sends."""

    milestone: PublicId
    words: str


class PartForm(TypedDict):
    """What the dialog that releases a part sends; `payment` is the payment that it showed."""

    milestone: PublicId
    payment: Number
    amount: str


class ActsState(FormMixin, AppState):
    """The dialogs of review and release; `part` is the amount typed so far, as it will be read."""

    part: str = ""

    @rx.event
    @signed_in
    async def approve(self, milestone_id: PublicId):
        """Accept the submitted work and pay all that is held for it."""
        await self._write(releases.approve, milestone_id=milestone_id)
        return toast.success(_("Released. The freelancer is told."))

    @rx.event
    @signed_in
    async def release(self, milestone_id: PublicId):
        """Pay all that is held for a milestone."""
        await self._write(releases.release, milestone_id=milestone_id)
        return toast.success(_("Released. The freelancer is told."))

    @rx.event
    @signed_in
    async def request_changes(self, form: ChangesForm):
        """Ask for changes; what was typed stays when it is refused."""
        asked = {"milestone_id": form["milestone"], "words": form["words"]}
        await self._try_write(submissions.request_changes, **asked)
        if self.errors:
            return focus_first_error()
        return [close_dialog(CHANGES), toast.success(_("Asked for changes. The clock stands."))]

    @rx.event
    @signed_in
    async def part_typed(self, amount: str, currency: Currency):
        """Show the amount as it will be read, in the button that pays it."""
        try:
            self.part = Money.parse(amount, currency).format()
        except InvalidError:
            self.part = ""

    @rx.event
    @signed_in
    async def release_part(self, form: PartForm):
        """Pay a part of what is held; a second press of the same dialog pays nothing."""
        asked = {"amount": form["amount"], "payment": int(form["payment"])}
        await self._try_write(releases.release, milestone_id=form["milestone"], **asked)
        if self.errors:
            return focus_first_error()
        self.part = ""
        return [close_dialog(PART), toast.success(_("Released. The rest stays held."))]

    @rx.event
    @signed_in
    async def begin(self):
        """Forget what an earlier dialog refused."""
        self.errors, self.part = {}, ""
