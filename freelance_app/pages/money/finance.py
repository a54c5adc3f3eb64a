"""The finance desk: deposits to confirm, payouts to send."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.money import (
    deposits_found,
    deposits_to_confirm,
    payouts_to_send,
    reference_search,
)
from freelance_app.services.money.deposit_views import DepositToConfirm
from freelance_app.services.money.payout_views import PayoutToSend
from freelance_app.state.money.finance import FAILED, RECEIVED, RETURNED, FinanceState
from freelance_app.text import _

DESK: Any = FinanceState.desk
ERRORS: Any = FinanceState.errors


def confirm_act(row: DepositToConfirm) -> ui.Child:
    """Return what is done with a deposit that arrived."""
    act = ui.button(_("Received"), icon="check", on_click=FinanceState.choose_deposit(row.id))
    return ui.when(row.can_confirm, act)


def send_acts(row: PayoutToSend) -> ui.Child:
    """Return what is done with a payout that waits."""
    return ui.row(
        ui.button(_("Failed"), on_click=FinanceState.choose_payout(row.id, FAILED)),
        ui.button(_("Mark as sent"), icon="check", on_click=FinanceState.pay(row.id)),
        end=True,
        wrap=True,
    )


def return_act(row: PayoutToSend) -> ui.Child:
    """Return what is done with a payout that the bank gave back."""
    act = ui.button(_("Came back"), on_click=FinanceState.choose_payout(row.id, RETURNED))
    return ui.when(row.can_return, act)


def received_dialog() -> rx.Component:
    """Ask how much has arrived."""
    form = ui.app_form(
        ui.hidden_value("deposit", FinanceState.chosen),
        ui.text(FinanceState.words, dim=True),
        ui.form_field(
            _("What the statement says"),
            "received",
            figure=True,
            input_mode="decimal",
            default_value=FinanceState.expected,
            help=FinanceState.effect,
            error=ERRORS.get("received", ""),
        ),
        ui.row(ui.close_button(_("Cancel")), ui.submit_button(_("Confirm receipt")), end=True),
        on_submit=FinanceState.confirm,
        key=FinanceState.chosen,
    )
    return ui.dialog(RECEIVED, form, title=_("Has the money arrived?"))


def reason_dialog(
    dialog_id: str, name: str, *, title: str, confirm: str, on_submit: Any
) -> rx.Component:
    """Ask why a payout did not arrive; the freelancer reads it."""
    form = ui.app_form(
        ui.hidden_value("payout", FinanceState.chosen),
        ui.text(FinanceState.words, dim=True),
        ui.form_field(
            _("Reason"),
            name,
            help=_("The freelancer reads it."),
            error=ERRORS.get("reason", ""),
        ),
        ui.row(ui.close_button(_("Cancel")), ui.submit_button(confirm), end=True),
        on_submit=on_submit,
    )
    return ui.dialog(dialog_id, form, title=title)


def dialogs() -> list[rx.Component]:
    """Return the dialogs about the row that was chosen."""
    failed = reason_dialog(
        FAILED,
        "failed_reason",
        title=_("The payout failed?"),
        confirm=_("Give it back"),
        on_submit=FinanceState.fail,
    )
    returned = reason_dialog(
        RETURNED,
        "returned_reason",
        title=_("The payout came back?"),
        confirm=_("Note the return"),
        on_submit=FinanceState.give_back,
    )
    return [received_dialog(), failed, returned]


def body() -> rx.Component:
    """Return what waits and what was decided."""
    none = ui.card(
        ui.empty_state(
            _("Nothing waits"),
            _("Deposits that clients announce and payouts that are asked for stand here."),
            symbol="circle-check",
        ),
        padded=False,
    )
    deposits: Any = DESK.deposits.rows
    payouts: Any = DESK.payouts.rows
    decided: Any = DESK.decided.rows
    to_confirm = ui.section(
        _("Deposits to confirm"),
        deposits_to_confirm(deposits, acts=confirm_act),
        section_id="deposits",
    )
    found = deposits_found(FinanceState.found, acts=confirm_act)  # pyright: ignore[reportArgumentType]
    search = ui.section(
        _("Find a reference"),
        ui.stack(
            reference_search(on_submit=FinanceState.find, error=ERRORS.get("reference", "")),
            rx.cond(FinanceState.found.length() > 0, found, rx.fragment()),  # pyright: ignore[reportAttributeAccessIssue]
            gap=3,
        ),
        section_id="find",
    )
    to_send = ui.section(
        _("Payouts to send"),
        payouts_to_send(payouts, acts=send_acts, label=_("Payouts to send")),
        section_id="payouts",
    )
    done = ui.section(
        _("Decided payouts"),
        payouts_to_send(decided, acts=return_act, label=_("Decided payouts")),
        section_id="decided",
    )
    is_idle = (deposits.length() == 0) & (payouts.length() == 0)
    return ui.stack(
        rx.cond(is_idle, none, rx.fragment()),
        rx.cond(deposits.length() > 0, to_confirm, rx.fragment()),
        search,
        rx.cond(payouts.length() > 0, to_send, rx.fragment()),
        rx.cond(decided.length() > 0, done, rx.fragment()),
        gap=6,
    )


@rx.page(
    route=routes.ADMIN_FINANCE,
    title=_("Finance"),
    description=_("Deposits to confirm and payouts to send."),
    on_load=entering(FinanceState.enter),
)
def finance() -> rx.Component:
    """Return the page."""
    waiting = ui.list_card(ui.skeleton_rows(4, label=_("Loading what waits")), tag="div")
    return signed_in_page(
        ui.page_header(_("Finance")),
        loaded(FinanceState, body(), waiting=waiting),
        here=routes.ADMIN_FINANCE,
        crumbs=[(_("Finance"), routes.ADMIN_FINANCE)],
        overlays=dialogs(),
    )
