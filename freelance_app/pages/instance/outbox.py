"""The administrator's outbox: every mail, whether it left or is kept."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.keyset import keyset_pager
from freelance_app.components.outbox import mail_rows, mail_text
from freelance_app.state.instance.outbox import MAIL_SHEET, OutboxState
from freelance_app.text import _

MAILS: Any = OutboxState.mails


def status_filter() -> rx.Component:
    """Return the choice of statuses; each is an address."""
    kept: Any = rx.Var.create(OutboxState.status)

    def choice(words: str, status: str = "") -> tuple[str, str, Any]:
        query = {"status": status} if status else {}
        return words, routes.with_query(routes.ADMIN_OUTBOX, **query), kept == status

    return ui.segment_links(
        _("Status"),
        choice(_("All")),
        choice(_("Waiting"), "due"),
        choice(_("Kept here"), "kept"),
        choice(_("Sent"), "sent"),
        choice(_("Failed"), "failed"),
        choice(_("Not known"), "unknown"),
    )


def body() -> rx.Component:
    """Return the mails, or what will stand here."""
    nothing = ui.empty_state(
        _("No mails here"),
        _("Each mail of this market stands here before it leaves."),
        symbol="mail",
    )
    listed = ui.stack(
        mail_rows(MAILS.lines, on_open=OutboxState.open_mail),
        keyset_pager(
            _("The newest first"),
            path=routes.ADMIN_OUTBOX,
            older=MAILS.older,
            newer=MAILS.newer,
            also=("status", OutboxState.status),
        ),
        gap=3,
    )
    found = rx.cond(MAILS.lines.length() > 0, listed, ui.card(nothing, padded=False))
    return ui.stack(status_filter(), found, gap=4)


def mail_sheet() -> rx.Component:
    """Return the look at one mail."""
    return ui.side_sheet(
        MAIL_SHEET,
        mail_text(OutboxState.mail),
        title=_("Mail"),
        title_id="mail-subject",
        place=_("Each look is written down"),
    )


@rx.page(
    route=routes.ADMIN_OUTBOX,
    title=_("Outbox"),
    description=_("Every mail of this market."),
    on_load=entering(OutboxState.enter),
)
def outbox() -> rx.Component:
    """Return the page."""
    waiting = ui.list_card(ui.skeleton_rows(5, label=_("Loading mails")), tag="div")
    header = ui.page_header(
        _("Outbox"),
        _("Mails are kept here until a mail server is set. Opening one is written down."),
        tight=True,
    )
    return signed_in_page(
        loaded(OutboxState, body(), waiting=waiting, header=header),
        here=routes.ADMIN_OUTBOX,
        crumbs=[(_("Outbox"), routes.ADMIN_OUTBOX)],
        overlays=[mail_sheet()],
    )
