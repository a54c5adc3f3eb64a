"""A client's money: the wallet, deposits and every movement."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.keyset import keyset_pager
from freelance_app.components.money import balances, deposit_rows, statement
from freelance_app.components.months import months_card
from freelance_app.state.money.billing import MOVED, MOVED_ID, BillingState
from freelance_app.text import _

BILLING: Any = BillingState.billing
ERRORS: Any = BillingState.errors


def deposit_form() -> rx.Component:
    """Return the form that announces a deposit."""
    form = ui.app_form(
        ui.form_field(
            _("Amount"),
            "amount",
            figure=True,
            input_mode="decimal",
            placeholder="250.00",
            help=_("You get the bank details and a reference next."),
            error=ERRORS.get("amount", ""),
        ),
        ui.form_field(
            _("Currency"),
            "currency",
            ui.word_select,
            words=BILLING.currencies,
            error=ERRORS.get("currency", ""),
        ),
        ui.submit_button(_("Get the bank details"), kind="second", icon="landmark"),
        on_submit=BillingState.announce,
    )
    return ui.card(form, title=_("Add money"), card_id="add-money")


def body() -> rx.Component:
    """Return wallet, deposits and movements."""
    rows = BILLING.deposits.rows
    pager = keyset_pager(
        _("The newest first"),
        path=routes.BILLING,
        older=BILLING.deposits.older,
        newer=BILLING.deposits.newer,
    )
    nothing = ui.card(
        ui.empty_state(
            _("No deposits yet"),
            _("Money that you send stands here, with its reference and what comes next."),
            symbol="landmark",
        ),
        padded=False,
    )
    listed = statement(BILLING.statement, path=routes.BILLING, prefix=MOVED)
    moved = ui.section(_("Every movement"), listed, section_id=MOVED_ID)
    by_month = months_card(BILLING.months, title=_("Spent by month"))
    return ui.columns(
        rx.cond(BILLING.months.length() > 0, by_month),
        ui.section(
            _("Deposits"),
            rx.cond(rows.length() > 0, ui.stack(deposit_rows(rows), pager, gap=3), nothing),
            section_id="deposits",
        ),
        rx.cond(BILLING.statement.lines.length() > 0, moved),
        lead=balances(
            BILLING.balances,
            title=_("Free in your wallet"),
            note=_("bound to nothing"),
            none=_("Your wallet is empty. Money comes in when you fund a milestone."),
        ),
        aside=rx.cond(BILLING.can_deposit, deposit_form(), rx.fragment()),
        label=_("Add money"),
    )


@rx.page(
    route=routes.BILLING,
    title=_("Billing"),
    description=_("Your wallet, deposits and every movement."),
    on_load=entering(BillingState.enter),
)
def billing() -> rx.Component:
    """Return the page."""
    waiting = ui.list_card(ui.skeleton_rows(5, label=_("Loading your wallet")), tag="div")
    header = ui.page_header(_("Billing"))
    return signed_in_page(
        loaded(BillingState, body(), waiting=waiting, header=header),
        here=routes.BILLING,
        crumbs=[(_("Billing"), routes.BILLING)],
    )
