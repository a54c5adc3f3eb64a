"""What a client does with submitted or held work, from the contract or the milestone's page.

The pages hear of the change by their contract's topic and show it by themselves. An open dialog
stays about what it was opened with, whatever the page behind it shows meanwhile.
"""

from typing import Annotated, Literal

import reflex as rx
from pydantic import StringConstraints
from typing_extensions import TypedDict

from freelance_app.errors import InvalidError
from freelance_app.money import Money
from freelance_app.security.policy import signed_in
from freelance_app.services.contracts import milestone_views, releases, submissions
from freelance_app.services.contracts.milestone_views import NOT_ASKED, AskedView, parts_of
from freelance_app.state.base import AppState, FormMixin
from freelance_app.state.feedback import close_dialog, focus_first_error, open_dialog, toast
from freelance_app.text import _

Dialog = Literal["approve", "release", "changes", "part"]
APPROVE: Dialog = "approve"
RELEASE: Dialog = "release"
CHANGES: Dialog = "changes"
PART: Dialog = "part"
OF_REVIEW = (APPROVE, CHANGES)
Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{20}-[0-9]{1,9}$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class ChangesForm(TypedDict):
    """What the dialog that asks for changes sends."""

    key: Key
    words: str


class PartForm(TypedDict):
    """What the dialog that releases a part sends."""

    key: Key
    amount: str


class ActsState(FormMixin, AppState):
    """The dialogs of review and release; `part` is the amount typed so far, as it will be read."""

    asked: AskedView = NOT_ASKED
    part: str = ""

    @rx.event
    @signed_in
    async def choose(self, key: Key, dialog_id: Dialog):
        """Ask about a milestone and its next payment, as the pressed button showed them."""
        milestone_id, payment = parts_of(key)
        self.asked = await self._read(
            milestone_views.get_asked,
            milestone_id=milestone_id,
            payment=payment,
            in_review=dialog_id in OF_REVIEW,
        )
        self.errors, self.part = {}, ""
        return open_dialog(dialog_id, self.asked.key)

    @rx.event
    @signed_in
    async def approve(self, key: Key):
        """Accept the submitted work and pay all that is held for it."""
        milestone_id, payment = parts_of(key)
        await self._write(releases.approve, milestone_id=milestone_id, payment=payment)
        return toast.success(_("Released. The freelancer is told."))

    @rx.event
    @signed_in
    async def release(self, key: Key):
        """Pay all that is held for a milestone."""
        milestone_id, payment = parts_of(key)
        await self._write(releases.release, milestone_id=milestone_id, payment=payment)
        return toast.success(_("Released. The freelancer is told."))

    @rx.event
    @signed_in
    async def request_changes(self, form: ChangesForm):
        """Ask for changes; what was typed stays when it is refused."""
        milestone_id, _payment = parts_of(form["key"])
        asked = {"milestone_id": milestone_id, "words": form["words"]}
        await self._try_write(submissions.request_changes, **asked)
        if self.errors:
            return focus_first_error()
        self.asked = NOT_ASKED
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
        milestone_id, payment = parts_of(form["key"])
        asked = {"milestone_id": milestone_id, "payment": payment, "amount": form["amount"]}
        has_rest = await self._try_write(releases.release, **asked)
        if self.errors:
            return focus_first_error()
        self.asked, self.part = NOT_ASKED, ""
        rest, all_of_it = (
            _("Released. The rest stays held."),
            _("Released. The freelancer is told."),
        )
        return [close_dialog(PART), toast.success(rest if has_rest else all_of_it)]
