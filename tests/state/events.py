"""Sends events through Reflex's real processor and our guard, without a browser."""

import asyncio
import re
from contextlib import asynccontextmanager, suppress
from contextvars import Context, copy_context
from dataclasses import dataclass, field

from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import BaseStateToken
from reflex_base.event import Event
from reflex_base.event.processor import BaseStateEventProcessor
from reflex_base.event.processor.future import EventFuture
from reflex_base.registry import RegistrationContext

from freelance_app import db, routes
from freelance_app.freelance_app import app, show_error
from freelance_app.security import tokens
from freelance_app.security.guard import CONNECT, ROOT
from freelance_app.services.accounts import sessions

SECONDS = 30
QUIET_SECONDS = 0.12
HANDLERS = RegistrationContext.ensure_context().event_handlers
app._apply_decorated_pages()  # the vars of dynamic routes exist only after this
ROUTES = sorted(
    (value for name, value in vars(routes).items() if name.isupper() and value.startswith("/")),
    key=lambda route: route.count("["),
)


def cookie_of(actor) -> str:
    """Sign a person in, acting for the party of the actor, and return the cookie's value."""
    return db.write(_open, actor=actor)


def _open(session, *, actor) -> str:
    token = sessions.open_for(session, person_id=actor.person_id)
    if actor.party_id:
        party = session.get(sessions.Party, actor.party_id)
        sessions.act_for(session, actor=actor, token=token, party_id=party.public_id)
    return token


def route_of(path: str) -> tuple[str, dict[str, str]]:
    """Return the pattern that a path belongs to, and its variables."""
    for route in ROUTES:
        form = re.sub(r"\[(\w+)\]", r"(?P<\1>[^/]+)", route)
        if found := re.fullmatch(form, path.split("?")[0]):
            return route, found.groupdict()
    raise LookupError(path)


@dataclass
class Tab:
    """One browser tab: a client token, a cookie, and what the server sent to it."""

    processor: BaseStateEventProcessor
    states: StateManagerMemory
    cookie: str
    path: str
    token: str = "tab"
    context: Context = field(default_factory=copy_context)
    sent: list[object] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def emit_update(self, update, token):
        """Stand in for the socket."""
        self.sent.append(update)
        self.reached.add(token)
        self.news.set()

    async def send(self, name: str, **payload) -> str:
        """Send an event, wait for all that it starts, and return what came back, as text."""
        self.sent.clear()
        future = await self.start(name, **payload)
        async with asyncio.timeout(SECONDS):
            await asyncio.gather(future.wait_all(), return_exceptions=True)
        return repr(self.sent)

    async def act(self, name: str, **payload) -> str:
        """Send an event and return what came until nothing new comes; for what starts listeners.

        Raises:
            TimeoutError: the event, or one that it started, is not done.
        """
        self.sent.clear()
        future = await self.start(name, **payload)
        async with asyncio.timeout(SECONDS):
            while under_way := self._under_way(future):
                await asyncio.wait(under_way)
            while not (self.sent or future.done()):  # a listener that was sent itself
                await self._news()
            seen = -1
            while seen != len(self.sent):
                seen = len(self.sent)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._news(), QUIET_SECONDS)
        return repr(self.sent)

    def _under_way(self, future: EventFuture) -> list[EventFuture]:
        """Return what is not done of an event and all that it started; a listener never is."""
        found = [future]
        for each in found:
            found.extend(each.children)
        return [each for each in found if not each.done() and not self._listens(each)]

    def _listens(self, future: EventFuture) -> bool:
        task = self.processor._tasks.get(future.txid)
        name = task.get_name().split("|")[1] if task else ""
        return name in HANDLERS and HANDLERS[name].handler.is_background

    async def _news(self) -> None:
        self.news.clear()
        await self.news.wait()

    async def start(self, name: str, **payload):
        """Send an event and do not wait (needed where it starts a listener)."""
        pattern, variables = route_of(self.path)
        data = {
            "pathname": pattern,
            "asPath": self.path,
            "query": variables,
            "headers": {"cookie": f"{tokens.COOKIE}={self.cookie}"},
            "token": self.token,
        }
        event = Event(name=name, payload=payload, router_data=data)
        sending = self.processor.enqueue(self.token, event)
        return await asyncio.create_task(sending, context=self.context)

    async def hydrate(self) -> str:
        """Open the page, without its on_load."""
        return await self.send(f"{ROOT}.hydrate")

    async def come_back(self, **payload) -> str:
        """Connect again, with the page's on_load, as a page does whose socket was lost.

        A page that is loaded anew sends `hashes` too.
        """
        return await self.act(CONNECT, **payload)

    def phases(self, cls) -> list[str]:
        """Return the phases of a page that the server has sent since the last event."""
        name, phase = cls.get_full_name(), "phase_rx_state_"
        sent = [update.delta.get(name, {}) for update in self.sent]
        return [each[phase] for each in sent if phase in each]

    async def state(self, cls):
        """Return the tab's state of a class."""
        root = await self.states.get_state(BaseStateToken(ident=self.token, cls=cls))
        return await root.get_state(cls)

    async def until(self, text: str) -> None:
        """Wait until the server has sent a text."""
        async with asyncio.timeout(SECONDS):
            while text not in repr(self.sent):
                await self.news.wait()
                self.news.clear()


@asynccontextmanager
async def open_tab(cookie: str, path: str):
    """Yield a hydrated tab; leaving it cancels what still runs, as a closed one does."""
    processor = BaseStateEventProcessor(middleware=app, backend_exception_handler=show_error)
    tab = Tab(processor, StateManagerMemory(), cookie, path)
    processor.configure(state_manager=tab.states, event_namespace=tab)
    async with processor:
        tab.context = copy_context()  # of two open tabs each has a processor of its own
        await tab.hydrate()
        yield tab


def name_of(handler) -> str:
    """Return the wire name of a handler."""
    return Event.from_event_type(handler)[0].name
