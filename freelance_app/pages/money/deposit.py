"""One deposit: where to send the money, and whether it has arrived."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.clock import next_action_card
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.money import pay_into
from freelance_app.state.money.deposit import DepositState
from freelance_app.text import _

DEPOSIT: Any = DepositState.deposit
CANCEL = "give-up"


def next_action() -> rx.Component:
    """Say what comes next."""
    is_pending: Any = DEPOSIT.pay_into.reference != ""
    title = rx.cond(
        is_pending,
        ui.tell(_("Send {amount} from your bank"), amount=DEPOSIT.amount.text),
        DEPOSIT.amount.text,
    )
    give_up = ui.button(_("Give it up"), size=3, opens=CANCEL)
    return next_action_card(
        status=ui.status_badge(DEPOSIT.status),
        title=title,
        sentence=DEPOSIT.next_step,
        actions=rx.cond(DEPOSIT.can_cancel, give_up, rx.fragment()),
        tone=rx.cond(DEPOSIT.can_cancel, "wait", "calm"),
    )


def details() -> rx.Component:
    """Return the lines of the transfer while the money is awaited."""
    lines = ui.card(
        pay_into(DEPOSIT.pay_into, DEPOSIT.amount.text),
        title=_("What to write on the transfer"),
        card_id="transfer",
        padded=False,
    )
    careful = ui.callout(
        _("Write the reference exactly: by it the money is found and used for what you chose."),
        symbol="info",
    )
    shown = rx.fragment(lines, careful)
    return rx.cond(DEPOSIT.pay_into.reference != "", shown, rx.fragment())


def facts() -> rx.Component:
    """Return what the deposit is."""
    about = ui.stack(ui.meta(_("For")), ui.text(DEPOSIT.about), gap=0)
    return ui.card(
        ui.stack(
            rx.cond(DEPOSIT.about != "", about, rx.fragment()),
            ui.key_values(
                (_("Reference"), ui.strong(DEPOSIT.reference)),
                (_("Announced"), DEPOSIT.created_at),
            ),
            gap=3,
        ),
        title=_("Deposit"),
        card_id="facts",
    )


@rx.page(
    route=routes.DEPOSIT,
    title=_("Deposit"),
    description=_("Where to send the money, and whether it has arrived."),
    on_load=entering(DepositState.enter),
)
def deposit() -> rx.Component:
    """Return the page."""
    body = ui.columns(next_action(), details(), aside=facts(), label=_("Deposit"))
    waiting = ui.list_card(ui.skeleton_rows(4, label=_("Loading the deposit")), tag="div")
    give_up = ui.confirm_dialog(
        CANCEL,
        title=_("Give this deposit up?"),
        sentence=_("Do it only when you have not sent the money. You can announce another one."),
        confirm=_("Give it up"),
        on_confirm=DepositState.cancel,
        kind="danger",
    )
    return signed_in_page(
        ui.page_header(_("Deposit by bank transfer"), ui.status_badge(DEPOSIT.status)),
        loaded(DepositState, body, waiting=waiting),
        here=routes.BILLING,
        crumbs=[(_("Billing"), routes.BILLING), (_("Deposit"), routes.BILLING)],
        overlays=[give_up],
    )
