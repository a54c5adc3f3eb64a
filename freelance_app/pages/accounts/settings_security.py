"""The page of the person's signed-in browsers."""

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.settings import settings_tabs
from freelance_app.services.accounts.sessions import SessionView
from freelance_app.state.accounts.security import SecurityState
from freelance_app.text import _

DESCRIPTION = _("Where you are signed in.")


def session_row(row: SessionView) -> rx.Component:
    """Return a browser with its times and the button that ends its session."""
    this = ui.badge(_("This browser"), tone="blue", symbol="circle-check")
    end = ui.button(
        _("Sign out"),
        aria_label=ui.tell(_("Sign out {device}"), device=row.device),
        on_click=SecurityState.revoke(row.id),
    )
    return ui.data_row(
        ui.lead_cell(row.device),
        ui.cell(row.opened_at, on_phone=False),
        ui.cell(row.last_used_at),
        ui.cell(rx.cond(row.is_this, this, end), figure=True),
    )


def session_list() -> rx.Component:
    """Return the list, and the button that ends all the others."""
    columns = [
        ui.column(_("Browser")),
        ui.column(_("Signed in")),
        ui.column(_("Last use")),
        ui.column(_("State"), figure=True),
    ]
    others = ui.button(
        _("Sign out all other browsers"), icon="log-out", on_click=SecurityState.revoke_others
    )
    return ui.stack(
        ui.text(_("A browser that you sign out here is refused at its next click."), dim=True),
        ui.data_rows(
            columns, ui.each(SecurityState.sessions, session_row), label=_("Signed-in browsers")
        ),
        ui.row(rx.cond(SecurityState.has_others, others)),
        gap=4,
    )


@rx.page(
    route=routes.SETTINGS_SECURITY,
    title=_("Security"),
    description=DESCRIPTION,
    on_load=entering(SecurityState.enter),
)
def settings_security() -> rx.Component:
    """Return the page."""
    waiting = ui.list_card(ui.skeleton_rows(3, label=_("Loading browsers")), tag="div")
    return signed_in_page(
        ui.page_header(_("Security")),
        settings_tabs(routes.SETTINGS_SECURITY),
        loaded(SecurityState, session_list(), waiting=waiting),
        here=routes.SETTINGS_PROFILE,
        crumbs=[
            (_("Settings"), routes.SETTINGS_PROFILE),
            (_("Security"), routes.SETTINGS_SECURITY),
        ],
    )
