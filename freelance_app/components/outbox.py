"""The outbox: mails as a table, and the text of one."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from freelance_app.components import ui
from freelance_app.components.ui.core import Many, el, when
from freelance_app.services.instance.outbox import MailLine, MailView
from freelance_app.text import _


def mail_rows(lines: Many[MailLine], *, on_open: Callable[[Any], Any]) -> rx.Component:
    """Return the mails; `on_open` is called with the id of the one to read."""
    return ui.data_rows(
        [
            ui.column(_("Subject")),
            ui.column(_("To")),
            ui.column(_("Status")),
            ui.column(_("Written")),
            ui.column(_("Tries"), figure=True),
        ],
        ui.each(lines, lambda line: _mail(line, on_open)),
        label=_("Mails, the newest first"),
    )


def _mail(line: MailLine, on_open: Callable[[Any], Any]) -> rx.Component:
    opens = el.button(line.subject, type="button", class_name="link", on_click=on_open(line.id))
    return ui.data_row(
        ui.lead_cell(opens),
        ui.cell(line.address, alone=True),
        ui.cell(ui.status_badge(line.status), _fault(line)),
        ui.cell(line.at),
        ui.cell(line.tries, figure=True, on_phone=False),
    )


def _fault(line: MailLine) -> rx.Component:
    return when(line.fault != "", el.span(" ", line.fault, class_name="meta"))


def mail_text(mail: MailView) -> rx.Component:
    """Return one mail as its reader gets it, with the link that it asks to open."""
    head = ui.key_values(
        (_("To"), mail.address),
        (_("Written"), mail.at),
        (_("Status"), ui.status_badge(mail.status)),
    )
    link = el.p(el.a(mail.link, href=mail.link, class_name="link mail__link"))
    hidden = ui.callout(
        _("The link is in the reader’s mailbox. With a mail server it is not shown here.")
    )
    return ui.stack(
        el.h2(
            when(mail.subject != "", mail.subject, _("Mail")), id="mail-subject", class_name="h-md"
        ),
        head,
        when(mail.fault != "", ui.text(mail.fault, dim=True)),
        el.p(mail.body, class_name="mail__body"),
        when(mail.link != "", link),
        when(mail.is_link_hidden, hidden),
        gap=4,
    )
