"""Dialogs and buttons of a client's answer to work: approve, ask for changes, release."""

from typing import Any

import reflex as rx

from freelance_app.components import ui
from freelance_app.components.ui.core import el
from freelance_app.services.contracts.milestone_views import MilestoneView
from freelance_app.state.contracts.acts import CHANGES, PART, ActsState
from freelance_app.text import _

APPROVE, RELEASE, MORE = "approve", "release", "more-acts"
ERRORS: Any = ActsState.errors
TYPED: Any = ActsState.part


def approve_button(milestone: MilestoneView) -> rx.Component:
    """Return the button that asks before it accepts and pays."""
    label = ui.tell(_("Approve and release {amount}"), amount=milestone.rest)
    return ui.button(label, kind="primary", size=3, icon="check", opens=APPROVE)


def review_buttons(milestone: MilestoneView) -> rx.Component:
    """Return what a client may do with submitted work, the rare act under "..."."""
    changes = ui.button(_("Request changes"), size=3, opens=CHANGES, on_click=ActsState.begin)
    return rx.fragment(approve_button(milestone), ui.row(changes, more_button()))


def more_button() -> rx.Component:
    """Return the menu of the rare act."""
    part = ui.menu_item(
        _("Release a part"), icon="pencil-line", opens=PART, on_click=ActsState.begin
    )
    button = ui.icon_button("ellipsis", _("More: release a part"), size=3, menu=MORE)
    return rx.fragment(button, ui.menu(MORE, part, label=_("More about this milestone")))


def release_buttons(milestone: MilestoneView) -> rx.Component:
    """Return what a client may do with held money before work is submitted."""
    label = ui.tell(_("Release {amount}"), amount=milestone.rest)
    return ui.row(ui.button(label, size=3, opens=RELEASE), more_button())


def review_dialogs(milestone: MilestoneView, *, name: ui.Text) -> rx.Component:
    """Return the dialogs of the buttons above; `name` is who is paid."""
    return rx.fragment(
        _pay_dialog(
            APPROVE,
            milestone,
            name=name,
            sentence=_("The work is accepted and paid at once. This cannot be taken back."),
            act=ActsState.approve(milestone.id),
        ),
        _pay_dialog(
            RELEASE,
            milestone,
            name=name,
            sentence=_("It is paid at once, before work is submitted. This cannot be taken back."),
            act=ActsState.release(milestone.id),
        ),
        _changes_dialog(milestone),
        _part_dialog(milestone),
    )


def _pay_dialog(
    dialog_id: str, milestone: MilestoneView, *, name: ui.Text, sentence: str, act: Any
) -> rx.Component:
    title = ui.tell(_("Release {amount} to {name}?"), amount=milestone.rest, name=name)
    return ui.confirm_dialog(
        dialog_id,
        ui.key_values((milestone.title, ui.money(milestone.rest))),
        title=title,
        sentence=sentence,
        confirm=ui.tell(_("Release {amount}"), amount=milestone.rest),
        on_confirm=act,
    )


def _hidden(name: str, value: Any) -> rx.Component:
    return el.input(type="hidden", name=name, value=value, read_only=True)


def _changes_dialog(milestone: MilestoneView) -> rx.Component:
    form = ui.app_form(
        _hidden("milestone", milestone.id),
        ui.form_field(
            _("What is to be changed?"),
            "words",
            ui.text_area,
            help=_("The clock stops until the work is submitted again."),
            error=ERRORS.get("words", ""),
        ),
        ui.row(
            ui.close_button(_("Cancel")),
            ui.submit_button(_("Request changes"), icon="undo-2"),
            end=True,
        ),
        on_submit=ActsState.request_changes,
    )
    title = ui.tell(_("Request changes to {title}"), title=milestone.title)
    return ui.dialog(CHANGES, form, title=title)


def _part_dialog(milestone: MilestoneView) -> rx.Component:
    label: Any = rx.cond(TYPED != "", ui.tell(_("Release {amount}"), amount=TYPED), _("Release"))
    form = ui.app_form(
        _hidden("milestone", milestone.id),
        _hidden("payment", milestone.payment),
        ui.form_field(
            ui.tell(_("Amount, {currency}"), currency=milestone.currency),
            "amount",
            figure=True,
            input_mode="decimal",
            auto_complete="off",
            on_change=lambda typed: ActsState.part_typed(typed, milestone.currency).debounce(300),
            help=ui.tell(_("{amount} is held. The rest stays held."), amount=milestone.rest),
            error=ERRORS.get("amount", ""),
        ),
        ui.row(ui.close_button(_("Cancel")), ui.submit_button(label), end=True),
        on_submit=ActsState.release_part,
    )
    title = ui.tell(_("Release a part of {amount}?"), amount=milestone.rest)
    return ui.dialog(PART, form, title=title)
