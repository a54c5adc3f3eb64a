"""The kit's pieces, each in every state."""

import reflex as rx

from freelance_app import markup, routes
from freelance_app.components import ui
from freelance_app.components.clock import clock_line, next_action_card
from freelance_app.components.dev import story
from freelance_app.components.files import file_list
from freelance_app.components.money_line import money_legend, money_line
from freelance_app.services.instance.views import ClockView
from freelance_app.state.dev.kit import DevState
from freelance_app.text import _

ASK, ERASE, SHEET, MENU, HINT = "kit-ask", "kit-erase", "kit-sheet", "kit-menu", "kit-hint"
PLAIN, REASON, REFUSED = "kit-plain", "kit-reason", "kit-refused"
TEXT = markup.render(
    "A brief with **bold**, `code`, a [link](https://example.org) and\n\n> a quote"
)


def buttons() -> rx.Component:
    """Return every kind and state of a button."""
    return ui.stack(
        ui.row(
            ui.button("Primary", kind="primary", icon="check"),
            ui.button("Second"),
            ui.button("Ghost", kind="ghost"),
            ui.button("Delete", kind="danger", icon="trash-2"),
            wrap=True,
        ),
        ui.row(
            ui.button("Small", size=1),
            ui.button("Large", kind="primary", size=3),
            ui.button("Disabled", disabled=True),
            ui.button("Saving", kind="primary", loading=True),
            wrap=True,
        ),
        ui.row(
            ui.link_button("Link", href=routes.HOME, icon="arrow-right"),
            ui.icon_button("bell", "Notifications"),
            ui.icon_button("bell", "Notifications, 3 new", is_new=True),
            ui.icon_button("pencil-line", "Edit", kind="second"),
            ui.text_button("Looks like a link"),
            wrap=True,
        ),
        gap=3,
    )


def badges() -> rx.Component:
    """Return every status word."""
    return ui.row(*[ui.status_badge(name) for name in ui.STATUSES], wrap=True)


def people() -> rx.Component:
    """Return people and companies in every size."""
    tints = ("bronze", "teal", "plum", "cyan", "gold")
    return ui.stack(
        ui.row(
            *[ui.avatar("AO", tint=tint) for tint in tints],
            ui.avatar("FE", is_company=True, size=4),
        ),
        ui.row(ui.user_chip(story.ACHIENG, size=2), ui.user_chip(story.FJORDLYS, size=1)),
        ui.row(
            ui.tag("React Native", hit=True),
            ui.tag("Kotlin"),
            ui.tooltip("Why?", words="5 skills match"),
        ),
    )


def clocks() -> rx.Component:
    """Return the clock in its four colours."""
    red = ClockView("1 d 7 h", "Thu 19 Nov, 16:00", 26, "red", effect="Talk ends")
    return ui.stack(*[clock_line(clock) for clock in (red, *story.CLOCKS)], gap=4, tag="ul")


def money() -> rx.Component:
    """Return the money line."""
    line = money_line(story.MONEY, label=story.MONEY_IN_WORDS)
    return ui.stack(ui.big_money("€9,600", ".00"), line, money_legend(story.MONEY), gap=3)


def waits_for_other() -> rx.Component:
    """Return the quiet form of the next action."""
    return next_action_card(
        status=ui.status_badge("waits_for_other", word="Waits for Ingrid"),
        title="Milestone 3 is in review",
        sentence="You submitted 4 files on Mon 16 Nov.",
        clock=story.REVIEW,
        actions=ui.button("Withdraw the submission", size=3),
        tone="calm",
    )


def figures() -> rx.Component:
    """Return tiles and facts."""
    return ui.stack(
        ui.stats(
            ui.stat_tile("Available", "€4,218.40", note="paid out on Fridays"),
            ui.stat_tile("In review", "€2,600.00"),
            ui.stat_tile("Hours", "18 h 20", note="this week"),
            ui.stat_tile("Rating", "4.9"),
        ),
        ui.key_values(
            ("Amount", "€2,600.00"), ("Fee, 5 %", "−€130.00"), total=("You receive", "€2,470.00")
        ),
        gap=4,
    )


def overlays() -> rx.Component:
    """Return what opens dialogs, sheet, menu and hint."""
    return ui.row(
        ui.button("Release €2,600.00", opens=ASK),
        ui.button("Delete picture", opens=ERASE),
        ui.button("Decline", opens=REASON),
        ui.button("Decline, refused", opens=REFUSED),
        ui.button("Open dialog", opens=PLAIN),
        ui.button("Open sheet", opens=SHEET),
        ui.button("Menu", ui.icon("chevron-down", size="sm"), menu=MENU),
        ui.menu(
            MENU,
            ui.menu_item("Amend terms", icon="file-pen"),
            ui.menu_item("Open home", icon="house", href=routes.HOME),
            ui.menu_item("Refund", icon="undo-2", opens=ASK),
            ui.menu_line(),
            ui.menu_item("End contract", icon="circle-stop", danger=True),
            label="Contract",
        ),
        ui.hint(
            HINT,
            "Held money is out of both hands until the work is approved.",
            label="What is held?",
        ),
        wrap=True,
    )


def toasts() -> rx.Component:
    """Return what shows a toast of each kind."""
    return ui.row(
        ui.button("Success", on_click=DevState.save),
        ui.button("Error", on_click=DevState.fail),
        ui.button("Loading to success", on_click=DevState.release),
        wrap=True,
    )


def dialogs() -> list[rx.Component]:
    """Return the dialogs and the sheet themselves."""
    sure = _("This cannot be taken back.")
    return [
        ui.confirm_dialog(
            ASK,
            ui.key_values(("Held now", "€2,600.00"), ("Held after release", "€0.00")),
            title="Release €2,600.00 to Achieng?",
            sentence=sure,
            confirm="Release €2,600.00",
            on_confirm=DevState.release,
        ),
        ui.confirm_dialog(
            ERASE,
            title="Delete the picture of 14:20?",
            sentence="Your 10 minutes stay as “unproved”.",
            confirm="Delete picture",
            cancel="Keep it",
            kind="danger",
            icon="trash-2",
        ),
        *[
            ui.reason_dialog(
                dialog_id,
                title="Decline the offer?",
                confirm="Decline the offer",
                on_submit=DevState.save,
                help="The client reads it.",
                error=error,
                name=f"{dialog_id}-reason",
            )
            for dialog_id, error in ((REASON, ""), (REFUSED, "Say why."))
        ],
        ui.dialog(
            PLAIN,
            ui.text("A dialog that only tells something.", dim=True),
            ui.row(ui.close_button(_("Close")), end=True),
            title="About held money",
        ),
        ui.side_sheet(
            SHEET,
            ui.safe_html(TEXT),
            file_list(story.SUBMITTED),
            title="A look at one thing",
            foot=ui.button("Write a proposal", kind="primary", size=3),
        ),
    ]
