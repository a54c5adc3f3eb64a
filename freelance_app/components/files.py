"""Files: name, version, size; the newest version first."""

import reflex as rx

from freelance_app.components import ui
from freelance_app.components.ui.core import Many, el
from freelance_app.services.instance.views import FileView
from freelance_app.text import _

FILE_ICONS = {
    "package": "package",
    "video": "file-video",
    "text": "file-text",
    "code": "file-code",
    "table": "file-spreadsheet",
    "image": "image",
}


# A download is no page: without this, Reflex's link would look for one and find none.
BY_BROWSER = {"reloadDocument": True}


def file_icon(kind: ui.Text) -> rx.Component:
    """Return the icon of a kind of file."""
    return ui.icon_of(kind, FILE_ICONS, fallback="file")


def version(words: ui.Text) -> rx.Component:
    """Return the small mark of a version."""
    return el.span(words, class_name="ver")


def file_list(files: Many[FileView]) -> rx.Component:
    """Return files in two columns, as they stand under a milestone."""
    return el.div(ui.each(files, _file), class_name="files")


def _file(file: FileView) -> rx.Component:
    return el.a(
        file_icon(file.kind),
        el.span(file.name, class_name="file__n truncate"),
        version(file.version),
        el.span(file.size, class_name="meta push num"),
        href=file.href,
        class_name="file",
        custom_attrs={**BY_BROWSER},
    )


def file_table(files: Many[FileView]) -> rx.Component:
    """Return files with who added them and when."""
    columns = [
        ui.column(_("Name")),
        ui.column(_("From")),
        ui.column(_("Milestone")),
        ui.column(_("Size"), figure=True),
        ui.column(_("Added")),
    ]
    return ui.data_rows(columns, ui.each(files, _row), label=_("Files"))


def _row(file: FileView) -> rx.Component:
    name = el.a(file.name, href=file.href, class_name="strong", custom_attrs={**BY_BROWSER})
    return ui.data_row(
        ui.lead_cell(file_icon(file.kind), name, version(file.version)),
        ui.cell(file.by),
        ui.cell(file.milestone, on_phone=False),
        ui.cell(file.size, figure=True),
        ui.cell(file.added_at),
    )
