"""The kit's controls and the states of a page."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.dev import story
from freelance_app.state.dev.kit import DevState
from freelance_app.text import _

VIEWS = [("list", _("List")), ("board", _("Board")), ("time", _("Timeline"))]
PAY = [("fixed", _("Fixed price")), ("hourly", _("Hourly")), ("open", _("Open to proposals"))]


def form() -> rx.Component:
    """Return a form whose handler refuses empty fields."""
    errors: Any = DevState.errors  # a Var once the class is made
    return ui.app_form(
        rx.cond(
            errors.length() > 0,
            ui.callout(
                _("Some fields need a change."), tone="red", symbol="circle-alert", alert=True
            ),
        ),
        ui.form_field(_("Title"), "title", error=errors.get("title", "")),
        ui.form_field(
            _("Amount, EUR"),
            "amount",
            figure=True,
            placeholder="1,200.50",
            help=_("Held until you approve"),
            error=errors.get("amount", ""),
        ),
        ui.form_field(_("Pay"), "pay", ui.select, options=PAY),
        ui.form_field(
            _("What is to be done"), "about", ui.text_area, error=errors.get("about", "")
        ),
        ui.form_actions(
            ui.submit_button(_("Save milestone")), ui.button(_("Cancel"), kind="ghost")
        ),
        on_submit=DevState.check,
    )


def controls() -> rx.Component:
    """Return the other controls and their states."""
    return ui.stack(
        ui.form_field(
            _("With an error"), "wrong", default_value="1200,5", error=_("Write 1,200.50")
        ),
        ui.form_field(_("Read only"), "fixed", default_value="EUR", read_only=True),
        ui.form_field(_("Disabled"), "off", default_value="EUR", disabled=True),
        ui.form_field(_("Search"), "find", icon="search", type="search"),
        ui.radio_group(
            _("Who may apply"), "who", [("all", _("All")), ("invited", _("Invited"))], value="all"
        ),
        ui.checkbox_group(
            _("Skills"),
            ui.checkbox("React Native", name="skill", count="38", default_checked=True),
            ui.checkbox("Kotlin", name="skill", count="9"),
        ),
        gap=3,
    )


def choices() -> rx.Component:
    """Return segments, tabs and chips."""
    return ui.stack(
        ui.segments(_("View"), "view", VIEWS, value=DevState.view, on_change=DevState.choose),
        ui.segment_links(
            _("Period"), (_("Week"), routes.KIT, True), (_("Month"), story.NOWHERE, False)
        ),
        ui.tabs(
            ui.tab(_("Overview"), routes.KIT, current=True),
            ui.tab(_("Files"), story.NOWHERE, count="11"),
            label=_("Example"),
        ),
        ui.filter_chips(ui.filter_chip("React Native"), ui.filter_chip(_("4 h overlap"))),
        gap=3,
    )


def callouts() -> rx.Component:
    """Return sentences on coloured ground."""
    return ui.stack(
        ui.callout(_("This market is closed."), symbol="lock-keyhole"),
        ui.callout(_("Two pictures are not protected."), tone="amber", symbol="triangle-alert"),
        ui.callout(_("The deposit failed."), tone="red", symbol="circle-alert"),
        ui.callout(_("Terms v3 wait for Ingrid."), tone="blue"),
        ui.callout(_("The books balance."), tone="green", symbol="shield-check"),
    )


def empty() -> rx.Component:
    """Return the empty state."""
    return ui.empty_state(
        _("No contracts yet"),
        _("A contract starts when you and a freelancer have signed an offer."),
        symbol="scroll-text",
        action=ui.link_button(_("Post a job"), href=story.NOWHERE, icon="plus"),
    )


def failed() -> rx.Component:
    """Return the error state."""
    return ui.error_state(
        _("Your contracts did not load"),
        _("The server did not answer in 10 seconds. Nothing is lost and no money has moved."),
        request="7f3a-91c2",
    )


def loading() -> rx.Component:
    """Return the skeleton."""
    return ui.skeleton_rows(4, label=_("Loading contracts"))


def forbidden() -> rx.Component:
    """Return what a stranger sees."""
    return ui.forbidden_state(home=routes.HOME)


def refused() -> rx.Component:
    """Return what the other side sees of a page that is not for it."""
    back = ui.link_button(_("Back to the contract"), href=story.NOWHERE)
    return ui.refused_state(_("Only the client can do this."), back=back)


def draft() -> rx.Component:
    """Return a form that a reload fills again."""
    return ui.draft_form(
        ui.form_field(_("Cover letter"), "letter", ui.text_area),
        kept_for="kit",
        on_submit=DevState.check,
    )
