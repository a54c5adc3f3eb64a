"""The finance desk: deposits to confirm, payouts to send."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.finance import (
    deposits_found,
    deposits_to_confirm,
    payouts_decided,
    payouts_to_send,
    reference_search,
)
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.ui.buttons import Kind
from freelance_app.services.money.deposit_views import DepositToConfirm
from freelance_app.services.money.payout_views import PayoutToSend
from freelance_app.state.money.finance import (
    DECIDED_ID,
    DEPOSITS_ID,
    FAILED,
    PAYOUTS_ID,
    PREFIXES,
    RECEIVED,
    RETURNED,
    FinanceState,
)
from freelance_app.text import _

DESK: Any = FinanceState.desk
ERRORS: Any = FinanceState.errors


def first_primary(is_first: Any, draw: Callable[[Kind], rx.Component]) -> rx.Component:
    """Draw the act of the first row of all as the primary of the page, the others quietly."""
    return rx.cond(is_first, draw("primary"), draw("second"))


def confirm_act(row: DepositToConfirm) -> ui.Child:
    """Return what is done with a deposit that arrived."""

    def act(kind: Kind) -> rx.Component:
        chosen = FinanceState.choose_deposit(row.id)
        asks = ui.asks(RECEIVED, row.id)
        return ui.button(_("Received"), icon="check", kind=kind, on_click=chosen, custom_attrs=asks)

    is_first = row.id == DESK.deposits.rows[0].id
    return ui.when(row.can_confirm, first_primary(is_first, act))


def send_acts(row: PayoutToSend) -> ui.Child:
    """Return what is done with a payout that waits."""

    def act(kind: Kind) -> rx.Component:
        sent = FinanceState.pay(row.id)
        return ui.button(_("Mark as sent"), icon="check", kind=kind, on_click=sent)

    failed = FinanceState.choose_payout(row.id, FAILED)
    is_first = (DESK.deposits.rows.length() == 0) & (row.id == DESK.payouts.rows[0].id)
    return ui.row(
        ui.button(
            _("Failed"),
            kind="ghost",
            icon="circle-x",
            on_click=failed,
            custom_attrs=ui.asks(FAILED, row.id),
        ),
        first_primary(is_first, act),
        end=True,
    )


def return_act(row: PayoutToSend) -> ui.Child:
    """Return what is done with a payout that the bank gave back."""
    returned = FinanceState.choose_payout(row.id, RETURNED)
    asks = ui.asks(RETURNED, row.id)
    back = ui.button(
        _("Came back"), kind="ghost", icon="undo-2", on_click=returned, custom_attrs=asks
    )
    return ui.when(row.can_return, back)


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
    title = _("Has the money arrived?")
    return ui.dialog(RECEIVED, form, title=title, about=FinanceState.chosen)


def payout_dialog(
    dialog_id: str, name: str, *, title: str, confirm: str, on_submit: Any
) -> rx.Component:
    """Ask why a payout did not arrive."""
    return ui.reason_dialog(
        dialog_id,
        ui.hidden_value("payout", FinanceState.chosen),
        ui.text(FinanceState.words, dim=True),
        title=title,
        confirm=confirm,
        on_submit=on_submit,
        help=_("The freelancer reads it."),
        error=ERRORS.get("reason", ""),
        name=name,
        about=FinanceState.chosen,
        control=ui.text_input,
    )


def dialogs() -> list[rx.Component]:
    """Return the dialogs about the row that was chosen."""
    failed = payout_dialog(
        FAILED,
        "failed_reason",
        title=_("The payout failed?"),
        confirm=_("Give it back"),
        on_submit=FinanceState.fail,
    )
    returned = payout_dialog(
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
    deposits: Any = DESK.deposits
    payouts: Any = DESK.payouts
    decided: Any = DESK.decided
    has_deposits, has_payouts = deposits.rows.length() > 0, payouts.rows.length() > 0
    _first, of_payouts, of_decided = PREFIXES
    to_confirm = ui.section(
        _("Deposits to confirm"),
        deposits_to_confirm(deposits, acts=confirm_act),
        section_id=DEPOSITS_ID,
    )
    to_send = ui.section(
        _("Payouts to send"),
        payouts_to_send(payouts, acts=send_acts, prefix=of_payouts),
        section_id=PAYOUTS_ID,
    )
    done = ui.section(
        _("Decided payouts"),
        payouts_decided(decided, acts=return_act, prefix=of_decided),
        section_id=DECIDED_ID,
    )
    return ui.stack(
        rx.cond(has_deposits | has_payouts, rx.fragment(), none),
        rx.cond(has_deposits, to_confirm, rx.fragment()),
        search(),
        rx.cond(has_payouts, to_send, rx.fragment()),
        rx.cond(decided.rows.length() > 0, done, rx.fragment()),
        gap=6,
    )


def search() -> rx.Component:
    """Return the search by a reference, and what it found."""
    has_found: Any = FinanceState.found.length() > 0  # pyright: ignore[reportAttributeAccessIssue]
    found = deposits_found(FinanceState.found, acts=confirm_act)  # pyright: ignore[reportArgumentType]
    field = reference_search(on_submit=FinanceState.find, error=ERRORS.get("reference", ""))
    both = ui.stack(field, rx.cond(has_found, found, rx.fragment()), gap=3)
    return ui.section(_("Find a reference"), both, section_id="find")


@rx.page(
    route=routes.ADMIN_FINANCE,
    title=_("Finance"),
    description=_("Deposits to confirm and payouts to send."),
    on_load=entering(FinanceState.enter),
)
def finance() -> rx.Component:
    """Return the page."""
    waiting = ui.list_card(ui.skeleton_rows(4, label=_("Loading what waits")), tag="div")
    header = ui.page_header(
        _("Finance"), _("Deposits that clients announce, payouts that are asked for.")
    )
    return signed_in_page(
        loaded(FinanceState, body(), waiting=waiting, header=header),
        here=routes.ADMIN_FINANCE,
        crumbs=[(_("Finance"), routes.ADMIN_FINANCE)],
        overlays=dialogs(),
    )
