"""The sign-up page: as a client with a company, or as a freelancer."""

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.gate import (
    error_line,
    gate,
    hidden,
    once_known,
    send_button,
    sent_field,
    sent_form,
)
from freelance_app.state.accounts.gate import GateState
from freelance_app.text import _

DESCRIPTION = _("Create an account as a client or a freelancer.")


def role_choice() -> rx.Component:
    """Return the question what somebody is here for."""
    choice = ui.radio_group(
        _("I am here to"),
        "role",
        [("client", _("hire, as a client")), ("freelancer", _("work, as a freelancer"))],
        value="client",
        aria_describedby="role-error",
    )
    return ui.stack(choice, error_line("role"), gap=1)


def consent() -> rx.Component:
    """Return the box that accepts the terms, and the links to read them first."""
    terms = ui.link(_("Terms"), href=routes.TERMS, target="_blank")
    privacy = ui.link(_("Privacy"), href=routes.PRIVACY, target="_blank")
    return ui.stack(
        ui.checkbox(
            _("I accept the terms and the privacy rules"),
            name="consent",
            value="yes",
            aria_describedby="consent-error",
        ),
        error_line("consent"),
        ui.row(terms, privacy, gap=4),
        gap=1,
    )


def sign_up_form() -> rx.Component:
    """Return the form; the time zone comes from the browser."""
    return sent_form(
        role_choice(),
        sent_field(_("Your name"), "name", auto_complete="name", size=3),
        sent_field(_("Company"), "company", auto_complete="organization", size=3, only="client"),
        sent_field(_("E-mail"), "email", type="email", auto_complete="username", size=3, keep=True),
        sent_field(
            _("Password"),
            "password",
            type="password",
            auto_complete="new-password",
            size=3,
            help=_("At least 10 characters. A few words in a row are easy to keep in mind."),
        ),
        hidden("zone", filled_from="zone"),
        consent(),
        send_button(_("Create an account")),
        action=routes.REGISTER,
    )


@rx.page(
    route=routes.SIGN_UP,
    title=_("Create an account"),
    description=DESCRIPTION,
    on_load=GateState.enter_as_guest,
)
def signup() -> rx.Component:
    """Return the page; a closed instance shows no form, nor does a page that does not know yet."""
    view = GateState.gate
    has_door = (view.brand == "") | view.is_sign_up_open
    form = once_known(sign_up_form(), label=_("Loading the form"))
    closed = _("This market is closed. New people join by invitation.")
    have_one = ui.text(
        _("You have an account?"), " ", ui.link(_("Sign in"), href=routes.LOGIN), dim=True
    )
    lead = _("You can be client and freelancer at once; add the other later.")
    door = rx.fragment(ui.page_title(_("Create an account"), lead), form)
    wall = ui.page_title(_("Create an account"), closed)
    return gate(ui.when(has_door, door, wall), have_one, is_long=True)
