"""State of the frame round every page: names, counts, the bell."""

import reflex as rx

from freelance_app.integrations.push.registry import hub
from freelance_app.security.policy import signed_in
from freelance_app.services.instance import counts, events
from freelance_app.services.instance.counts import ShellView
from freelance_app.state.base import AppState
from freelance_app.state.live import keep_fresh
from freelance_app.text import _

# Seconds that a count in the frame may be late, so that the words of a message come before it.
PAUSE = 0.15


class ShellState(AppState):
    """What the frame shows of the signed-in person."""

    shell: ShellView = ShellView()

    @rx.event
    @signed_in
    async def enter(self):
        """Load the frame, then listen for what the person is told."""
        self._mark = hub.mark()
        self.shell = await self._news()
        if self.router.url.query_parameters.get("acting"):
            yield rx.toast.info(_("You now act as {party}.").format(party=self.party_name))
        yield ShellState.listen

    @rx.event(background=True, supersedes=True)
    @signed_in
    async def listen(self):
        """Show new counts at once; Reflex cancels this when the page is left."""
        topic = events.person_topic(self._bound_to[0])
        await keep_fresh(self, topic, self._news, self._show, pause=PAUSE)

    async def _news(self) -> ShellView:
        return await self._read(counts.shell)

    def _show(self, shell: ShellView) -> None:
        self.shell = shell
