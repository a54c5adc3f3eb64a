"""State of the form of an offer."""

from typing import TYPE_CHECKING, Annotated

import reflex as rx
from pydantic import StringConstraints

from freelance_app import routes
from freelance_app.security.policy import signed_in
from freelance_app.services.hiring import offer_drafts, offer_terms, offers
from freelance_app.services.hiring.offer_drafts import MilestoneDraft, OfferDraft
from freelance_app.services.hiring.offer_terms import MilestoneForm, OfferForm
from freelance_app.state.base import AppState, FormMixin, PageMixin
from freelance_app.state.feedback import focus_first_error, toast
from freelance_app.text import _

Key = Annotated[str, StringConstraints(pattern=r"^\d{1,4}$")]


class OfferFormState(PageMixin, FormMixin, AppState):
    """The form, its rows of milestones and their sum so far."""

    draft: OfferDraft = OfferDraft()
    rows: list[MilestoneDraft] = []
    total: str = ""
    _amounts: dict[str, str] = {}
    _last_key: int = 1

    if TYPE_CHECKING:
        proposal_id: str  # from the URL: Reflex adds it with the page's route

    @rx.event
    @signed_in
    async def enter(self):
        """Load the form, filled from the post and the bid."""
        if not (is_kept := self._stays()):
            self.draft, self.rows, self.total = OfferDraft(), [], ""
            self.phase, self.errors = "loading", {}
            yield
        arguments = {"proposal_id": self.proposal_id}
        draft = await self._load(offer_drafts.get_draft, **arguments)
        if draft and is_kept:  # rows that were added, and what is typed into them
            return
        self.draft = draft or OfferDraft()
        self.rows, self._last_key = [self.draft.first], int(self.draft.first.key)
        self._amounts = {self.draft.first.key: self.draft.first.amount}
        if self.phase == "ready":
            await self._sum()

    @rx.event
    @signed_in
    async def add_milestone(self):
        """Add an empty row at the end."""
        if len(self.rows) < offer_terms.MOST_MILESTONES:
            self._last_key += 1
            self.rows = [*self.rows, MilestoneDraft(str(self._last_key))]

    @rx.event
    @signed_in
    async def remove_milestone(self, key: Key):
        """Take a row away; the first of all rows stays."""
        if len(self.rows) > 1:
            self.rows = [row for row in self.rows if row.key != key]
            self._amounts = {each: typed for each, typed in self._amounts.items() if each != key}
            await self._sum()

    @rx.event
    @signed_in
    async def amount_typed(self, typed: str, key: Key):
        """Show the sum of all milestones while amounts are typed."""
        self._amounts = {**self._amounts, key: typed}
        await self._sum()

    @rx.event
    @signed_in
    async def send(self, form: dict[str, str]):
        """Send the offer; every refused field says why and what was typed stays."""
        sent = await self._try_write(
            offers.send, proposal_id=self.proposal_id, form=self._typed(form)
        )
        if sent is None:
            return focus_first_error()
        return [toast.success(_("Offer sent.")), rx.redirect(routes.offer(sent))]

    def _typed(self, form: dict[str, str]) -> OfferForm:
        """Return what was typed; a field that the browser left out counts as empty."""
        names = ("title", "scope", "hours_a_week", "rate", "starts_on", "ends_on")
        keys = [each.removeprefix("amount-") for each in form if each.startswith("amount-")]
        rows = [
            MilestoneForm(
                key=key,
                title=form.get(f"milestone-{key}", ""),
                amount=form[f"amount-{key}"],
                due_on=form.get(f"due-{key}", ""),
            )
            for key in keys[: offer_terms.MOST_MILESTONES + 1]
        ]
        return OfferForm(**{name: form.get(name, "") for name in names}, milestones=tuple(rows))

    async def _sum(self) -> None:
        shown = {row.key for row in self.rows}
        typed = [each for key, each in self._amounts.items() if key in shown]
        arguments = {"proposal_id": self.proposal_id, "amounts": typed}
        self.total = await self._read(offer_drafts.sum_of, **arguments)
