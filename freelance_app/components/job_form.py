"""The form of a job post, for a new one and for one that is changed."""

from typing import Any

import reflex as rx

from freelance_app.components import ui
from freelance_app.components.jobs import (
    choice_of,
    fields,
    fold,
    radio_row,
    skill_chips,
)
from freelance_app.services.jobs import post_forms
from freelance_app.services.jobs.post_forms import DESCRIPTION, HOURS, MOST_SKILLS, TITLE
from freelance_app.state.jobs.job_form import JobFormState
from freelance_app.text import _

DRAFT: Any = JobFormState.draft
CHOICES: Any = JobFormState.choices
ERRORS: Any = JobFormState.errors
FORM, PREVIEW = "job", "preview"
# Sends the form as a draft; what is typed is read before the value is put back.
KEEP_DRAFT = (
    f"const form = document.getElementById('{FORM}'); form.elements.then.value = 'draft'; "
    "form.requestSubmit(); form.elements.then.value = 'publish';"
)


def job_form(*, on_submit: Any) -> rx.Component:
    """Return the fields; its buttons are the page's and name the form."""
    return ui.draft_form(
        _faults(),
        _work(),
        _terms(),
        ui.hidden_value("then", "publish"),
        kept_for=JobFormState.kept_for,
        on_submit=on_submit,
        id=FORM,
    )


def _faults() -> rx.Component:
    words = ui.callout(
        _("Some fields need a change. Nothing was saved."),
        tone="red",
        symbol="circle-alert",
        alert=True,
    )
    return rx.cond(ERRORS.length() > 0, words, rx.fragment())


def _work() -> rx.Component:
    title = ui.form_field(
        _("Title"),
        "title",
        default_value=DRAFT.title,
        max_length=TITLE[1],
        placeholder=_("Offline-first field app for technicians"),
        error=ERRORS.get("title", ""),
    )
    description = ui.form_field(
        _("Description"),
        "description",
        ui.text_area,
        rows="12",
        default_value=DRAFT.description,
        max_length=DESCRIPTION[1],
        beside=_preview_button(),
        help=_("What is delivered, for whom, and how it is judged. Markdown works."),
        error=ERRORS.get("description", ""),
    )
    return ui.card(ui.stack(title, description, _skills(), _category(), gap=4))


def _preview_button() -> rx.Component:
    typed = rx.call_script(
        "document.getElementById('description').value", callback=JobFormState.show_preview
    )
    return ui.push(ui.button(_("Preview"), size=1, opens=PREVIEW, on_click=typed))


def _skills() -> rx.Component:
    typed: Any = JobFormState.skills_typed
    field = ui.form_field(
        _("Skills"),
        "skills",
        default_value=JobFormState.skills,
        on_change=typed.debounce(200),
        auto_complete="off",
        max_length=1000,
        placeholder=_("React Native, TypeScript"),
        help=ui.tell(_("1 to {most} of the list, commas between them."), most=str(MOST_SKILLS)),
        error=ERRORS.get("skills", ""),
    )
    label = _("Add a skill")
    near = skill_chips(JobFormState.suggested, label=label, on_add=JobFormState.add_skill)
    every = skill_chips(CHOICES.skills, label=label, on_add=JobFormState.add_skill)
    has_near = rx.Var.create(JobFormState.suggested).length() > 0  # pyright: ignore[reportAttributeAccessIssue]
    return ui.stack(
        field, rx.cond(has_near, near, rx.fragment()), fold(_("See the whole list"), every)
    )


def _category() -> rx.Component:
    return ui.form_field(
        _("Category"),
        "category",
        choice_of,
        choices=CHOICES.categories,
        nothing=_("That of the first skill"),
        default_value=DRAFT.category,
        error=ERRORS.get("category", ""),
    )


def _terms() -> rx.Component:
    engagement = radio_row(
        _("Time"),
        "engagement",
        [("part_time", _("Part-time")), ("full_time", _("Full-time"))],
        value=DRAFT.engagement,
    )
    least, most = HOURS
    return ui.card(
        ui.stack(
            engagement,
            fields(
                ui.form_field(
                    _("Hours a week"),
                    "hours",
                    default_value=DRAFT.hours,
                    figure=True,
                    input_mode="numeric",
                    help=ui.tell(_("From {least} to {most}"), least=str(least), most=str(most)),
                    error=ERRORS.get("hours", ""),
                ),
                ui.form_field(
                    _("Budget"),
                    "budget",
                    default_value=DRAFT.budget,
                    figure=True,
                    input_mode="decimal",
                    help=_("A fixed price for all of it"),
                    error=ERRORS.get("budget", ""),
                ),
                _currency(),
            ),
            gap=4,
        )
    )


def _currency() -> rx.Component:
    """Return the choice of a currency; a published post shows its own, and why it stays."""
    error = ERRORS.get("currency", "")
    choice = ui.form_field(
        _("Currency"),
        "currency",
        ui.word_select,
        words=CHOICES.currencies,
        default_value=DRAFT.currency,
        error=error,
    )
    fixed = ui.form_field(
        _("Currency"),
        "currency",
        default_value=DRAFT.currency,
        read_only=True,
        help=post_forms.currency_is_fixed(),
        error=error,
    )
    return rx.cond(DRAFT.is_draft, choice, fixed)


def preview_dialog() -> rx.Component:
    """Return the dialog that shows the description as freelancers read it."""
    nothing = ui.text(_("Nothing is written yet."), dim=True)
    preview: Any = JobFormState.preview
    shown = rx.cond(preview.html != "", ui.safe_html(JobFormState.preview), nothing)
    return ui.dialog(
        PREVIEW,
        shown,
        ui.row(ui.close_button(_("Close")), end=True),
        title=_("As freelancers read it"),
        wide=True,
    )
