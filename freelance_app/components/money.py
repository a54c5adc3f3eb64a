"""Pieces of the pages about money: statements, deposits, payouts, bank accounts."""

from collections.abc import Callable, Sequence
from typing import Any

import reflex as rx

from freelance_app.components import ui
from freelance_app.components.keyset import keyset_pager
from freelance_app.components.ui.core import Many, el, is_given
from freelance_app.components.ui.tables import Column
from freelance_app.money import MoneyView
from freelance_app.services.money.deposit_views import DepositView, PayInto
from freelance_app.services.money.payout_methods import MethodView
from freelance_app.services.money.payout_views import PayoutView
from freelance_app.services.money.purses import PurseView
from freelance_app.services.money.statements import StatementLine, StatementView
from freelance_app.text import _

Acts = Callable[[Any], ui.Child]


def balances(amounts: Many[MoneyView], *, title: str, note: str, none: str) -> rx.Component:
    """Return a figure for each currency, or zero in words."""

    def tile(amount: MoneyView) -> rx.Component:
        return ui.stat_tile(title, amount.text, note=note)

    has_any: Any = amounts.length() > 0 if isinstance(amounts, rx.Var) else bool(amounts)  # pyright: ignore[reportAttributeAccessIssue]
    shown = el.dl(ui.each(amounts, tile), class_name="stats")
    return ui.when(has_any, shown, ui.card(ui.text(none, dim=True)))


def statement(view: StatementView, *, path: str, prefix: str) -> rx.Component:
    """Return a page of movements, with the way to others; with fees only where there are some."""
    lines: Any = view.lines
    pages = keyset_pager(
        _("The newest first"), path=path, older=view.older, newer=view.newer, prefix=prefix
    )
    parted = [
        ui.column(_("Gross"), figure=True),
        ui.column(_("Fee"), figure=True),
        ui.column(_("Net"), figure=True),
    ]
    whole = [ui.column(_("Amount"), figure=True)]
    rows = ui.when(view.has_fees, _moved(lines, parted), _moved(lines, whole))
    return ui.stack(rows, pages, gap=3)


def _moved(lines: Many[StatementLine], figures: Sequence[Column]) -> rx.Component:
    has_fees = len(figures) > 1

    def draw(line: StatementLine) -> rx.Component:
        parts = [
            ui.cell(line.gross, figure=True, label=_("Gross")),
            ui.cell(line.fee, figure=True, label=_("Fee")),
        ]
        return ui.data_row(
            ui.lead_cell(ui.strong(line.what)),
            ui.cell(line.day),
            ui.cell(line.reason),
            *(parts if has_fees else []),
            ui.cell(ui.money(line.amount, ink=True), figure=True),
        )

    columns = [ui.column(_("What")), ui.column(_("Day")), ui.column(_("About")), *figures]
    return ui.data_rows(columns, ui.each(lines, draw), label=_("Every movement"), ends=True)


def purses(found: Many[PurseView]) -> rx.Component:
    """Return what is available, held and on its way, a band for each currency."""

    def band(purse: PurseView) -> rx.Component:
        return ui.stats(
            ui.stat_tile(_("Available now"), purse.available, note=_("can be paid out")),
            ui.stat_tile(_("Held for you"), purse.held, note=purse.review),
            ui.stat_tile(_("On its way"), purse.on_its_way, note=_("asked for, not sent yet")),
            of=3,
            first_wide=True,
        )

    return ui.stack(ui.each(found, band), gap=3)


def deposit_rows(deposits: Many[DepositView]) -> rx.Component:
    """Return a company's deposits, each with its status and what comes next."""
    return ui.list_card(ui.each(deposits, _deposit), tag="div")


def _deposit(row: DepositView) -> rx.Component:
    about: Any = row.about
    words = ui.stack(
        ui.strong(row.reference),
        ui.when(about != "", ui.meta(row.about)),
        ui.meta(row.next_step),
        gap=0,
    )
    return ui.list_row(_payment(words, row.status, row.amount.text), href=row.href)


def _payment(words: ui.Child, status: ui.Text, amount: ui.Text) -> rx.Component:
    """Return what a row of a deposit or payout says; the grid gives a phone its own order."""
    return el.div(
        ui.icon("landmark"),
        words,
        ui.status_badge(status),
        el.span(ui.money(amount), class_name="pay__amount"),
        class_name="pay",
    )


def pay_into(into: PayInto, amount: ui.Text) -> rx.Component:
    """Return the lines to copy onto a bank transfer, each with its button."""
    return el.dl(
        _copy_line(_("Amount"), amount, _("Copy the amount"), copied=into.amount),
        _copy_line(_("Reference"), into.reference, _("Copy the reference")),
        _copy_line(_("Account holder"), into.holder, _("Copy the account holder")),
        _copy_line(_("IBAN or account"), into.account, _("Copy the account number")),
        _copy_line(_("BIC or bank code"), into.bank_code, _("Copy the bank code")),
        _copy_line(_("Bank"), into.bank_name, _("Copy the bank")),
        class_name="terms",
    )


def _copy_line(name: str, value: ui.Text, act: str, *, copied: ui.Text = "") -> rx.Component:
    words = el.b(value, class_name="strong num select-all grow")
    button = ui.copy_icon(act, copied if is_given(copied) else value)
    row = el.div(el.dt(name), el.dd(words, button, class_name="flex"), class_name="terms__row copy")
    return ui.when(value != "", row)


def who_acts(*steps: tuple[str, ui.Child]) -> rx.Component:
    """Return who acts, one after the other, each with what is done."""
    rows = [el.div(el.dt(who), el.dd(what), class_name="terms__row") for who, what in steps]
    return el.dl(*rows, class_name="terms")


def method_rows(methods: Many[MethodView], *, acts: Acts) -> rx.Component:
    """Return a party's bank accounts, with what is left of their waiting days."""

    def draw(method: MethodView) -> rx.Component:
        words = ui.stack(ui.strong(method.short), ui.meta(method.holder), gap=0)
        waits = ui.stack(ui.meta(method.clock.left), ui.meta(method.clock.ends_at), gap=0)
        ready = ui.badge(_("Usable"), tone="green", symbol="circle-check")
        return el.li(
            ui.icon("landmark"),
            ui.grow(words),
            ui.when(method.is_usable, ready, waits),
            acts(method),
            class_name="row",
        )

    return el.ul(ui.each(methods, draw))


def payout_rows(payouts: Many[PayoutView]) -> rx.Component:
    """Return a party's payouts, each with its status and what comes next."""

    def draw(row: PayoutView) -> rx.Component:
        note: Any = row.note
        words = ui.stack(
            ui.strong(row.number, ", ", row.account),
            ui.meta(row.next_step),
            ui.when(note != "", ui.meta(row.note)),
            gap=0,
        )
        return el.li(_payment(words, row.status, row.amount.text), class_name="row")

    return el.ul(ui.each(payouts, draw), class_name="card")
