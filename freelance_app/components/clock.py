"""The deadline clock: share of time left, the moment with its zone, what happens by itself."""

import reflex as rx

from freelance_app.components.ui.core import Child, Text, classes, el, when
from freelance_app.services.instance.views import ClockView


def ring(percent_left: Text | int, tone: Text) -> rx.Component:
    """Return the ring; words beside it say the same."""
    disc = {"cx": 20, "cy": 20, "r": 17}
    left = el.svg.circle(
        **disc, custom_attrs={"pathLength": 100, "strokeDasharray": f"{percent_left} 100"}
    )
    names = classes("ring", f"ring--{tone}")
    return el.svg(
        el.svg.circle(**disc),
        left,
        view_box="0 0 40 40",
        class_name=names,
        custom_attrs={"aria-hidden": "true"},
    )


def deadline_clock(clock: ClockView) -> rx.Component:
    """Return the clock of a next action, with its effect under it."""
    words = el.div(
        el.p(clock.left, class_name="clock__left"), el.p(clock.ends_at, class_name="meta")
    )
    face = el.div(ring(clock.percent_left, clock.tone), words, class_name="clock")
    return rx.fragment(face, el.p(clock.effect, class_name="meta"))


def clock_cell(clock: ClockView) -> rx.Component:
    """Return the clock of a list row."""
    words = el.div(
        el.p(clock.left, class_name="clock__left"), el.p(clock.ends_at, class_name="meta")
    )
    return el.div(ring(clock.percent_left, clock.tone), words, class_name="clock clock--2")


def clock_line(clock: ClockView) -> rx.Component:
    """Return the clock of a list of clocks: the moment at the right, the effect below."""
    head = el.p(
        el.span(clock.left, class_name="clock__left"),
        el.time(clock.ends_at, class_name="meta push"),
        class_name="flex flex--base",
    )
    words = el.div(head, el.p(clock.effect, class_name="meta"))
    return el.li(ring(clock.percent_left, clock.tone), words, class_name="clock clock--2")


def _corner(clock: ClockView) -> rx.Component:
    return when(clock.left != "", el.div(deadline_clock(clock), class_name="next__clock"))


def next_action_card(
    *,
    status: Child,
    title: Text,
    sentence: Child,
    clock: ClockView | None = None,
    actions: Child | None = None,
    tone: Text = "wait",
) -> rx.Component:
    """Say who acts, what, with which effect and until when; tone is "wait", "calm" or "red"."""
    main = el.div(
        el.p(status),
        el.h2(title, id="next-action", class_name="next__h"),
        el.p(sentence, class_name="dim"),
        rx.fragment() if actions is None else el.div(actions, class_name="next__acts"),
        class_name="next__main",
    )
    end = [] if clock is None else [_corner(clock)]
    return el.section(
        main, *end, class_name=classes("next", f"next--{tone}"), aria_labelledby="next-action"
    )
