"""A freelancer's money: earnings, payouts, bank accounts and every movement."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.keyset import keyset_pager
from freelance_app.components.money import method_rows, payout_rows, purses, statement
from freelance_app.components.months import months_card
from freelance_app.services.money.payout_methods import MethodView
from freelance_app.state.money.earnings import ADD, MOVED, MOVED_ID, EarningsState
from freelance_app.text import _

EARNINGS: Any = EarningsState.earnings
ERRORS: Any = EarningsState.errors


def payout_form() -> rx.Component:
    """Return the form that asks for a payout: all of it, to the newest account.

    It stays as it is while the page shows what changes, and begins anew once it was sent.
    """
    fields = ui.app_form(
        ui.hidden_value("seen", EARNINGS.newest_payout),
        ui.form_field(
            _("Amount"),
            "amount",
            figure=True,
            input_mode="decimal",
            default_value=EARNINGS.amount,
            error=ERRORS.get("amount", ""),
        ),
        ui.form_field(
            _("Currency"),
            "currency",
            ui.word_select,
            words=EARNINGS.currencies,
            error=ERRORS.get("currency", ""),
        ),
        ui.form_field(
            _("To account"),
            "method",
            ui.select,
            options=EARNINGS.usable,
            help=_("The bank takes 1 to 3 working days after finance has sent it."),
            error=ERRORS.get("method", ""),
        ),
        ui.submit_button(_("Ask for a payout"), icon="send", size=3),
        on_submit=EarningsState.ask,
        key=EarningsState.asked,
    )
    why_not = ui.text(EARNINGS.blocked, dim=True)
    return ui.card(rx.cond(EARNINGS.can_ask, fields, why_not), title=_("Payout"), card_id="payout")


def accounts() -> rx.Component:
    """Return the bank accounts and the way to add one."""

    def remove(method: MethodView) -> rx.Component:
        label = ui.tell(_("Remove {account}"), account=method.short)
        act = ui.icon_button("trash-2", label, on_click=EarningsState.remove_method(method.id))
        return ui.when(method.can_remove, act)

    add = ui.button(_("Add a bank account"), icon="plus", opens=ADD)
    none = ui.padded(ui.text(_("No bank account yet."), dim=True))
    has_any: Any = EARNINGS.methods.length() > 0
    return ui.card(
        rx.cond(has_any, method_rows(EARNINGS.methods, acts=remove), none),
        rx.cond(EARNINGS.can_change, ui.padded(add), rx.fragment()),
        title=_("Bank accounts"),
        card_id="accounts",
        padded=False,
    )


def account_dialog() -> rx.Component:
    """Return the form of a new bank account."""
    form = ui.app_form(
        ui.form_field(
            _("Account holder"),
            "holder",
            auto_complete="name",
            error=ERRORS.get("holder", ""),
        ),
        ui.form_field(
            _("IBAN or account number"),
            "account",
            auto_complete="off",
            error=ERRORS.get("account", ""),
        ),
        ui.form_field(
            _("BIC or bank code"),
            "bank_code",
            help=_("Needed where there is no IBAN"),
            error=ERRORS.get("bank_code", ""),
        ),
        ui.form_field(_("Bank"), "bank_name", error=ERRORS.get("bank_name", "")),
        ui.form_field(
            _("Country"),
            "country",
            ui.select,
            options=EARNINGS.countries,
            error=ERRORS.get("country", ""),
        ),
        ui.row(ui.close_button(_("Cancel")), ui.submit_button(_("Add account")), end=True),
        on_submit=EarningsState.add_method,
    )
    return ui.dialog(ADD, form, title=_("Add a bank account"))


def body() -> rx.Component:
    """Return balances, payouts and movements."""
    rows = EARNINGS.payouts.rows
    pager = keyset_pager(
        _("The newest first"),
        path=routes.EARNINGS,
        older=EARNINGS.payouts.older,
        newer=EARNINGS.payouts.newer,
    )
    nothing = ui.card(
        ui.empty_state(
            _("Nothing is earned yet"),
            _("Money that clients hold for you, release and send to your bank stands here."),
            symbol="wallet",
            action=ui.link_button(_("Find a job"), href=routes.JOBS),
        ),
        padded=False,
    )
    by_month = months_card(EARNINGS.months, title=_("Earned by month"))
    paid = ui.section(_("Payouts"), ui.stack(payout_rows(rows), pager, gap=3), section_id="payouts")
    listed = statement(EARNINGS.statement, path=routes.EARNINGS, prefix=MOVED)
    moved = ui.section(_("Every movement"), listed, section_id=MOVED_ID)
    return ui.columns(
        rx.cond(EARNINGS.months.length() > 0, by_month),
        rx.cond(rows.length() > 0, paid),
        rx.cond(EARNINGS.statement.lines.length() > 0, moved),
        lead=rx.cond(EARNINGS.purses.length() > 0, purses(EARNINGS.purses), nothing),
        aside=rx.fragment(payout_form(), accounts()),
        label=_("Payout and bank accounts"),
    )


@rx.page(
    route=routes.EARNINGS,
    title=_("Earnings"),
    description=_("Your earnings, payouts and bank accounts."),
    on_load=entering(EarningsState.enter),
)
def earnings() -> rx.Component:
    """Return the page."""
    waiting = ui.list_card(ui.skeleton_rows(5, label=_("Loading your earnings")), tag="div")
    header = ui.page_header(_("Earnings"))
    return signed_in_page(
        loaded(EarningsState, body(), waiting=waiting, header=header),
        here=routes.EARNINGS,
        crumbs=[(_("Earnings"), routes.EARNINGS)],
        overlays=[account_dialog()],
    )
