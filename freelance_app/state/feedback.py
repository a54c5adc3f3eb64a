"""What a handler may do in the browser besides its state: toasts, dialogs, focus."""

import json

import reflex as rx
from reflex.event import EventSpec

SECONDS_TO_UNDO = 6
FOREVER = 24 * 60 * 60


def _options(detail: str, toast_id: str, seconds: int) -> dict[str, object]:
    options: dict[str, object] = {"duration": seconds * 1000}
    if detail:
        options["description"] = detail
    if toast_id:
        options["id"] = toast_id
    return options


class toast:  # noqa: N801  (a namespace, used like rx.toast)
    """Toasts of one look; one `toast_id` turns a loading toast into its result."""

    @staticmethod
    def success(title: str, detail: str = "", *, toast_id: str = "") -> EventSpec:
        """Say that something is done; gone after six seconds."""
        return rx.toast.success(title, **_options(detail, toast_id, SECONDS_TO_UNDO))

    @staticmethod
    def error(title: str, detail: str = "", *, toast_id: str = "") -> EventSpec:
        """Say what went wrong and what is safe; stays until it is closed."""
        options = _options(detail, toast_id, FOREVER)
        return rx.toast.error(title, close_button=True, **options)

    @staticmethod
    def loading(title: str, detail: str = "", *, toast_id: str) -> EventSpec:
        """Say that something runs; end it with another toast of the same id."""
        return rx.toast.loading(title, **_options(detail, toast_id, FOREVER))


def open_dialog(dialog_id: str, about: str = "") -> EventSpec:
    """Open a dialog or sheet; one about a row only once that row is what it shows.

    The script runs before the page is drawn with the state that is sent beside it: without `about`
    the dialog opens with what it showed before, and its fields are filled under the typing hand.
    """
    return rx.call_script(f"kit.open({json.dumps(dialog_id)}, {json.dumps(about)})")


def close_dialog(dialog_id: str) -> EventSpec:
    """Close a dialog or sheet; the focus returns to where it was."""
    return rx.call_script(f"kit.close({json.dumps(dialog_id)})")


def show_in_sheet(sheet_id: str, key: str) -> EventSpec:
    """End the skeleton of a sheet, if what it waits for is this and not something newer."""
    return rx.call_script(f"kit.arrived({json.dumps(sheet_id)}, {json.dumps(key)})")


def focus_first_error() -> EventSpec:
    """Put the focus on the first field that was refused."""
    return rx.call_script(
        "setTimeout(() => document.querySelector('[aria-invalid=true]')?.focus(), 50)"
    )


def show_section(section_id: str, is_wanted: bool) -> list[EventSpec]:
    """Scroll to a section that was just loaded, when the address asks for a page of it."""
    which = json.dumps(section_id)
    script = f"setTimeout(() => document.getElementById({which})?.scrollIntoView(), 50)"
    return [rx.call_script(script)] if is_wanted else []


def forget_typed(path: str) -> EventSpec:
    """Forget what was typed into the form of a page, once it was taken; see `ui.draft_form`."""
    return rx.call_script(f"kit.forget({json.dumps(path)})")


def clear_files() -> EventSpec:
    """Empty the fields of uploads, once their form was taken."""
    return rx.call_script("kit.clearFiles()")
