"""State of the administrator's outbox."""

import reflex as rx

from freelance_app.security.policy import PublicId, staff
from freelance_app.services.instance import events, outbox
from freelance_app.services.instance.keyset import Place
from freelance_app.services.instance.outbox import MailsView, MailView
from freelance_app.state.base import AppState, PageMixin
from freelance_app.state.feedback import open_dialog
from freelance_app.state.live import keep_fresh

MAIL_SHEET = "mail-sheet"


class OutboxState(PageMixin, AppState):
    """The mails of the instance, a page at a time, and the one that is open."""

    mails: MailsView = MailsView()
    mail: MailView = MailView()
    status: str = ""
    _place: Place = Place()

    @rx.event
    @staff("administrator", page_tells=True)
    async def enter(self):
        """Load the page that the address names, then listen for new mails."""
        self.mails, self.mail, self.phase = MailsView(), MailView(), "loading"
        query = self.router.url.query_parameters
        self.status = query.get("status", "")
        self._place = Place(query.get("before", ""), query.get("after", ""))
        yield
        found = await self._load(outbox.list_for, status=self.status, place=self._place)
        self.mails = found or MailsView()
        if self.phase == "ready":
            yield OutboxState.listen

    @rx.event
    @staff("administrator")
    async def open_mail(self, mail_id: PublicId):
        """Show a mail with its text and link; the look is written down."""
        self.mail = await self._write(outbox.open_mail, mail_id=mail_id)
        return open_dialog(MAIL_SHEET)

    @rx.event(background=True, supersedes=True)
    @staff("administrator")
    async def listen(self):
        """Show new mails and what became of them; Reflex cancels this when the page is left."""
        await keep_fresh(self, events.OUTBOX, self._news, self._show)

    async def _news(self) -> MailsView:
        return await self._read(outbox.list_for, status=self.status, place=self._place)

    def _show(self, view: MailsView) -> None:
        self.mails = view
