"""State of the frame round every page: names, counts, the bell."""

from dataclasses import replace

import reflex as rx

from freelance_app.integrations.push.hub import NO_MARK, Mark
from freelance_app.integrations.push.registry import hub
from freelance_app.security.policy import signed_in
from freelance_app.services.instance import counts, events
from freelance_app.services.instance.counts import ShellView
from freelance_app.state.base import AppState
from freelance_app.state.live import ASIDE, keep_fresh
from freelance_app.text import _

_Frame = tuple[Mark, ShellView]


class ShellState(AppState):
    """What the frame shows of the signed-in person."""

    shell: ShellView = ShellView()
    _mark: Mark = NO_MARK

    @rx.event
    @signed_in
    async def enter(self):
        """Load the frame, then listen for what the person is told."""
        self._show(await self._whole())
        if self.router.url.query_parameters.get("acting"):
            yield rx.toast.info(_("You now act as {party}.").format(party=self.party_name))
        yield ShellState.listen

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Show new counts at once; Reflex cancels this when the page is left."""
        person = self._bound_to[0]
        topic, inbox = events.person_topic(person), events.inbox_topic(person)
        await keep_fresh(self, topic, self._news, self._show, also=inbox, pause=ASIDE)

    async def _news(self) -> _Frame:
        """Read the count of messages alone, when nothing else can have changed."""
        if hub.has_changed(events.person_topic(self._bound_to[0]), since=self._mark):
            return await self._whole()
        messages = await self._read(counts.count, name="messages")
        return self._mark, replace(self.shell, messages=messages)

    async def _whole(self) -> _Frame:
        return hub.mark(), await self._read(counts.shell)

    def _show(self, frame: _Frame) -> None:
        self._mark, self.shell = frame
