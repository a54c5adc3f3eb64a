"""State of the finance desk: deposits to confirm, payouts to send."""

import reflex as rx
from typing_extensions import TypedDict

from freelance_app.security.policy import PublicId, staff
from freelance_app.services.instance import events
from freelance_app.services.instance.keyset import FIRST, Place
from freelance_app.services.money import deposits, desks, payouts
from freelance_app.services.money.deposit_views import DepositToConfirm
from freelance_app.services.money.desks import FinanceView, Places
from freelance_app.state.base import AppState, FormMixin, PageMixin
from freelance_app.state.feedback import (
    close_dialog,
    focus_first_error,
    open_dialog,
    show_section,
    toast,
)
from freelance_app.state.live import keep_fresh
from freelance_app.text import _

RECEIVED, FAILED, RETURNED = "received-money", "payout-failed", "payout-returned"
DEPOSITS_ID, PAYOUTS_ID, DECIDED_ID = "deposits", "payouts", "decided"
# Before the names of the lists' places in the address: the first list has the plain names.
PREFIXES = ("", "payouts-", "decided-")


class FindForm(TypedDict):
    """What the search by a reference sends."""

    reference: str


class ReceivedForm(TypedDict):
    """What the dialog that confirms a deposit sends."""

    deposit: PublicId
    received: str


class FailedForm(TypedDict):
    """What the dialog about a payout that was not sent sends."""

    payout: PublicId
    failed_reason: str


class ReturnedForm(TypedDict):
    """What the dialog about a payout that the bank gave back sends."""

    payout: PublicId
    returned_reason: str


class FinanceState(PageMixin, FormMixin, AppState):
    """What waits for the finance staff; one row at a time is chosen for a dialog.

    `found` holds the deposit of a reference that was looked for; it may be one given up.
    """

    desk: FinanceView = FinanceView()
    _places: Places = Places()
    found: list[DepositToConfirm] = []
    chosen: str = ""
    words: str = ""
    expected: str = ""
    effect: str = ""

    @rx.event
    @staff("finance", "administrator", page_tells=True)
    async def enter(self):
        """Load what waits, then listen for more."""
        if is_new := not self._stays():
            self.desk, self.phase, self.errors = FinanceView(), "loading", {}
            self.chosen, self.words, self.expected, self.effect = "", "", "", ""
            self.found, query = [], self.router.url.query_parameters
            self._places = Places(*[Place.of(query, prefix=each) for each in PREFIXES])
            yield
        self.desk = await self._load(desks.get_finance, places=self._places) or FinanceView()
        if self.phase == "ready":
            section, is_wanted = self._wanted()
            yield [*show_section(section, is_new and is_wanted), FinanceState.listen]

    @rx.event
    @staff("finance", "administrator")
    async def find(self, form: FindForm):
        """Show the deposit of a reference on the bank's statement, or why there is none."""
        found = await self._try_read(deposits.find, reference=form["reference"])
        self.found = [found] if found else []
        return None if found else focus_first_error()

    @rx.event
    @staff("finance", "administrator")
    async def choose_deposit(self, deposit_id: PublicId):
        """Ask how much of a deposit has arrived."""
        rows = [*self.desk.deposits.rows, *self.found]
        found = next((row for row in rows if row.id == deposit_id), None)
        if found is None:
            return toast.error(_("This deposit does not wait any more."))
        self.chosen, self.errors = deposit_id, {}
        self.expected, self.effect = found.expected, found.effect
        self.words = f"{found.reference}, {found.party.name}, {found.amount.text}"
        return open_dialog(RECEIVED, deposit_id)

    @rx.event
    @staff("finance", "administrator")
    async def confirm(self, form: ReceivedForm):
        """Post what arrived; what was typed stays when it is refused."""
        asked = {"deposit_id": form["deposit"], "received": form["received"]}
        await self._try_write(deposits.confirm, **asked)
        if self.errors:
            return focus_first_error()
        self.desk, self.found = await self._news(), []
        return [close_dialog(RECEIVED), toast.success(_("Confirmed. The client is told."))]

    @rx.event
    @staff("finance", "administrator")
    async def pay(self, payout_id: PublicId):
        """Mark a payout as sent."""
        await self._write(payouts.mark_paid, payout_id=payout_id)
        self.desk = await self._news()
        return toast.success(_("Marked as sent. The freelancer is told."))

    @rx.event
    @staff("finance", "administrator")
    async def choose_payout(self, payout_id: PublicId, dialog_id: str):
        """Ask why a payout did not arrive."""
        rows = [*self.desk.payouts.rows, *self.desk.decided.rows]
        found = next((row for row in rows if row.id == payout_id), None)
        if found is None or dialog_id not in {FAILED, RETURNED}:
            return toast.error(_("This payout does not wait any more."))
        self.chosen, self.errors = payout_id, {}
        self.words = f"{found.number}, {found.party.name}, {found.amount.text}"
        return open_dialog(dialog_id, payout_id)

    @rx.event
    @staff("finance", "administrator")
    async def fail(self, form: FailedForm):
        """Give a payout that was not sent back to the earnings."""
        asked = {"payout_id": form["payout"], "reason": form["failed_reason"]}
        await self._try_write(payouts.mark_failed, **asked)
        if self.errors:
            return focus_first_error()
        self.desk = await self._news()
        return [close_dialog(FAILED), toast.success(_("Noted. The money is back in earnings."))]

    @rx.event
    @staff("finance", "administrator")
    async def give_back(self, form: ReturnedForm):
        """Give a payout that the bank returned back to the earnings."""
        asked = {"payout_id": form["payout"], "reason": form["returned_reason"]}
        await self._try_write(payouts.mark_returned, **asked)
        if self.errors:
            return focus_first_error()
        self.desk = await self._news()
        return [close_dialog(RETURNED), toast.success(_("Noted. The money is back in earnings."))]

    @rx.event(background=True, supersedes=True)
    @staff("finance", "administrator")
    async def listen(self):
        """Show what comes in; Reflex cancels this when the page is left."""
        topic = events.person_topic(self._bound_to[0])
        await keep_fresh(self, topic, self._news, self._show)

    async def _news(self) -> FinanceView:
        return await self._read(desks.get_finance, places=self._places)

    def _wanted(self) -> tuple[str, bool]:
        """Return the section whose page the address asks for, unless it is the first one."""
        payouts, decided = self._places.payouts != FIRST, self._places.decided != FIRST
        return (DECIDED_ID if decided else PAYOUTS_ID), payouts or decided

    def _show(self, view: FinanceView) -> None:
        self.desk = view
