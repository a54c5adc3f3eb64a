"""Terms of an offer or contract: the sheet, who signed it, and its hash."""

import reflex as rx

from freelance_app.components import ui
from freelance_app.components.ui.core import Many, el
from freelance_app.services.contracts.terms import TermsMilestoneView, TermsView, TermView
from freelance_app.services.contracts.workroom import SignatureView
from freelance_app.text import _


def terms_sheet(terms: TermsView) -> rx.Component:
    """Return every term, the milestones with their sum, the scope and the frozen rules."""
    return ui.stack(
        ui.card(term_list(terms.rows), title=_("Terms"), card_id="terms", padded=False),
        ui.section(
            _("Milestones"),
            milestone_table(terms.milestones, total=terms.total),
            section_id="terms-milestones",
        ),
        ui.section(_("Scope"), ui.card(ui.safe_html(terms.scope)), section_id="scope"),
        ui.card(
            term_list(terms.rules),
            title=_("Rules"),
            beside=ui.meta(_("frozen with the signatures")),
            card_id="rules",
            padded=False,
        ),
        _signed_text(terms),
        gap=6,
    )


def term_list(terms: Many[TermView]) -> rx.Component:
    """Return terms as names with their words."""
    return el.dl(ui.each(terms, _term), class_name="terms")


def _term(term: TermView) -> rx.Component:
    return el.div(el.dt(term.name), el.dd(term.value), class_name="terms__row")


def milestone_table(milestones: Many[TermsMilestoneView], *, total: ui.Text) -> rx.Component:
    """Return the agreed milestones with their sum."""
    columns = [
        ui.column(_("Milestone")),
        ui.column(_("Due")),
        ui.column(_("Amount"), figure=True),
    ]
    rows = ui.each(milestones, _milestone)
    sum_row = ui.data_row(
        ui.lead_cell(ui.strong(_("Sum"))),
        ui.cell(""),
        ui.cell(ui.money(total, ink=True), figure=True),
    )
    return ui.data_rows(columns, rows, sum_row, label=_("Milestones of the terms"))


def _milestone(milestone: TermsMilestoneView) -> rx.Component:
    return ui.data_row(
        ui.lead_cell(
            ui.meta(ui.tell("{number}.", number=rx.Var.create(milestone.number).to(str))),
            ui.strong(milestone.title),
        ),
        ui.cell(milestone.due),
        ui.cell(ui.money(milestone.amount), figure=True),
    )


def _signed_text(terms: TermsView) -> rx.Component:
    """Return the very text that is signed, folded."""
    return el.details(
        el.summary(_("The text that both sign, in English"), class_name="strong"),
        ui.well(ui.safe_html(terms.text)),
        class_name="fold-text",
    )


def signatures(
    signed: Many[SignatureView], digest: ui.Text, *, unsigned: ui.Text = ""
) -> rx.Component:
    """Return who signed, who has not yet, and the hash of the signed text."""
    open_side = el.div(
        el.div(
            el.p(unsigned, class_name="strong"),
            el.p(_("Has not signed"), class_name="meta"),
            class_name="grow",
        ),
        ui.badge(_("Open")),
        class_name="sig sig--open",
    )
    sides = el.div(
        ui.each(signed, _signature), ui.when(unsigned != "", open_side), class_name="sigs"
    )
    proof = ui.stack(ui.meta(_("SHA-256 of the terms")), el.p(digest, class_name="hash"), gap=1)
    return ui.card(ui.stack(sides, proof, gap=3), title=_("Signatures"), card_id="signatures")


def _signature(signature: SignatureView) -> rx.Component:
    return el.div(
        ui.avatar(signature.who.initials, tint=signature.who.tint),
        el.div(
            el.p(signature.who.name, class_name="strong"),
            el.p(
                ui.tell(_("For {party}, {moment}"), party=signature.party, moment=signature.at),
                class_name="meta num",
            ),
            class_name="grow",
        ),
        ui.status_badge("signed"),
        class_name="sig",
    )


def frozen_note() -> rx.Component:
    """Say that later changes of policy do not touch a contract."""
    return ui.callout(
        _(
            "All rules are frozen when both have signed. A later change of policy does not touch "
            "this contract."
        ),
        symbol="lock-keyhole",
    )
