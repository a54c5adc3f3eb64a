"""Where the demo plays: people who act through the services, at moments of the past."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlmodel import Session

from freelance_app import clock, db
from freelance_app.errors import ConflictError
from freelance_app.services.accounts import sessions
from freelance_app.services.instance import deadlines

T = TypeVar("T")
Act = Callable[[], object]
NO_TIME, WORKING_MINUTES = timedelta(), 420
HELD = timedelta(hours=1)


class Stage:
    """Signed-in people, and acts in the order of their moments.

    A worker of a server that runs meanwhile would find all these deadlines overdue. So each act
    holds them in its own unit of work, and the story itself runs them when their moment has come.

    Attributes:
        now: the real moment, from which the story counts back.
    """

    def __init__(self) -> None:
        """Start with nobody and nothing planned."""
        self.now = clock.now()
        self._tokens: dict[str, str] = {}
        self._plan: list[tuple[datetime, int, Act]] = []
        self._planned = 0

    def enter(self, key: str, token: str) -> None:
        """Let a person act by the token of a session."""
        self._tokens[key] = token

    def write(self, key: str, service: Callable[..., T], **arguments: Any) -> T:
        """Let a person act now, as a page would."""
        token = self._tokens[key]
        return db.write(self._held, sessions.as_actor, service, token=token, **arguments)

    def _held(self, session: Session, act: Callable[..., T], /, *args: Any, **arguments: Any) -> T:
        done = act(session, *args, **arguments)
        deadlines.hold_all(session, until=self.now + HELD)
        return done

    def run_deadlines(self) -> None:
        """Run what is due by now, as a worker would."""
        while due := db.read(deadlines.next_held):
            try:
                db.write(self._held, deadlines.run, due=due)
            except ConflictError:
                db.write(deadlines.finish, due=due)

    def read(self, key: str, service: Callable[..., T], **arguments: Any) -> T:
        """Let a person look now, as a page would."""
        return db.read(sessions.as_actor, service, token=self._tokens[key], **arguments)

    def at(self, days_ago: float, act: Act) -> None:
        """Plan an act of that day, at an hour of its own; what was planned first comes first."""
        self._planned += 1
        earlier = timedelta(minutes=self._planned * 47 % WORKING_MINUTES) if days_ago else NO_TIME
        moment = self.now - timedelta(days=days_ago) - earlier
        self._plan.append((moment, self._planned, act))

    def play(self) -> None:
        """Do everything that is planned, also what acts plan meanwhile, each at its moment."""
        moment = self.now - timedelta(days=366)
        try:
            while self._plan:
                self._plan.sort(key=lambda each: each[:2])
                planned, _order, act = self._plan.pop(0)
                moment = max(planned, moment)
                clock.use(lambda moment=moment: moment)
                act()
        finally:
            clock.use(None)
            db.write(deadlines.hold_all, until=None)

    def leave(self) -> None:
        """Sign everybody out again."""
        for token in self._tokens.values():
            db.write(sessions.end, token=token)
