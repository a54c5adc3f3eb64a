"""State of the page of an offer."""

from typing import TYPE_CHECKING, Annotated

import reflex as rx
from pydantic import StringConstraints
from typing_extensions import TypedDict

from freelance_app import routes
from freelance_app.security.policy import signed_in
from freelance_app.services.hiring import offer_views, offers
from freelance_app.services.hiring.offer_views import OfferView
from freelance_app.services.instance import events
from freelance_app.state.base import AppState, FormMixin, PageMixin
from freelance_app.state.feedback import close_dialog, focus_first_error, toast
from freelance_app.state.live import keep_fresh
from freelance_app.text import _

DECLINE = "decline"
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class DeclineForm(TypedDict):
    """What the dialog that declines sends."""

    reason: str


class OfferState(PageMixin, FormMixin, AppState):
    """An offer with its terms."""

    offer: OfferView = OfferView()

    if TYPE_CHECKING:
        offer_id: str  # from the URL: Reflex adds it with the page's route

    @rx.event
    @signed_in
    async def enter(self):
        """Load the offer named in the URL, then listen for what others change."""
        if not self._stays():
            self.offer, self.phase, self.errors = OfferView(), "loading", {}
            yield
        self.offer = await self._load(offer_views.get_view, offer_id=self.offer_id) or OfferView()
        if self.phase == "ready":
            yield OfferState.listen

    @rx.event
    @signed_in
    async def accept(self, terms_hash: Hash):
        """Sign the terms that this page showed, and go to the contract."""
        seen = {"offer_id": self.offer_id, "terms_hash": terms_hash}
        contract_id = await self._write(offers.accept, **seen)
        return [
            toast.success(_("Signed. The contract has begun.")),
            rx.redirect(routes.contract(contract_id)),
        ]

    @rx.event
    @signed_in
    async def decline(self, form: DeclineForm):
        """Decline with a reason; what was typed stays when it is refused."""
        asked = {"offer_id": self.offer_id, "reason": form["reason"]}
        await self._try_write(offers.decline, **asked)
        if self.errors:
            return focus_first_error()
        self.offer = await self._news()
        return [close_dialog(DECLINE), toast.success(_("Declined. The client is told."))]

    @rx.event
    @signed_in
    async def withdraw(self):
        """Take the offer back."""
        await self._write(offers.withdraw, offer_id=self.offer_id)
        self.offer = await self._news()
        return toast.success(_("Withdrawn. The freelancer is told."))

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Show what the other side does; Reflex cancels this when the page is left."""
        topic = events.offer_topic(self.offer_id)
        await keep_fresh(self, topic, self._news, self._show)

    async def _news(self) -> OfferView:
        return await self._read(offer_views.get_view, offer_id=self.offer_id)

    def _show(self, view: OfferView) -> None:
        self.offer = view
