"""Conversations: the list of rooms, the messages of one, the field to write in."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import loaded
from freelance_app.components.ui.core import classes, el, when
from freelance_app.services.messages.messages import LONGEST
from freelance_app.services.messages.rooms import RoomSummary
from freelance_app.services.messages.windows import MessageView
from freelance_app.state.messages.room import RoomState
from freelance_app.state.messages.rooms import RoomsState
from freelance_app.text import _

ROOM: Any = RoomState.room
MESSAGES: Any = RoomState.messages


def conversation(*, label_id: str = "messages", is_beside: bool = False) -> rx.Component:
    """Return the messages of a proposal or contract as a card; viewers read only.

    Beside a page's own primary button, `is_beside`, the sending one is a second button.

    Its page loads it: `entering(..., RoomState.enter_proposal)` or `RoomState.enter_contract`.
    """
    head = el.div(el.h2(_("Messages"), id=label_id, class_name="h-sm"), class_name="card__head")
    ready = el.div(_log(), _composer(is_beside), class_name="talk talk--card")
    body = ui.choose(
        RoomState.phase,
        loading=ui.skeleton_rows(3, label=_("Loading messages")),
        ready=ready,
        missing=ui.empty_state(
            _("No conversation yet"),
            _("Both sides can write here as soon as there is something to talk about."),
            symbol="message-square",
        ),
        failed=ui.error_state(
            _("The messages could not be loaded"), _("Nothing is lost. Reload the page.")
        ),
    )
    return el.section(head, body, class_name="card", aria_labelledby=label_id)


def room_panes() -> rx.Component:
    """Return list, conversation and what it is about; a phone shows the conversation."""
    talk = loaded(
        RoomState,
        el.div(_bar(), _log(), _composer(), class_name="talk"),
        waiting=ui.skeleton_rows(6, label=_("Loading messages")),
    )
    return el.div(
        _pane(el.nav, room_list(), label=_("Conversations")),
        _pane(el.section, talk, label=_("Conversation")),
        _pane(el.aside, when(RoomState.phase == "ready", _about()), label=_("About")),
        class_name="panes panes--3 panes--talk",
    )


def list_panes() -> rx.Component:
    """Return the list and a place for a conversation; a phone shows the list."""
    choose = ui.empty_state(
        _("No conversation is open"),
        _("Choose one from the list to read and answer."),
        symbol="message-square",
    )
    return el.div(
        _pane(el.nav, el.h1(_("Messages"), class_name="sr"), room_list(), label=_("Conversations")),
        _pane(el.section, choose, label=_("Conversation")),
        class_name="panes panes--list",
    )


def _pane(element: Any, *children: ui.Child, label: str) -> rx.Component:
    return element(*children, class_name="pane", aria_label=label)


def room_list() -> rx.Component:
    """Return the reader's conversations, the newest first."""
    nothing = ui.empty_state(
        _("No messages yet"),
        _("Write to the other side from a proposal or a contract; it then stands here."),
        symbol="inbox",
    )
    more = ui.button(
        _("Show more"), kind="ghost", full=True, on_click=RoomsState.more(RoomsState.before)
    )
    rows = rx.fragment(ui.each(RoomsState.rooms, _room), when(RoomsState.before != "", more))
    listed = rx.cond(rx.Var.create(RoomsState.rooms).length() > 0, rows, nothing)
    return loaded(RoomsState, listed, waiting=ui.skeleton_rows(6, label=_("Loading conversations")))


def _room(room: RoomSummary) -> rx.Component:
    is_unread: Any = room.unread != ""
    is_open: Any = rx.Var.create(ROOM.id) == room.id
    return el.a(
        ui.avatar(room.other.initials, tint=room.other.tint, is_company=room.other.is_company),
        el.span(room.other.name, class_name="room__n truncate"),
        el.time(room.at, class_name="meta"),
        el.span(room.title, class_name="meta truncate"),
        when(
            is_unread,
            el.span(
                room.unread,
                el.span(" ", _("unread"), class_name="sr"),
                class_name="count count--on",
            ),
        ),
        el.span(room.last, class_name="room__last truncate"),
        href=room.href,
        class_name=classes("room", rx.cond(is_unread, "is-unread", "")),
        aria_current=rx.cond(is_open, "page", "false"),
    )


def _bar() -> rx.Component:
    who = el.div(
        el.h1(ROOM.other.name, class_name="h-sm truncate"),
        el.p(ROOM.title, class_name="meta truncate"),
        class_name="grow",
    )
    picture = ui.avatar(ROOM.other.initials, tint=ROOM.other.tint, is_company=ROOM.other.is_company)
    open_subject = ui.icon_button("arrow-right", _subject_words(), href=ROOM.href)
    log_head = el.h2(_("Messages"), class_name="sr")
    return el.header(picture, who, open_subject, log_head, class_name="talk__bar")


def _subject_words() -> Any:
    return rx.cond(ROOM.kind == "contract", _("Open the contract"), _("Open the proposal"))


def _about() -> rx.Component:
    kind = rx.cond(ROOM.kind == "contract", _("Contract"), _("Proposal"))
    return rx.fragment(
        el.div(el.h2(kind, class_name="h-sm grow"), class_name="talk__bar"),
        el.div(
            el.h3(ROOM.title),
            ui.row(
                ui.avatar(
                    ROOM.other.initials,
                    tint=ROOM.other.tint,
                    size=2,
                    is_company=ROOM.other.is_company,
                ),
                ROOM.other.name,
            ),
            ui.link_button(_subject_words(), href=ROOM.href),
            class_name="about",
        ),
    )


def _log() -> rx.Component:
    older = ui.button(
        _("Show older messages"),
        kind="ghost",
        on_click=RoomState.older(ROOM.id, RoomState.first_id),
    )
    seen = el.p(ui.icon("check", size="sm"), _("Seen"), class_name="meta seen")
    thread = el.div(
        when(RoomState.has_older, older),
        ui.each(MESSAGES, _message),
        when(ROOM.is_seen, seen),
        class_name="thread",
    )
    empty = ui.empty_state(
        _("No messages yet"), _("Ask what you need to know."), symbol="message-square"
    )
    return el.div(
        rx.cond(MESSAGES.length() > 0, thread, empty),
        class_name="talk__log",
        role="log",
        tab_index=0,
        aria_label=_("Messages"),
        aria_live="polite",
    )


def _message(message: MessageView) -> rx.Component:
    has_party: Any = message.party != ""
    by = el.p(
        el.b(message.author, class_name="strong"),
        when(has_party, el.span(message.party, class_name="meta")),
        el.time(message.at, class_name="meta num", date_time=message.iso),
        class_name="msg__by",
    )
    words = el.div(by, ui.safe_html(message.body))
    day: Any = message.day
    return rx.fragment(
        when(day != "", el.p(day, class_name="day")),
        el.div(ui.avatar(message.initials, tint=message.tint), words, class_name="msg"),
    )


def _composer(is_beside: bool = False) -> rx.Component:
    only_look = el.p(
        _("You can read this conversation. Only an owner can write in it."), class_name="meta"
    )
    return rx.cond(ROOM.can_write, _form(is_beside), el.div(only_look, class_name="composer"))


def _form(is_beside: bool) -> rx.Component:
    fault: Any = RoomState.errors.get("body", "")
    words = el.textarea(
        name="body",
        rows="2",
        max_length=LONGEST,
        placeholder=_("Write a message. Markdown works."),
        aria_label=ui.tell(_("Message to {name}"), name=ROOM.other.name),
        aria_invalid=rx.cond(fault != "", "true", "false"),
        aria_describedby="message-words",
        custom_attrs={"id": "message-body"},  # an `id=` prop would add a field to what is sent
    )
    keys = el.span(_("Ctrl Enter sends"), class_name="meta push hide-phone")
    error = el.p(ui.icon("circle-alert"), fault, class_name="error")
    kind = "second" if is_beside else "primary"
    box = el.div(
        words,
        el.div(
            keys, ui.submit_button(_("Send"), icon="send", kind=kind), class_name="composer__bar"
        ),
        class_name="composer__box",
    )
    return el.form(
        el.input(type="hidden", name="room", value=ROOM.id, read_only=True),
        el.input(type="hidden", name="nonce"),
        box,
        el.div(when(fault != "", error), id="message-words"),
        on_submit=RoomState.send,
        method="post",
        class_name="composer",
        custom_attrs={"data-composer": "", "noValidate": True},
    )


def crumbs() -> list[tuple[ui.Text, str]]:
    """Return the way to a room."""
    return [(_("Messages"), routes.MESSAGES), (ROOM.other.name, "")]
