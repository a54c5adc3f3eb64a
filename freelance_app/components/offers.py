"""Pieces of offers: rows of the list, rows of milestones in the form."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from freelance_app.components import ui
from freelance_app.components.clock import clock_cell
from freelance_app.components.ui.core import Many, el, when
from freelance_app.services.hiring.offer_drafts import MilestoneDraft
from freelance_app.services.hiring.offer_lists import OfferSummary
from freelance_app.text import _


def offer_list(offers: Many[OfferSummary]) -> rx.Component:
    """Return offers, the newest first; the whole row is the link."""
    return ui.list_card(ui.each(offers, _offer), tag="div")


def _offer(offer: OfferSummary) -> rx.Component:
    return ui.list_row(
        ui.avatar(
            offer.other.initials,
            tint=offer.other.tint,
            size=2,
            is_company=offer.other.is_company,
        ),
        ui.grow(
            el.p(offer.title, class_name="strong"),
            el.p(offer.other.name, " · ", offer.sent_at, class_name="meta num"),
        ),
        ui.status_badge(offer.status, word=offer.who),
        ui.hide_phone(when(offer.clock.left != "", clock_cell(offer.clock))),
        ui.money(offer.total),
        href=offer.href,
        stacked=True,
    )


def milestone_fields(
    rows: Many[MilestoneDraft],
    errors: Any,
    *,
    on_amount: Callable[..., Any],
    on_remove: Callable[..., Any],
    can_remove: Any,
) -> rx.Component:
    """Return the rows of milestones; names of fields end with the row's key."""

    def draw(row: MilestoneDraft, number: Any) -> rx.Component:
        shown: Any = number + 1
        return el.li(
            _field(
                ui.tell(_("Milestone {number}"), number=shown.to(str)),
                "milestone",
                row.key,
                errors,
                default_value=row.title,
                max_length=120,
            ),
            _field(
                _("Amount"),
                "amount",
                row.key,
                errors,
                default_value=row.amount,
                input_mode="decimal",
                figure=True,
                on_change=lambda typed: on_amount(typed, row.key).debounce(300),
            ),
            _field(_("Due"), "due", row.key, errors, default_value=row.due_on, type="date"),
            when(can_remove, _remove(row, shown, on_remove), el.span()),
            class_name="parts__row",
            key=row.key,
        )

    return el.ol(rx.foreach(rows, draw), class_name="parts")


def _remove(row: MilestoneDraft, number: Any, on_remove: Callable[..., Any]) -> rx.Component:
    label = ui.tell(_("Remove milestone {number}"), number=number.to(str))
    return ui.icon_button("trash-2", label, on_click=on_remove(row.key))


def _field(
    label: ui.Text, name: str, key: Any, errors: Any, *, figure: bool = False, **props: Any
) -> rx.Component:
    """Return a labelled control of a row: its id holds a Var, so it goes through custom_attrs."""
    field: Any = ui.tell(f"{name}-{{key}}", key=key)
    words: Any = ui.tell(f"{name}-{{key}}-words", key=key)
    error: Any = errors.get(field, "")
    control = ui.text_input(
        figure=figure,
        name=field,
        aria_invalid=when(error != "", "true", "false"),
        aria_describedby=when(error != "", words, ""),
        custom_attrs={"id": field},
        **{"type": "text", **props},
    )
    said = el.p(ui.icon("circle-alert"), error, class_name="error", custom_attrs={"id": words})
    return el.div(
        el.label(label, html_for=field, class_name="label"),
        control,
        when(error != "", said),
        class_name="field",
    )


def pair(first: rx.Component, second: rx.Component) -> rx.Component:
    """Return two fields beside each other, on a phone below each other."""
    return el.div(first, second, class_name="pair")
