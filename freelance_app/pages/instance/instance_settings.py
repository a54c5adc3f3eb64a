"""The administrator's page for the instance itself."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.instance_fields import CURRENCIES, SIGN_UP, ZONES
from freelance_app.state.instance.instance_settings import InstanceSettingsState
from freelance_app.text import _

DESCRIPTION = _("Name, money and door of this market.")


def _line(label: str, name: str, **props: Any) -> rx.Component:
    """Return a field with what is kept now, and with what is wrong."""
    errors = InstanceSettingsState.errors
    kept = getattr(InstanceSettingsState.form, name)
    return ui.form_field(label, name, default_value=kept, error=errors.get(name, ""), **props)


def market() -> rx.Component:
    """Return name, zone, currency and door."""
    errors, form = InstanceSettingsState.errors, InstanceSettingsState.form
    return ui.card(
        ui.stack(
            _line(_("Name of the market"), "instance_name", help=_("Stands on every page.")),
            _line(_("Time zone"), "time_zone", control=ui.select, options=ZONES),
            _line(_("Currency"), "currency", control=ui.select, options=CURRENCIES),
            ui.form_field(
                _("Who may sign up"),
                "sign_up",
                ui.select,
                options=SIGN_UP,
                default_value=form.sign_up,
                error=errors.get("sign_up", ""),
            ),
            _line(
                _("Days that a new payout method waits"),
                "payout_wait_days",
                input_mode="numeric",
                help=_("So that nobody who steals an account is paid at once. 0 is allowed."),
            ),
            gap=4,
        ),
        title=_("This market"),
        card_id="market",
    )


def bank() -> rx.Component:
    """Return the account for deposits."""
    return ui.card(
        ui.stack(
            _line(_("Account holder"), "bank_holder"),
            _line(_("IBAN or account number"), "bank_account"),
            _line(_("BIC or bank code"), "bank_code"),
            _line(_("Bank"), "bank_name"),
            gap=4,
        ),
        title=_("Bank account for deposits"),
        card_id="bank",
    )


def form() -> rx.Component:
    """Return the form."""
    return ui.app_form(
        ui.columns(market(), aside=bank(), label=_("Bank account for deposits")),
        ui.form_actions(ui.submit_button(_("Save"))),
        on_submit=InstanceSettingsState.save,
    )


@rx.page(
    route=routes.ADMIN_SETTINGS,
    title=_("Instance"),
    description=DESCRIPTION,
    on_load=entering(InstanceSettingsState.enter),
)
def instance_settings() -> rx.Component:
    """Return the page."""
    waiting = ui.list_card(ui.skeleton_rows(6, label=_("Loading settings")), tag="div")
    return signed_in_page(
        loaded(
            InstanceSettingsState,
            form(),
            waiting=waiting,
            header=ui.page_header(_("Instance")),
        ),
        here=routes.ADMIN_SETTINGS,
        crumbs=[(_("Instance"), routes.ADMIN_SETTINGS)],
    )
