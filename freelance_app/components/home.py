"""Pieces of the home page: what needs action, the week, activity, money."""

import reflex as rx

from freelance_app.components import ui
from freelance_app.components.clock import clock_cell
from freelance_app.components.money_line import money_legend, money_line
from freelance_app.components.notices import told_by
from freelance_app.components.ui.core import Child, Many, each, el, when
from freelance_app.services.hiring.home_money import MoneyBox
from freelance_app.services.instance.views import (
    ActivityView,
    AppointmentView,
    DayView,
    TodoView,
)

TODO_ICONS = {
    "dispute": "scale",
    "hours": "clock",
    "offer": "file-pen",
    "post": "briefcase",
    "milestone": "file-check-2",
    "proposal": "inbox",
    "deposit": "landmark",
    "payout": "wallet",
    "mail": "mail",
}


def todo_list(todos: Many[TodoView]) -> rx.Component:
    """Return what waits for the reader, the most urgent first and alone with a primary button."""
    return el.ul(each(todos, _todo), class_name="card")


def _todo(todo: TodoView) -> rx.Component:
    words = (el.h3(todo.title, class_name="truncate"), el.p(todo.about, class_name="meta truncate"))
    return el.li(
        el.span(ui.icon_of(todo.kind, TODO_ICONS, fallback="hand"), class_name="todo__ic"),
        el.div(*words, class_name="todo__t"),
        el.p(ui.status_badge(todo.status), class_name="todo__b"),
        el.p(todo.amount, class_name="money todo__m"),
        el.p(todo.who, class_name="meta todo__who"),
        when(todo.clock.left != "", clock_cell(todo.clock), el.div()),
        _act(todo),
        class_name="todo",
    )


def wait_list(waits: Many[TodoView]) -> rx.Component:
    """Return what others have to do: who, and until when; the title leads there."""
    return el.ul(each(waits, _waiting), class_name="card")


def _waiting(wait: TodoView) -> rx.Component:
    title = el.h3(el.a(wait.title, href=wait.href), class_name="truncate")
    return el.li(
        el.span(ui.icon_of(wait.kind, TODO_ICONS, fallback="hand"), class_name="todo__ic"),
        el.div(title, el.p(wait.about, class_name="meta truncate"), class_name="todo__t"),
        el.p(wait.amount, class_name="money todo__m"),
        el.p(wait.who, class_name="meta todo__who truncate"),
        when(wait.clock.left != "", clock_cell(wait.clock), el.div()),
        class_name="todo todo--wait",
    )


def _act(todo: TodoView) -> Child:
    first = ui.link_button(todo.act, href=todo.href, kind="primary")
    return when(todo.is_first, first, ui.link_button(todo.act, href=todo.href))


def week(days: Many[DayView]) -> rx.Component:
    """Return the seven days, today marked, a dot under those with something in them."""
    return el.ul(each(days, _day), class_name="week")


def _day(day: DayView) -> rx.Component:
    dot = el.i(class_name=when(day.is_busy, "is-busy", "is-free"))
    today = when(day.is_today, "date", "false")
    return el.li(day.name, el.b(day.number), dot, aria_current=today)


def agenda(appointments: Many[AppointmentView]) -> rx.Component:
    """Return what happens when."""
    return el.ul(each(appointments, _appointment), class_name="agenda")


def _appointment(item: AppointmentView) -> rx.Component:
    when_ = el.time(item.day, el.span(item.at, class_name="meta"))
    title = when(item.href != "", el.a(item.title, href=item.href), item.title)
    return el.li(when_, el.span(title, el.span(item.about, class_name="meta truncate")))


def activity(items: Many[ActivityView]) -> rx.Component:
    """Return what others did."""
    return el.ol(each(items, _activity), class_name="agenda agenda--log")


def _activity(item: ActivityView) -> rx.Component:
    title = when(item.href != "", el.a(item.title, href=item.href), item.title)
    words = el.span(title, el.span(item.about, class_name="meta truncate"), class_name="grow")
    line = el.span(words, el.time(item.at, class_name="meta"), class_name="flex flex--base")
    return el.li(told_by(item.who, item.icon), line)


def money_box(box: MoneyBox) -> rx.Component:
    """Return held and free money of one currency."""
    figure = el.div(ui.meta(box.held), ui.big_money(box.whole, box.cents))
    parts = rx.fragment(money_line(box.parts, label=box.in_words), money_legend(box.parts))
    is_held = box.in_words != ""
    free = ui.key_values((box.free, ui.money(box.free_amount)))
    return rx.fragment(
        ui.padded(ui.stack(figure, when(is_held, parts), gap=3)),
        el.div(free, class_name="card__foot"),
    )
