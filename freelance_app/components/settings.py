"""The parts of a person's settings."""

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.text import _


def settings_tabs(here: str) -> rx.Component:
    """Return the links between the settings pages."""
    places = [
        (_("Profile"), routes.SETTINGS_PROFILE),
        (_("Security"), routes.SETTINGS_SECURITY),
    ]
    tabs = [ui.tab(words, href, current=href == here) for words, href in places]
    return ui.tabs(*tabs, label=_("Settings"))
