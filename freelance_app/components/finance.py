"""Pieces of the finance desk: what its staff confirm, send and look for."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.keyset import keyset_pager
from freelance_app.components.ui.core import Many, el
from freelance_app.services.money.deposit_views import DepositsToConfirm, DepositToConfirm
from freelance_app.services.money.payout_views import PayoutsToSend, PayoutToSend
from freelance_app.text import _

Acts = Callable[[Any], ui.Child]


def reference_search(*, on_submit: Any, error: ui.Text) -> rx.Component:
    """Return the field that finds a deposit by what stands on a bank's statement."""
    field = ui.form_field(
        _("Reference on the statement"),
        "reference",
        placeholder="DEP-7K3MQ9",
        auto_complete="off",
        help=_("Deposits that their client gave up, and those confirmed, are found too."),
        error=error,
    )
    find = ui.submit_button(_("Find"), kind="second", icon="search")
    return ui.app_form(field, find, on_submit=on_submit, class_name="lookup")


def deposits_found(rows: Many[DepositToConfirm], *, acts: Acts) -> rx.Component:
    """Return the deposit of a reference: whose it is, and what its receipt does."""

    def draw(row: DepositToConfirm) -> rx.Component:
        about: Any = row.about
        words = ui.stack(
            ui.row(ui.strong(row.reference), ui.push(ui.money(row.amount.text, ink=True))),
            ui.row(ui.user_chip(row.party), ui.meta(row.created_at, push=True)),
            ui.when(about != "", ui.meta(row.about)),
            ui.meta(row.effect),
            ui.row(ui.status_badge(row.status), ui.push(acts(row))),
            gap=1,
        )
        return el.li(ui.grow(words), class_name="row")

    return el.ul(ui.each(rows, draw), class_name="card", aria_label=_("Found"))


def deposits_to_confirm(found: DepositsToConfirm, *, acts: Acts) -> rx.Component:
    """Return a page of the announced deposits, with the way to others."""

    def draw(row: DepositToConfirm) -> rx.Component:
        return ui.data_row(
            ui.lead_cell(ui.strong(row.reference)),
            ui.cell(ui.user_chip(row.party)),
            ui.cell(row.about),
            ui.cell(row.created_at, label=_("Announced")),
            ui.cell(ui.money(row.amount.text, ink=True), figure=True),
            ui.acts_cell(acts(row)),
            key=row.id,
        )

    columns = [
        ui.column(_("Reference")),
        ui.column(_("Client")),
        ui.column(_("About")),
        ui.column(_("Announced")),
        ui.column(_("Amount"), figure=True),
        ui.column(_("Answer"), figure=True),
    ]
    label = _("Deposits to confirm")
    table = ui.data_rows(columns, ui.each(found.rows, draw), label=label, roomy=True)
    return _paged(table, found)


def payouts_to_send(found: PayoutsToSend, *, acts: Acts, prefix: str) -> rx.Component:
    """Return a page of the payouts that wait, with the account to send each to."""

    def draw(row: PayoutToSend) -> rx.Component:
        return ui.data_row(
            *_payee(row),
            ui.cell(row.created_at, label=_("Asked for")),
            ui.cell(ui.money(row.amount.text, ink=True), figure=True),
            ui.acts_cell(acts(row)),
            key=row.id,
        )

    columns = [
        *_payee_columns(),
        ui.column(_("Asked for")),
        ui.column(_("Amount"), figure=True),
        ui.column(_("Answer"), figure=True),
    ]
    label = _("Payouts to send")
    table = ui.data_rows(columns, ui.each(found.rows, draw), label=label, roomy=True)
    return _paged(table, found, prefix)


def payouts_decided(found: PayoutsToSend, *, acts: Acts, prefix: str) -> rx.Component:
    """Return a page of the payouts that were answered, and what became of each."""

    def draw(row: PayoutToSend) -> rx.Component:
        note: Any = row.note
        became = ui.stack(
            ui.row(ui.status_badge(row.status), ui.meta(row.decided_at), wrap=True),
            ui.when(note != "", ui.meta(row.note)),
            gap=1,
        )
        return ui.data_row(
            *_payee(row),
            ui.cell(became),
            ui.cell(ui.money(row.amount.text, ink=True), figure=True),
            ui.acts_cell(acts(row)),
            key=row.id,
        )

    columns = [
        *_payee_columns(),
        ui.column(_("Status")),
        ui.column(_("Amount"), figure=True),
        ui.column(_("Answer"), figure=True),
    ]
    label = _("Decided payouts")
    table = ui.data_rows(columns, ui.each(found.rows, draw), label=label, roomy=True)
    return _paged(table, found, prefix, oldest_first=False)


def _payee_columns() -> list[tuple[ui.Text, bool]]:
    return [ui.column(_("Payout")), ui.column(_("To")), ui.column(_("Account"))]


def _payee(row: PayoutToSend) -> list[rx.Component]:
    """Return the cells of whom a payout is for; the number is to be copied to the bank's form."""
    number = el.span(
        el.span(row.account, class_name="num select-all"),
        ui.copy_icon(_("Copy the account number"), row.account),
        class_name="flex flex--1 copied",
    )
    bank = ui.meta(row.bank, " ", row.country)
    return [
        ui.lead_cell(ui.strong(row.number)),
        ui.cell(ui.user_chip(row.party)),
        ui.cell(ui.stack(ui.strong(row.holder), number, bank, gap=0)),
    ]


def _paged(
    table: rx.Component,
    found: DepositsToConfirm | PayoutsToSend,
    prefix: str = "",
    *,
    oldest_first: bool = True,
) -> rx.Component:
    pages = keyset_pager(
        _("Who has waited longest comes first") if oldest_first else _("The newest first"),
        path=routes.ADMIN_FINANCE,
        older=found.older,
        newer=found.newer,
        prefix=prefix,
        oldest_first=oldest_first,
    )
    return ui.stack(table, pages, gap=3)
