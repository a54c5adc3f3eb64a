"""The root of all states: how a handler calls a service."""

import logging
import secrets
from collections.abc import Callable
from typing import Any, Literal, TypeVar

import reflex as rx

from freelance_app import db
from freelance_app.errors import (
    DomainError,
    InvalidError,
    InvalidFormError,
    NotPermittedError,
    NotSignedInError,
)
from freelance_app.integrations.push.hub import NO_MARK, Mark
from freelance_app.integrations.push.registry import hub
from freelance_app.security import tokens
from freelance_app.security.guard import Identity
from freelance_app.services.accounts import doors, sessions
from freelance_app.services.accounts.doors import NO_DOOR, Door
from freelance_app.state import defaults

T = TypeVar("T")
log = logging.getLogger(__name__)


class AppState(Identity):
    """Shared by every page. Functions without a leading underscore would be public calls."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Share what the tabs may share of a page's state."""
        super().__init_subclass__(**kwargs)
        defaults.share(cls)

    def _token(self) -> str:
        """Return the session token of this tab's browser, fixed at the socket's handshake."""
        return tokens.in_cookie(self.rx_router_headers.cookie)

    async def _read(self, service: Callable[..., T], **arguments: Any) -> T:
        """Call a service as the signed-in person, in a thread, in a read-only unit of work.

        Raises:
            NotSignedInError: the session has ended; so also for a listener that runs for hours.
        """
        return await db.in_thread(
            db.read, sessions.as_actor, service, token=self._token(), **arguments
        )

    async def _write(self, service: Callable[..., T], **arguments: Any) -> T:
        """Do the same in a write unit of work, whose events leave after its commit."""
        return await db.in_thread(
            db.write, sessions.as_actor, service, token=self._token(), **arguments
        )


defaults.keep_few_sets(AppState)


class PageMixin(rx.State, mixin=True):
    """A page that loads: `components.frame.loaded` shows the state of it that `phase` names.

    `door` is the other party of the person's own through which a missing page would open. A page
    that is there, but not for the reader's side, is "refused": `refusal` says whom it is for and
    `back` is the page above it.

    Use it as `class JobState(PageMixin, AppState)`. `enter` clears its vars, yields, then loads;
    where something can be typed it clears nothing if the page `_stays`.
    """

    phase: Literal["loading", "ready", "missing", "refused", "failed"] = "loading"
    request_id: str = ""
    refusal: str = ""
    back: str = ""
    door: Door = NO_DOOR
    _mark: Mark = NO_MARK
    _shown_at: str = ""

    def _stays(self) -> bool:
        """Whether the socket alone came back, to a page that shows what its address names.

        What is typed and not sent stands in the browser's fields, and a page that waits takes them
        away: load anew, and show it over what stands there.
        """
        came_back = self._came_back  # pyright: ignore[reportAttributeAccessIssue]
        return came_back and self.phase == "ready" and self._shown_at == self._address()

    def _address(self) -> str:
        return f"{self.router.url.path}?{self.router.url.query}"

    async def _load(self, service: Callable[..., T], **arguments: Any) -> T | None:
        """Call a read; None means that the page says why it cannot be shown.

        Raises:
            NotSignedInError: the session has ended.
        """
        self._mark = hub.mark()
        try:
            loaded = await self._read(service, **arguments)  # pyright: ignore[reportAttributeAccessIssue]
        except NotSignedInError:
            raise
        except DomainError as error:
            await self._close(error)
            return None
        except Exception:
            self.phase, self.request_id = "failed", secrets.token_hex(4)
            log.exception("a page could not be loaded, request %s", self.request_id)
            return None
        self.phase, self._shown_at = "ready", self._address()
        return loaded

    async def _close(self, error: DomainError) -> None:
        """Show the words for a stranger, or whom the page is for to who sees what it is about."""
        path = self.router.url.path
        self.door = await self._read(doors.find, path=path)  # pyright: ignore[reportAttributeAccessIssue]
        if isinstance(error, NotPermittedError):
            self.refusal, self.back = error.message, path.rstrip("/").rpartition("/")[0]
            self.phase = "refused"
        else:
            self.phase = "missing"


class FormMixin(rx.State, mixin=True):
    """A page with a form: `errors` holds a sentence for each refused field.

    Use it as `class JobFormState(FormMixin, AppState)`.
    """

    errors: dict[str, str] = {}
    kept_for: str = ""

    def _keep_typed(self) -> None:
        """Let a `ui.draft_form` keep what is typed for as long as this sign-in lasts."""
        token = self._token()  # pyright: ignore[reportAttributeAccessIssue]
        self.kept_for = tokens.digest(f"typed {token}")[:16]

    async def _try_write(self, service: Callable[..., T], **arguments: Any) -> T | None:
        """Call a service that returns something; None means that fields were refused.

        What was typed stays on the page, since nothing else is sent back; answer a None with
        `focus_first_error()`. A refusal without a field stands under the name "form".
        """
        call = self._write  # pyright: ignore[reportAttributeAccessIssue]
        return await self._try(call, service, **arguments)

    async def _try_read(self, service: Callable[..., T], **arguments: Any) -> T | None:
        """Do the same with a read, such as a search for what was typed."""
        call = self._read  # pyright: ignore[reportAttributeAccessIssue]
        return await self._try(call, service, **arguments)

    async def _try(self, call: Any, service: Callable[..., T], **arguments: Any) -> T | None:
        self.errors = {}
        try:
            return await call(service, **arguments)
        except InvalidFormError as refused:
            self.errors = refused.fields
        except InvalidError as refused:
            self.errors = {refused.field or "form": refused.message}
        return None
