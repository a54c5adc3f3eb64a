"""The sign-in page."""

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.gate import gate, hidden, send_button, sent_field, sent_form
from freelance_app.state.accounts.gate import GateState
from freelance_app.text import _

DESCRIPTION = _("Sign in to your jobs and contracts.")


def sign_in_form() -> rx.Component:
    """Return the form; it is a plain one and needs no page that is ready."""
    return sent_form(
        hidden("next", filled_from="query"),
        sent_field(_("E-mail"), "email", type="email", auto_complete="username", size=3, keep=True),
        sent_field(
            _("Password"), "password", type="password", auto_complete="current-password", size=3
        ),
        send_button(_("Sign in")),
        action=routes.SIGN_IN,
    )


def other_ways() -> rx.Component:
    """Return what to do without an account."""
    join = ui.text(
        _("New here?"), " ", ui.link(_("Create an account"), href=routes.SIGN_UP), dim=True
    )
    closed = ui.callout(
        _("This market is closed. New people join by invitation."), symbol="lock-keyhole"
    )
    view = GateState.gate
    return ui.when(view.brand != "", rx.cond(view.is_sign_up_open, join, closed))


@rx.page(
    route=routes.LOGIN,
    title=_("Sign in"),
    description=DESCRIPTION,
    on_load=GateState.enter_as_guest,
)
def login() -> rx.Component:
    """Return the page."""
    return gate(
        ui.page_title(_("Sign in"), _("A private market of freelancers and their clients.")),
        sign_in_form(),
        other_ways(),
    )
