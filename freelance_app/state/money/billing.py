"""State of a client's billing page."""

import reflex as rx
from typing_extensions import TypedDict

from freelance_app import routes
from freelance_app.security.policy import signed_in
from freelance_app.services.instance import events
from freelance_app.services.instance.keyset import Place
from freelance_app.services.money import deposits, desks
from freelance_app.services.money.desks import BillingView
from freelance_app.state.base import AppState, FormMixin, PageMixin
from freelance_app.state.feedback import focus_first_error, show_section
from freelance_app.state.live import keep_fresh

MOVED, MOVED_ID = "moved-", "movements"


class DepositForm(TypedDict):
    """What the form that announces a deposit sends."""

    amount: str
    currency: str


class BillingState(PageMixin, FormMixin, AppState):
    """The wallet and deposits of a company."""

    billing: BillingView = BillingView()
    _place: Place = Place()
    _moved: Place = Place()

    @rx.event
    @signed_in
    async def enter(self):
        """Load the page that the address names, then listen for money that arrives."""
        if is_new := not self._stays():
            self.billing, self.phase, self.errors = BillingView(), "loading", {}
            query = self.router.url.query_parameters
            self._place, self._moved = Place.of(query), Place.of(query, prefix=MOVED)
            yield
        places = {"place": self._place, "moved": self._moved}
        self.billing = await self._load(desks.get_billing, **places) or BillingView()
        if self.phase == "ready":
            is_wanted = is_new and self._moved != Place()
            yield [*show_section(MOVED_ID, is_wanted), BillingState.listen]

    @rx.event
    @signed_in
    async def announce(self, form: DepositForm):
        """Announce a deposit and show where to send the money."""
        asked = {"amount": form["amount"], "currency": form["currency"]}
        deposit_id = await self._try_write(deposits.request, **asked)
        if deposit_id is None:
            return focus_first_error()
        return rx.redirect(routes.deposit(deposit_id))

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Show money that arrives; Reflex cancels this when the page is left."""
        topic = events.person_topic(self._bound_to[0])
        await keep_fresh(self, topic, self._news, self._show)

    async def _news(self) -> BillingView:
        return await self._read(desks.get_billing, place=self._place, moved=self._moved)

    def _show(self, view: BillingView) -> None:
        self.billing = view
