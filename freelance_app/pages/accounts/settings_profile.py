"""The page of the person's own settings: name, time zone, language, roles."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.gate import hidden, sent_field, sent_form
from freelance_app.components.instance_fields import ZONES
from freelance_app.components.settings import settings_tabs
from freelance_app.services.accounts.parties import PartyView
from freelance_app.settings import settings
from freelance_app.state.accounts.profile import ProfileState
from freelance_app.text import LANGUAGE_NAMES, _, language_of_actor

DESCRIPTION = _("Your name, time zone, language and roles.")


def about_you() -> rx.Component:
    """Return the form of name and time zone."""
    profile, errors = ProfileState.profile, ProfileState.errors
    email = ui.form_field(
        _("E-mail"), "email", default_value=profile.email, read_only=True, type="email"
    )
    form = ui.app_form(
        ui.form_field(
            _("Name"),
            "name",
            default_value=profile.name,
            auto_complete="name",
            error=errors.get("name", ""),
        ),
        ui.form_field(
            _("Time zone"),
            "zone",
            ui.select,
            options=ZONES,
            default_value=profile.zone,
            help=_("Every moment that you read is in it."),
            error=errors.get("zone", ""),
        ),
        ui.form_actions(ui.submit_button(_("Save"))),
        on_submit=ProfileState.save,
    )
    return ui.card(ui.stack(email, form, gap=4), title=_("You"), card_id="you")


def language_choice() -> rx.Component:
    """Return the form of the language; the pages are built once for each."""
    choices = [(each, LANGUAGE_NAMES.get(each, each)) for each in settings.built_languages]
    form = ui.app_form(
        ui.form_field(
            _("Language of pages and mails"),
            "language",
            ui.select,
            options=choices,
            default_value=language_of_actor(),
        ),
        ui.form_actions(ui.button(_("Change language"), type="submit")),
        action=routes.SET_LANGUAGE,
    )
    return ui.card(form, title=_("Language"), card_id="language-card")


def roles() -> rx.Component:
    """Return the parties of the person, and the way to add the other role."""
    columns = [
        ui.column(_("Name")),
        ui.column(_("Role")),
        ui.column(_("You are")),
        ui.column(_("State"), figure=True),
    ]
    table = ui.data_rows(columns, ui.each(ProfileState.parties, _role), label=_("Your roles"))
    add = ui.thirds(add_company(), ui.when(~_is_freelancer(), add_freelancer()))
    none = ui.text(_("You act for the market itself. Add a role to hire or to work."), dim=True)
    has_roles = ProfileState.parties.length() > 0  # pyright: ignore[reportAttributeAccessIssue]
    body = ui.stack(rx.cond(has_roles, table, none), add, gap=4)
    return ui.section(_("Your roles"), body, section_id="roles-heading")


def _is_freelancer() -> Any:
    return rx.Var.create(ProfileState.is_freelancer_too)


def _role(party: PartyView) -> rx.Component:
    switch = ui.app_form(
        hidden("party", party.id),
        ui.button(
            _("Switch"), type="submit", aria_label=ui.tell(_("Switch to {name}"), name=party.name)
        ),
        action=routes.SWITCH_PARTY,
    )
    current = ui.badge(_("Current role"), tone="blue", symbol="circle-check")
    return ui.data_row(
        ui.lead_cell(party.name),
        ui.cell(party.kind),
        ui.cell(party.role, on_phone=False),
        ui.cell(rx.cond(party.is_current, current, switch), figure=True),
    )


def add_company() -> rx.Component:
    """Return the form that makes a client of a freelancer."""
    form = sent_form(
        hidden("role", "client"),
        sent_field(_("Name of the company"), "company", auto_complete="organization"),
        ui.form_actions(ui.button(_("Add a company"), type="submit", icon="plus")),
        action=routes.ADD_PARTY,
    )
    return ui.card(form, title=_("Hire as a client"), card_id="add-company")


def add_freelancer() -> rx.Component:
    """Return the form that makes a freelancer of a client."""
    form = sent_form(
        hidden("role", "freelancer"),
        ui.text(_("You send proposals and are paid under your own name."), dim=True),
        ui.form_actions(ui.button(_("Become a freelancer too"), type="submit", icon="plus")),
        action=routes.ADD_PARTY,
    )
    return ui.card(form, title=_("Work as a freelancer"), card_id="add-freelancer")


@rx.page(
    route=routes.SETTINGS_PROFILE,
    title=_("Settings"),
    description=DESCRIPTION,
    on_load=entering(ProfileState.enter),
)
def settings_profile() -> rx.Component:
    """Return the page."""
    content = ui.columns(about_you(), roles(), aside=language_choice(), label=_("Language"))
    waiting = ui.list_card(ui.skeleton_rows(4, label=_("Loading settings")), tag="div")
    return signed_in_page(
        ui.page_header(_("Settings")),
        settings_tabs(routes.SETTINGS_PROFILE),
        loaded(ProfileState, content, waiting=waiting),
        here=routes.SETTINGS_PROFILE,
        crumbs=[(_("Settings"), routes.SETTINGS_PROFILE)],
    )
