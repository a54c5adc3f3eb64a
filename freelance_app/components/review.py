"""Dialogs and buttons of a client's answer to work: approve, ask for changes, release.

A button says which milestone, and which payment of it, its dialog is about; the dialogs show what
`ActsState` was asked about last, not the page's milestone, which others may change meanwhile.
"""

from typing import Any

import reflex as rx

from freelance_app.components import ui
from freelance_app.services.contracts.milestone_views import MilestoneView
from freelance_app.state.contracts.acts import (
    APPROVE,
    CHANGES,
    PART,
    RELEASE,
    ActsState,
    Dialog,
)
from freelance_app.text import _

MORE = "more-acts"
ASKED: Any = ActsState.asked
ERRORS: Any = ActsState.errors
TYPED: Any = ActsState.part


def _asks(dialog_id: Dialog, milestone: MilestoneView) -> dict[str, Any]:
    """Return what makes a button open a dialog about a milestone."""
    chosen = ActsState.choose(milestone.key, dialog_id)
    return {"on_click": chosen, "custom_attrs": ui.asks(dialog_id, milestone.key)}


def approve_button(milestone: MilestoneView) -> rx.Component:
    """Return the button that asks before it accepts and pays."""
    label = ui.tell(_("Approve and release {amount}"), amount=milestone.rest)
    return ui.button(label, kind="primary", size=3, icon="check", **_asks(APPROVE, milestone))


def review_buttons(milestone: MilestoneView) -> rx.Component:
    """Return what a client may do with submitted work, the rare act under "..."."""
    changes = ui.button(_("Request changes"), size=3, **_asks(CHANGES, milestone))
    return rx.fragment(approve_button(milestone), ui.row(changes, more_button(milestone)))


def more_button(milestone: MilestoneView) -> rx.Component:
    """Return the menu of the rare act."""
    part = ui.menu_item(_("Release a part"), icon="pencil-line", **_asks(PART, milestone))
    button = ui.icon_button("ellipsis", _("More: release a part"), size=3, menu=MORE)
    return rx.fragment(button, ui.menu(MORE, part, label=_("More about this milestone")))


def release_buttons(milestone: MilestoneView) -> rx.Component:
    """Return what a client may do with held money before work is submitted."""
    label = ui.tell(_("Release {amount}"), amount=milestone.rest)
    return ui.row(ui.button(label, size=3, **_asks(RELEASE, milestone)), more_button(milestone))


def review_dialogs() -> rx.Component:
    """Return the dialogs of the buttons above; they stand on the page before one is asked for."""
    return rx.fragment(
        _pay_dialog(
            APPROVE,
            sentence=_("The work is accepted and paid at once. This cannot be taken back."),
            act=ActsState.approve(ASKED.key),
        ),
        _pay_dialog(
            RELEASE,
            sentence=_("It is paid at once, before work is submitted. This cannot be taken back."),
            act=ActsState.release(ASKED.key),
        ),
        _changes_dialog(),
        _part_dialog(),
    )


def _pay_dialog(dialog_id: Dialog, *, sentence: str, act: Any) -> rx.Component:
    title = ui.tell(_("Release {amount} to {name}?"), amount=ASKED.rest, name=ASKED.name)
    return ui.confirm_dialog(
        dialog_id,
        ui.key_values((ASKED.title, ui.money(ASKED.rest))),
        title=title,
        sentence=sentence,
        confirm=ui.tell(_("Release {amount}"), amount=ASKED.rest),
        on_confirm=act,
        about=ASKED.key,
    )


def _changes_dialog() -> rx.Component:
    form = ui.app_form(
        ui.hidden_value("key", ASKED.key),
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
        key=ASKED.key,
    )
    title = ui.tell(_("Request changes to {title}"), title=ASKED.title)
    return ui.dialog(CHANGES, form, title=title, about=ASKED.key)


def _part_dialog() -> rx.Component:
    label: Any = rx.cond(TYPED != "", ui.tell(_("Release {amount}"), amount=TYPED), _("Release"))
    form = ui.app_form(
        ui.hidden_value("key", ASKED.key),
        ui.form_field(
            ui.tell(_("Amount, {currency}"), currency=ASKED.currency),
            "amount",
            figure=True,
            input_mode="decimal",
            auto_complete="off",
            on_change=lambda typed: ActsState.part_typed(typed, ASKED.currency).debounce(300),
            help=ui.tell(_("{amount} is held. The rest stays held."), amount=ASKED.rest),
            error=ERRORS.get("amount", ""),
        ),
        ui.row(ui.close_button(_("Cancel")), ui.submit_button(label), end=True),
        on_submit=ActsState.release_part,
        key=ASKED.key,
    )
    title = ui.tell(_("Release a part of {amount}?"), amount=ASKED.rest)
    return ui.dialog(PART, form, title=title, about=ASKED.key)
