"""One deposit: where to send the money, and whether it has arrived."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.clock import next_action_card
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.money import pay_into, who_acts
from freelance_app.state.money.deposit import DepositState
from freelance_app.text import _

DEPOSIT: Any = DepositState.deposit
CANCEL, MORE = "give-up", "more-deposit"


def acts() -> rx.Component:
    """Return what its sender does: copy the lines; giving up is rare."""
    give_up = ui.menu_item(_("Give it up"), icon="circle-x", opens=CANCEL)
    into: Any = DEPOSIT.pay_into
    return rx.fragment(
        ui.copy_button(_("Copy the reference"), into.reference, kind="primary", size=3),
        ui.copy_button(_("Copy the account number"), into.account, size=3),
        ui.icon_button("ellipsis", _("More: give it up"), size=3, menu=MORE),
        ui.menu(MORE, give_up, label=_("More about this deposit")),
    )


def next_action() -> rx.Component:
    """Say what comes next."""
    is_pending: Any = DEPOSIT.pay_into.reference != ""
    title = rx.cond(
        is_pending,
        ui.tell(_("Send {amount} from your bank"), amount=DEPOSIT.amount.text),
        DEPOSIT.amount.text,
    )
    return next_action_card(
        status=ui.status_badge(DEPOSIT.status),
        title=title,
        sentence=DEPOSIT.next_step,
        actions=rx.cond(DEPOSIT.can_cancel, acts(), rx.fragment()),
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
    shown = rx.fragment(lines, careful, steps())
    return rx.cond(DEPOSIT.pay_into.reference != "", shown, rx.fragment())


def steps() -> rx.Component:
    """Say who acts next, until when, and what then happens by itself."""
    for_work = ui.tell(
        _("{amount} is held for {about}, and both sides are told. Less would stay in your wallet."),
        amount=DEPOSIT.amount.text,
        about=DEPOSIT.about,
    )
    who = who_acts(
        (
            _("First you"),
            _("Send the money from your bank. No day is set: nothing ends by itself."),
        ),
        (_("Then finance"), _("Confirms it when it is on the account. You are told at once.")),
        (_("Then by itself"), rx.cond(DEPOSIT.about != "", for_work, _("It is in your wallet."))),
    )
    return ui.card(who, title=_("What happens next"), card_id="steps", padded=False)


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
    header = ui.page_header(_("Deposit by bank transfer"))
    waiting = ui.list_card(ui.skeleton_rows(4, label=_("Loading the deposit")), tag="div")
    give_up = ui.confirm_dialog(
        CANCEL,
        title=ui.tell(_("Give up the deposit of {amount}?"), amount=DEPOSIT.amount.text),
        sentence=_(
            "Do it only when you have not sent the money. What arrives all the same goes into "
            "your wallet and funds nothing."
        ),
        confirm=_("Give it up"),
        on_confirm=DepositState.cancel,
        kind="danger",
    )
    return signed_in_page(
        loaded(DepositState, body, waiting=waiting, header=header),
        here=routes.BILLING,
        crumbs=[(_("Billing"), routes.BILLING), (_("Deposit"), routes.BILLING)],
        overlays=[give_up],
    )
