"""The page after signing up: a link was mailed; here it can be mailed again."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.gate import gate, sent_field, sent_form
from freelance_app.state.accounts.gate import GateState
from freelance_app.text import _

DESCRIPTION = _("Open the link in the mail to confirm your address.")


def resend_form() -> rx.Component:
    """Return the form that asks for the mail again."""
    return sent_form(
        sent_field(_("E-mail"), "email", type="email", auto_complete="username", size=3, keep=True),
        ui.button(_("Send the link again"), size=3, full=True, type="submit"),
        action=routes.RESEND,
    )


def notes() -> rx.Component:
    """Return what brought the person here."""
    query: Any = rx.State.router.url.query_parameters
    unconfirmed = ui.callout(
        _("Confirm your e-mail first. Then you can sign in."), tone="amber", symbol="mail"
    )
    sent = ui.callout(
        _("If the address waits for its confirmation, a new mail is on its way."),
        tone="blue",
        symbol="send",
    )
    return rx.fragment(
        rx.cond(query.get("unconfirmed", "") != "", unconfirmed),
        rx.cond(query.get("sent", "") != "", sent),
    )


@rx.page(
    route=routes.CHECK_MAIL,
    title=_("Check your mail"),
    description=DESCRIPTION,
    on_load=GateState.enter,
)
def check_mail() -> rx.Component:
    """Return the page."""
    return gate(
        ui.page_title(
            _("Check your mail"),
            _("Open the link in the mail that we sent you. It works for 24 hours."),
        ),
        notes(),
        ui.text(_("No mail? Look into the spam folder, or ask for another one."), dim=True),
        resend_form(),
        ui.text(ui.link(_("Sign in"), href=routes.LOGIN)),
    )
