"""The first page: how it works for guests; who is signed in goes home."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.gate import gate
from freelance_app.state.accounts.gate import GateState
from freelance_app.text import _

DESCRIPTION = _("A private market of freelancers and their clients.")


def steps() -> rx.Component:
    """Return how a contract goes, in three lines."""
    return ui.stack(
        _step("file-pen", _("Agree"), _("Post a job, compare proposals, accept one offer.")),
        _step("lock-keyhole", _("Fund"), _("The money of a milestone is held before work starts.")),
        _step("circle-check", _("Release"), _("Approve the work and the freelancer is paid.")),
        gap=4,
    )


def _step(symbol: str, title: str, sentence: str) -> rx.Component:
    words = ui.stack(ui.strong(title), ui.text(sentence, dim=True), gap=0)
    return ui.row(ui.icon(symbol, size="lg"), words, gap=3, align="top")


def doors() -> rx.Component:
    """Return the ways in; sign-up comes below, for it is known late whether there is one."""
    sign_in = ui.link_button(_("Sign in"), href=routes.LOGIN, kind="primary", size=3, full=True)
    sign_up = ui.link_button(_("Create an account"), href=routes.SIGN_UP, size=3, full=True)
    return ui.stack(sign_in, ui.when(GateState.gate.is_sign_up_open, sign_up))


def closed_note() -> rx.Component:
    """Return what a closed instance, or one that is not set up yet, says to guests."""
    closed = ui.callout(
        _("This market is closed. New people join by invitation."), symbol="lock-keyhole"
    )
    fresh = ui.callout(
        _(
            "This market is not set up yet. Open the link that the server printed when it was "
            "started."
        ),
        symbol="settings",
    )
    view = GateState.gate
    is_closed = (view.brand != "") & ~rx.Var.create(view.is_sign_up_open)
    return ui.when(is_closed, rx.cond(view.is_set_up, closed, fresh))


@rx.page(
    route=routes.LANDING,
    title=_("Welcome"),
    description=DESCRIPTION,
    on_load=GateState.enter_as_guest,
)
def landing() -> rx.Component:
    """Return the page."""
    brand: Any = GateState.gate.brand
    return gate(
        ui.page_title(
            rx.cond(brand != "", ui.tell(_("Welcome to {brand}"), brand=brand), _("Welcome")),
            _("A private market of freelancers and their clients."),
        ),
        steps(),
        doors(),
        closed_note(),
    )
