"""State of a freelancer's earnings page."""

from dataclasses import replace
from typing import NotRequired

import reflex as rx
from typing_extensions import TypedDict

from freelance_app.errors import ConflictError
from freelance_app.security.policy import PublicId, signed_in
from freelance_app.services.instance import events
from freelance_app.services.instance.keyset import Place
from freelance_app.services.money import desks, payout_methods, payouts
from freelance_app.services.money.desks import EarningsView
from freelance_app.services.money.payout_methods import MethodForm
from freelance_app.state.base import AppState, FormMixin, PageMixin
from freelance_app.state.feedback import close_dialog, focus_first_error, show_section, toast
from freelance_app.state.live import keep_fresh
from freelance_app.text import _

ADD = "add-account"
MOVED, MOVED_ID = "moved-", "movements"


class AccountForm(TypedDict):
    """What the dialog that adds a bank account sends."""

    holder: str
    account: str
    bank_code: str
    bank_name: str
    country: str


class PayoutForm(TypedDict):
    """What the form that asks for a payout sends; the selects are left out while empty.

    `seen` is the newest payout that the page showed.
    """

    amount: str
    seen: str
    currency: NotRequired[str]
    method: NotRequired[str]


def _wish(form: PayoutForm) -> dict[str, str]:
    chosen = {"method_id": form.get("method", ""), "currency": form.get("currency", "")}
    return {"amount": form["amount"], "seen": form["seen"], **chosen}


class EarningsState(PageMixin, FormMixin, AppState):
    """Earnings, bank accounts and payouts; after `asked`, a payout, its form begins anew."""

    earnings: EarningsView = EarningsView()
    asked: str = ""
    _place: Place = Place()
    _moved: Place = Place()

    @rx.event
    @signed_in
    async def enter(self):
        """Load the page that the address names, then listen for money that moves."""
        if is_new := not self._stays():
            self.earnings, self.phase, self.errors = EarningsView(), "loading", {}
            self.asked, query = "", self.router.url.query_parameters
            self._place, self._moved = Place.of(query), Place.of(query, prefix=MOVED)
            yield
        places = {"place": self._place, "moved": self._moved}
        self._show(await self._load(desks.get_earnings, **places) or EarningsView())
        if self.phase == "ready":
            is_wanted = is_new and self._moved != Place()
            yield [*show_section(MOVED_ID, is_wanted), EarningsState.listen]

    @rx.event
    @signed_in
    async def ask(self, form: PayoutForm):
        """Ask for a payout once; what was typed stays when it is refused."""
        try:
            payout_id = await self._try_write(payouts.request, **_wish(form))
        except ConflictError as refused:
            self._show(await self._news())
            return toast.error(refused.message)
        if payout_id is None:
            return focus_first_error()
        # Without an amount: a press that comes late must not ask for all that is left.
        self.earnings, self.asked = replace(await self._news(), amount=""), payout_id
        return toast.success(_("Asked for. You are told when it is sent."))

    @rx.event
    @signed_in
    async def add_method(self, form: AccountForm):
        """Add a bank account; what was typed stays when it is refused."""
        if await self._try_write(payout_methods.add, form=MethodForm(**form)) is None:
            return focus_first_error()
        self._show(await self._news())
        return [close_dialog(ADD), toast.success(_("Bank account added."))]

    @rx.event
    @signed_in
    async def remove_method(self, method_id: PublicId):
        """Remove a bank account; payouts under way are not touched."""
        await self._write(payout_methods.remove, method_id=method_id)
        self._show(await self._news())
        return toast.success(_("Bank account removed."))

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Show money that moves; Reflex cancels this when the page is left."""
        topic = events.person_topic(self._bound_to[0])
        await keep_fresh(self, topic, self._news, self._show)

    async def _news(self) -> EarningsView:
        return await self._read(desks.get_earnings, place=self._place, moved=self._moved)

    def _show(self, view: EarningsView) -> None:
        """Show what changed; a form that stands there keeps the amount that it was shown with."""
        amount = self.earnings.amount if self.earnings.can_ask else view.amount
        self.earnings = replace(view, amount=amount)
