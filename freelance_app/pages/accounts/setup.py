"""The set-up page: the first administrator and the instance, in one go."""

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.gate import (
    error_line,
    gate,
    hidden,
    send_button,
    sent_field,
    sent_form,
)
from freelance_app.components.instance_fields import CURRENCIES, SIGN_UP, ZONES
from freelance_app.state.accounts.gate import GateState
from freelance_app.state.accounts.setup import SetupState
from freelance_app.text import _

DESCRIPTION = _("Set this market up and make its first administrator.")


def you() -> list[rx.Component]:
    """Return the fields of the administrator."""
    return [
        ui.heading(_("You, the administrator")),
        sent_field(_("Your name"), "name", auto_complete="name"),
        sent_field(_("E-mail"), "email", type="email", auto_complete="username"),
        sent_field(
            _("Password"),
            "password",
            type="password",
            auto_complete="new-password",
            help=_("At least 10 characters. A few words in a row are easy to keep in mind."),
        ),
    ]


def market() -> list[rx.Component]:
    """Return the fields of the instance."""
    return [
        ui.heading(_("This market")),
        sent_field(_("Name of the market"), "instance_name", help=_("Stands on every page.")),
        sent_field(
            _("Time zone"),
            "time_zone",
            ui.select,
            options=ZONES,
            custom_attrs={"data-zone": "true"},
        ),
        sent_field(_("Currency"), "currency", ui.select, options=CURRENCIES),
        ui.stack(
            ui.radio_group(
                _("Who may sign up"),
                "sign_up",
                SIGN_UP,
                value="open",
                aria_describedby="sign_up-error",
            ),
            error_line("sign_up"),
            gap=1,
        ),
        sent_field(
            _("Days that a new payout method waits"),
            "payout_wait_days",
            input_mode="numeric",
            default_value="3",
            help=_("So that nobody who steals an account is paid at once. 0 is allowed."),
        ),
    ]


def bank() -> list[rx.Component]:
    """Return the fields of the account for deposits."""
    return [
        ui.heading(_("Bank account for deposits")),
        ui.text(_("Clients send their money there. It can be filled in later."), dim=True),
        sent_field(_("Account holder"), "bank_holder", auto_complete="off"),
        sent_field(_("IBAN or account number"), "bank_account", auto_complete="off"),
        sent_field(_("BIC or bank code"), "bank_code", auto_complete="off"),
        sent_field(_("Bank"), "bank_name", auto_complete="off"),
    ]


def set_up_form() -> rx.Component:
    """Return the form."""
    return sent_form(
        hidden("token", filled_from="query"),
        *you(),
        *market(),
        *bank(),
        send_button(_("Set up and sign in")),
        action=routes.FIRST_START,
    )


def dead() -> rx.Component:
    """Return what a link says that works no longer."""
    return rx.fragment(
        ui.page_title(
            _("This link works no longer"),
            _(
                "The market is set up, or the link is older than the last start of the server. "
                "Each start prints a new one until there is an administrator."
            ),
        ),
        ui.link_button(_("Sign in"), href=routes.LOGIN, size=3, full=True),
    )


@rx.page(
    route=routes.SETUP,
    title=_("Set up"),
    description=DESCRIPTION,
    on_load=[GateState.enter, SetupState.enter],
)
def setup() -> rx.Component:
    """Return the page; the form stands there at once, so that a script can fill the zone in."""
    form = rx.fragment(
        ui.page_title(_("Set up"), _("Once, now. Everything can be changed later.")),
        set_up_form(),
    )
    is_dead = rx.Var.create(SetupState.is_checked) & ~rx.Var.create(SetupState.is_open)
    return gate(rx.cond(is_dead, dead(), form), is_long=True)
