"""The kit's lists, tables, cards, filters and words."""

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.dev import story

NAMES = "kit-names"
ICONS = {"landmark": "landmark", "mail": "mail"}
SKILLS = ("Kotlin", "SQLite")


def table(*, roomy: bool) -> rx.Component:
    """Return a table with a name, facts, a figure and an act in each row; on a phone cards."""
    columns = [
        ui.column("Payout"),
        ui.column("To"),
        ui.column("Asked for"),
        ui.column("Amount", figure=True),
        ui.column("Answer", figure=True),
    ]
    rows = [
        ui.data_row(
            ui.lead_cell(ui.strong(number)),
            ui.cell(ui.user_chip(who)),
            ui.cell("Wed 18 Nov", label="Asked for"),
            ui.cell(ui.money(story.TO_RELEASE, ink=True), figure=True),
            ui.acts_cell(act),
        )
        for number, who, act in (
            ("PO-7", story.ACHIENG, ui.button("Mark as sent", kind="primary")),
            ("PO-6", story.FJORDLYS, ui.button("Mark as sent")),
        )
    ]
    label = "Payouts, roomy on a phone" if roomy else "Payouts, flowing on a phone"
    return ui.data_rows(columns, *rows, label=label, roomy=roomy)


def rows() -> rx.Component:
    """Return rows that are links, with icon, words and a figure."""
    words = ui.stack(ui.strong("C-1042"), ui.meta("Milestone 3 of 5", cut=True), gap=0)
    row = ui.list_row(
        ui.icon_of("landmark", ICONS, fallback="dot"),
        ui.grow(words),
        ui.badge("2 new", tone="amber", symbol="inbox"),
        ui.push(ui.money(story.TO_RELEASE)),
        href=story.NOWHERE,
    )
    who = ui.avatar("FE", tint="teal", size=2, is_company=True)
    about = ui.stack(ui.strong("Offline-first field app for technicians"), ui.meta("C-1042"), gap=0)
    status = ui.badge("Completed", tone="green", symbol="circle-check")
    stacked = ui.list_row(
        who, ui.grow(about), status, ui.money("€9,600.00"), href=story.NOWHERE, stacked=True
    )
    return ui.list_card(row, stacked, tag="div")


def cards() -> rx.Component:
    """Return the card without a head, and what stands in cards."""
    proof = ui.card_link("Every movement", href=story.NOWHERE)
    held = ui.heading("Held", id=NAMES)
    pairs = [("Budget", "€9,600.00"), ("Time", "20 h a week"), ("Posted", "3 h ago")]
    return ui.stack(
        ui.framed(held, ui.big_money("€2,600", ".00"), label_id=NAMES, foot=proof),
        ui.facts(pairs),
        ui.well(ui.text("Quiet ground for what belongs to the line above it.", dim=True)),
        ui.card(ui.padded(ui.text("A padded part of an unpadded card.")), padded=False),
        gap=3,
    )


def words() -> rx.Component:
    """Return words in their styles."""
    return ui.stack(
        ui.page_title("A narrow page", "One sentence under it"),
        ui.row(
            ui.heading("Needs action", small=False),
            ui.count("2", tone="wait"),
            ui.counted("2 jobs"),
            wrap=True,
        ),
        ui.text("A paragraph with ", ui.strong("weight"), " and a ", _link(), "."),
        ui.meta("A small second line"),
        ui.row(ui.verified_badge(), ui.hide_phone(ui.meta("Left out on a phone"))),
        gap=3,
    )


def _link() -> rx.Component:
    return ui.link("link", href=story.NOWHERE)


def copies() -> rx.Component:
    """Return what puts a value on the clipboard."""
    return ui.row(
        ui.copy_button("Copy the reference", "DEP-7K3MQ9", kind="primary"),
        ui.row(ui.meta("DEP-7K3MQ9"), ui.copy_icon("Copy it", "DEP-7K3MQ9")),
        wrap=True,
    )


def filters(sheet_id: str) -> rx.Component:
    """Return the rail, and on a phone the chip that opens it as a sheet."""
    boxes = [ui.checkbox(skill, name="rail-skill") for skill in SKILLS]
    return ui.stack(
        ui.filters_button("Filters, 2", opens=sheet_id),
        ui.filter_rail(ui.checkbox_group("Skills", *boxes)),
    )


def more_controls() -> rx.Component:
    """Return the controls that stand for themselves, and the field for files."""
    return ui.stack(
        ui.text_input(aria_label="A line alone", icon="search", placeholder="Search"),
        ui.word_select(["EUR", "KES"], aria_label="Currency"),
        ui.checkbox_group(
            "One of two",
            ui.radio("Fixed", name="kit-pay", value="fixed", default_checked=True),
            ui.radio("Hourly", name="kit-pay", value="hourly", count="9"),
        ),
        ui.file_drop("kit-files"),
        gap=3,
    )


def arrangements() -> rx.Component:
    """Return a section with two columns, and panes."""
    return ui.section(
        "Arrangements",
        ui.columns(
            ui.card(ui.split(ui.text("First pane"), ui.text("Second pane")), padded=False),
            aside=ui.card(ui.text("Aside"), title="Aside", card_id="kit-aside"),
            label="Aside",
        ),
        section_id="kit-arrangements",
        beside=ui.push(ui.link("Beside the heading", href=routes.KIT, meta=True)),
    )
