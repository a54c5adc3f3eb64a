"""`/dev/kit`: every piece in every state."""

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.dev import kit_forms, kit_lists, kit_pieces, story
from freelance_app.components.keyset import keyset_pager
from freelance_app.components.months import months_card
from freelance_app.components.shell import Navigation, Place, PlaceGroup, app_shell
from freelance_app.text import _


def navigation() -> Navigation:
    """Return places as a client sees them."""
    home = Place(_("Home"), routes.KIT, "house", "5", "wait")
    talk = Place(_("Messages"), story.NOWHERE, "message-square", "2", "on")
    work = Place(_("Contracts"), story.NOWHERE, "scroll-text", "4")
    return Navigation(
        brand="Mwamba Works",
        home=routes.KIT,
        who=story.FJORDLYS,
        role="Ingrid, client",
        groups=(PlaceGroup((home, talk)), PlaceGroup((work,), _("Work"))),
        foot=(Place(_("Settings"), story.NOWHERE, "settings"),),
        dock=(home, work, talk),
        roles=(ui.menu_item("Fjordlys Energi", icon="building-2", href=routes.KIT),),
    )


def specimen(title: str, piece: rx.Component, *, padded: bool = True) -> rx.Component:
    """Return a piece in a card that names it."""
    card_id = title.lower().replace(" ", "-").replace(",", "")
    return ui.card(piece, title=title, card_id=card_id, padded=padded)


def mode_button() -> rx.Component:
    """Return the switch between light and dark."""
    return ui.button(_("Light or dark"), icon="sun-moon", on_click=rx.toggle_color_mode)


@rx.page(route=routes.KIT, title="Kit", description="Every piece in every state.")
def kit() -> rx.Component:
    """Return the page."""
    body = ui.stack(
        ui.thirds(
            specimen("Buttons", kit_pieces.buttons()),
            specimen("Status words", kit_pieces.badges()),
            specimen("People and tags", kit_pieces.people()),
        ),
        kit_pieces.waits_for_other(),
        ui.thirds(
            specimen("Clocks", kit_pieces.clocks()),
            specimen("Money line", kit_pieces.money()),
            specimen("Tabs, segments, chips", kit_forms.choices()),
        ),
        ui.thirds(
            specimen("Form", kit_forms.form()),
            specimen("Controls", kit_forms.controls()),
            specimen("Callouts", kit_forms.callouts()),
        ),
        ui.thirds(
            specimen("Overlays", kit_pieces.overlays()),
            specimen("Toasts", kit_pieces.toasts()),
            specimen("Mode", mode_button()),
        ),
        kit_pieces.figures(),
        months_card([story.MONTHS], title="Earned by month"),
        keyset_pager("The newest first", path=routes.KIT, older="#", newer=""),
        ui.thirds(
            specimen("Loading", kit_forms.loading(), padded=False),
            specimen("Empty", kit_forms.empty(), padded=False),
            specimen("Error", kit_forms.failed(), padded=False),
        ),
        ui.thirds(
            specimen("Forbidden", kit_forms.forbidden(), padded=False),
            specimen("For the other side", kit_forms.refused(), padded=False),
            specimen("Kept typing", kit_forms.draft()),
        ),
        ui.thirds(
            specimen("Words", kit_lists.words()),
            specimen("Cards", kit_lists.cards()),
            specimen("More controls", kit_lists.more_controls()),
        ),
        ui.thirds(
            specimen("Rows", kit_lists.rows(), padded=False),
            specimen("Copying", kit_lists.copies()),
            specimen("Filters", kit_lists.filters(kit_pieces.SHEET)),
        ),
        kit_lists.table(roomy=True),
        kit_lists.table(roomy=False),
        kit_lists.arrangements(),
        gap=5,
    )
    return app_shell(
        ui.page(ui.page_header(_("The kit"), _("Every piece in every state")), body),
        nav=navigation(),
        here=routes.KIT,
        crumbs=[(_("Kit"), routes.KIT)],
        news="3",
        overlays=kit_pieces.dialogs(),
    )
