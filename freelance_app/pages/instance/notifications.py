"""What the person was told."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.keyset import keyset_pager
from freelance_app.components.notices import notice_list
from freelance_app.state.instance.notifications import NotificationsState
from freelance_app.text import _

NOTICES: Any = NotificationsState.notices


def header() -> rx.Component:
    """Return the heading, with the one act for all of them."""
    mark = ui.button(_("Mark all read"), icon="check", on_click=NotificationsState.mark_all_read)
    return ui.page_header(
        _("Notifications"),
        NOTICES.unread,
        actions=rx.cond(NOTICES.has_unread, mark, rx.fragment()),
        tight=True,
    )


def body() -> rx.Component:
    """Return the notices, or what will stand here."""
    nothing = ui.empty_state(
        _("Nothing yet"),
        _("Proposals, offers, messages and money are told here, and by mail."),
        symbol="bell",
    )
    listed = ui.stack(
        notice_list(NOTICES.notices, on_open=NotificationsState.open_notice),
        keyset_pager(
            _("The newest first"),
            path=routes.NOTIFICATIONS,
            older=NOTICES.older,
            newer=NOTICES.newer,
        ),
        gap=3,
    )
    return rx.cond(NOTICES.notices.length() > 0, listed, ui.card(nothing, padded=False))


@rx.page(
    route=routes.NOTIFICATIONS,
    title=_("Notifications"),
    description=_("What you were told."),
    on_load=entering(NotificationsState.enter),
)
def notifications() -> rx.Component:
    """Return the page."""
    waiting = ui.list_card(ui.skeleton_rows(5, label=_("Loading notifications")), tag="div")
    return signed_in_page(
        header(),
        loaded(NotificationsState, body(), waiting=waiting),
        here=routes.NOTIFICATIONS,
        crumbs=[(_("Notifications"), routes.NOTIFICATIONS)],
    )
