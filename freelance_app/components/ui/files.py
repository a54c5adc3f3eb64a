"""A field for files: chosen or dropped, uploaded at once, sent with the form as ids.

The behaviour is in assets/forms.js; the words that it shows stand here, to be translated.
"""

import reflex as rx

from freelance_app import routes
from freelance_app.components.ui.core import Text, el, when
from freelance_app.components.ui.icons import icon
from freelance_app.text import _


def file_drop(
    name: str = "files",
    *,
    label: Text = "",
    help: Text = "",  # noqa: A002
    error: Text = "",
) -> rx.Component:
    """Return the field; its form gets the ids of the uploads under `name`, with commas between.

    Empty it after its form was taken: `feedback.clear_files()`.
    """
    words = help or _("Up to 10 files. Pictures and PDF up to 10 MB each, others up to 50 MB.")
    has_error = error != ""
    # An id of its own would send the browser's own value under `name`, in place of the ids.
    custom = {"id": name, "aria-invalid": when(has_error, "true", "false")}
    chooser = el.input(
        type="file",
        multiple=True,
        class_name="drop__input",
        aria_describedby=f"{name}-words",
        custom_attrs=custom,
    )
    return el.div(
        el.label(label or _("Files"), html_for=name, class_name="label"),
        el.div(icon("upload"), el.span(_("Drop files here, or")), chooser, class_name="drop__zone"),
        when(has_error, _error(name, error), el.p(words, id=f"{name}-words", class_name="meta")),
        el.ul(class_name="drop__list", aria_label=_("Added files")),
        el.p(class_name="meta", role="status"),
        el.input(type="hidden", name=name),
        class_name="field drop",
        custom_attrs=_data(),
    )


def _error(name: str, error: Text) -> rx.Component:
    return el.p(icon("circle-alert"), error, id=f"{name}-words", class_name="error")


def _data() -> dict[str, str]:
    return {
        "data-files": routes.FILES,
        "data-progress": _("Uploading {name}, {percent} %"),
        "data-done": _("{name} is added."),
        "data-removed": _("{name} is removed."),
        "data-failed": _("{name} could not be uploaded. Check the connection and choose it again."),
        "data-wait": _("Wait until the files are uploaded."),
        "data-remove": _("Remove {name}"),
    }
