"""The frame of sign-in and the like: a form at the left, a drawing at the right."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.shell import brand as brand_link
from freelance_app.components.ui.core import Child, Text, el
from freelance_app.settings import settings
from freelance_app.state.accounts.gate import GateState
from freelance_app.text import LANGUAGE_NAMES, _, language_of_actor

LANGUAGES = "languages"
HILLS = (
    ("M0 612 148 470l96 78 128-156 148 168 84-62 116 110v290H0z", "var(--indigo-4)"),
    ("M0 690 112 606l120 66 150-118 172 124 166-74v296H0z", "var(--indigo-5)"),
    ("M0 742c60-30 120-30 180 0s120 30 180 0 120-30 180 0 120 30 180 0v158H0z", "var(--indigo-7)"),
)
WAVES = " ".join(
    f"M0 {y}c60-30 120-30 180 0s120 30 180 0 120-30 180 0 120 30 180 0" for y in (782, 822, 862)
)
BOAT = ("M252 716h92l-16 26h-60z", "M294 640v68h-40zM302 652l34 56h-34z")


def gate(*children: Child, is_long: bool = False) -> rx.Component:
    """Return the page of somebody who is not signed in yet; a long form begins higher."""
    brand = GateState.gate.brand
    names = "gate__in gate__in--long" if is_long else "gate__in"
    form = el.div(
        el.header(brand_link(brand, href=routes.LANDING, big=True)),
        el.main(*children, id="main", class_name=names),
        _foot(),
        class_name="gate__form",
    )
    promise = el.p(_("Good work, fair terms,\npaid on time."))
    art = el.aside(_drawing(), promise, class_name="gate__art", aria_label=_("What we are for"))
    return el.div(form, art, class_name="gate")


def paper(*children: Child) -> rx.Component:
    """Return a page to read, open to everybody."""
    return el.div(
        el.header(brand_link(GateState.gate.brand, href=routes.LANDING, big=True)),
        el.main(*children, id="main", class_name="stack stack--4"),
        _foot(),
        class_name="paper",
    )


def _foot() -> rx.Component:
    places = [(_("Privacy"), routes.PRIVACY), (_("Terms"), routes.TERMS)]
    links = [el.a(words, href=href) for words, href in places]
    return el.footer(*links, *_languages(), class_name="meta flex flex--4 gate__foot")


def _languages() -> list[rx.Component]:
    """Return the choice of languages, when there is one."""
    if len(settings.built_languages) == 1:
        return []
    custom = {"popoverTarget": LANGUAGES, "aria-haspopup": "menu"}
    name = LANGUAGE_NAMES.get(language_of_actor(), language_of_actor())
    button = el.button(
        ui.icon("languages", size="sm"),
        name,
        class_name="flex flex--1 push",
        type="button",
        custom_attrs=custom,
    )
    choices = [_language(each) for each in settings.built_languages]
    return [button, ui.menu(LANGUAGES, *choices, label=_("Language"))]


def _language(language: str) -> rx.Component:
    name = LANGUAGE_NAMES.get(language, language)
    return ui.app_form(
        hidden("language", language),
        ui.menu_item(name, type="submit", lang=language),
        action=routes.SET_LANGUAGE,
    )


def hidden(name: str, value: Text = "", *, filled_from: str = "") -> rx.Component:
    """Return a value that travels with a form.

    `filled_from` lets assets/forms.js fill it: "query" from the page's address, "zone" from the
    browser's clock.
    """
    if filled_from:
        return el.input(type="hidden", name=name, custom_attrs={f"data-{filled_from}": "true"})
    return el.input(type="hidden", name=name, value=value, read_only=True)


def user_name(email: Text) -> rx.Component:
    """Return a field that nobody sees: a password manager finds the password by it."""
    return el.input(
        type="email",
        name="email",
        value=email,
        auto_complete="username",
        read_only=True,
        hidden=True,
    )


def once_known(form: Child, *, label: Text) -> rx.Component:
    """Return a form under its skeleton until the page knows whether the market takes new people.

    It keeps its place meanwhile, so that nothing moves when it is there.
    """
    is_known = GateState.gate.brand != ""
    field = el.div(el.span(class_name="sk sk--label"), el.span(class_name="sk sk--box"))
    status = el.p(label, class_name="sr", role="status")
    skeleton = el.div(status, *[field] * 5, class_name="gate__wait late", aria_busy="true")
    return el.div(
        el.div(form, class_name=ui.when(is_known, "", "unseen")),
        rx.cond(is_known, rx.fragment(), skeleton),
        class_name="gate__door",
    )


def sent_form(*children: Child, action: str) -> rx.Component:
    """Return a form for a route, whose refusals stand beside its fields (assets/forms.js)."""
    alert = el.div(
        ui.icon("circle-alert"),
        el.div(),
        class_name="callout callout--red",
        role="alert",
        hidden=True,
    )
    offline = _("The server cannot be reached. What you typed is still here.")
    custom = {"data-send": "true", "data-offline": offline, "noValidate": True}
    return ui.app_form(alert, *children, action=action, custom_attrs=custom)


def sent_field(
    label: Text,
    name: str,
    control: Any = ui.text_input,
    *,
    help: Text = "",  # noqa: A002
    keep: bool = False,
    only: str = "",
    **props: Any,
) -> rx.Component:
    """Return a labelled control of a `sent_form`, with a place for what is wrong.

    `keep` fills it with what was typed on the page before; `only` names the role it is for.
    """
    words = f"{name}-error {name}-words" if help else f"{name}-error"
    wires = {"aria_invalid": "false", "aria_describedby": words}
    kept = {"data-keep": "true"} if keep else {}
    custom = {**kept, **props.pop("custom_attrs", {})}
    box = {"custom_attrs": {"data-only": only}} if only else {}
    return el.div(
        el.label(label, html_for=name, class_name="label"),
        control(id=name, name=name, custom_attrs=custom, **wires, **props),
        error_line(name),
        *([el.p(help, id=f"{name}-words", class_name="meta")] if help else []),
        class_name="field",
        **box,
    )


def error_line(name: str) -> rx.Component:
    """Return the place where assets/forms.js says what is wrong with a field."""
    return el.p(
        ui.icon("circle-alert"),
        el.span(),
        id=f"{name}-error",
        class_name="error",
        hidden=True,
        custom_attrs={"data-error": name},
    )


def send_button(words: Text) -> rx.Component:
    """Return the button of a `sent_form`."""
    return ui.button(words, kind="primary", size=3, full=True, type="submit")


def _drawing() -> rx.Component:
    path = el.svg.path
    sun = el.svg.circle(cx=520, cy=430, r=64, fill="var(--indigo-5)")
    waves = path(
        d=WAVES,
        fill="none",
        stroke="var(--indigo-2)",
        stroke_width=2,
        custom_attrs={"strokeOpacity": 0.7},
    )
    boat = el.svg.g(
        *[path(d=part) for part in BOAT],
        fill="var(--indigo-9)",
        transform="translate(150 214) scale(.7)",
    )
    hills = [path(d=line, fill=fill) for line, fill in HILLS]
    custom = {"preserveAspectRatio": "xMidYMax slice", "aria-hidden": "true"}
    return el.svg(sun, *hills, waves, boat, view_box="0 0 720 900", custom_attrs=custom)
