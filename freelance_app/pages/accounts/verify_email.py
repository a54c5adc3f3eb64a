"""The page that a mail's link opens: it confirms only when the button is pressed."""

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.gate import (
    gate,
    hidden,
    send_button,
    sent_field,
    sent_form,
    user_name,
)
from freelance_app.pages.accounts.check_mail import resend_form
from freelance_app.state.accounts.gate import GateState
from freelance_app.state.accounts.verify_email import VerifyEmailState
from freelance_app.text import _

DESCRIPTION = _("Confirm your e-mail address.")


def confirm() -> rx.Component:
    """Return the form for the password, under the address that it confirms."""
    sentence = ui.tell(_("Confirm that {email} is yours."), email=VerifyEmailState.link.email)
    return rx.fragment(
        ui.page_title(_("Confirm your e-mail"), sentence),
        sent_form(
            hidden("token", filled_from="query"),
            user_name(VerifyEmailState.link.email),
            sent_field(
                _("Password"),
                "password",
                type="password",
                auto_complete="current-password",
                size=3,
                help=_("The one that you chose when you signed up."),
            ),
            send_button(_("Confirm and sign in")),
            action=routes.CONFIRM_EMAIL,
        ),
        ui.text(
            _("No longer know it?"), " ", ui.link(_("Sign up again"), href=routes.SIGN_UP), dim=True
        ),
    )


def too_late() -> rx.Component:
    """Return what a link says that works no longer."""
    return rx.fragment(
        ui.page_title(
            _("This link works no longer"),
            _("It was used already, or it is older than 24 hours."),
        ),
        resend_form(),
        ui.text(_("Confirmed already?"), " ", ui.link(_("Sign in"), href=routes.LOGIN), dim=True),
    )


@rx.page(
    route=routes.VERIFY_EMAIL,
    title=_("Confirm your e-mail"),
    description=DESCRIPTION,
    on_load=[GateState.enter, VerifyEmailState.enter],
)
def verify_email() -> rx.Component:
    """Return the page."""
    waiting = ui.page_title(_("Confirm your e-mail"), _("Looking at the link"))
    content = rx.cond(VerifyEmailState.link.email != "", confirm(), too_late())
    return gate(rx.cond(VerifyEmailState.is_checked, content, waiting))
