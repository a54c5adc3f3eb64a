"""Answers of the routes for forms: where to go next, cookies, and refusals that people can read."""

import html
import logging
import secrets
from functools import cache
from pathlib import Path
from string import Template

from fastapi import Request, Response, status
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from freelance_app import routes
from freelance_app.api import origin
from freelance_app.api.site import LANGUAGE_COOKIE, choose_language
from freelance_app.errors import BusyError, DomainError, InvalidFormError, NotSignedInError
from freelance_app.security import tokens
from freelance_app.services.accounts.sessions import Opened
from freelance_app.settings import settings
from freelance_app.text import _, ngettext, speaking

PAGE = Path(__file__).parent.parent / "data" / "refused.html"
PROBLEM = "application/problem+json"
# How long a browser keeps a cookie at most; the database says how long a session lives.
COOKIE_SECONDS = 400 * 86_400
NOT_KEPT = {"Cache-Control": "no-store"}

log = logging.getLogger(__name__)


def language_of(request: Request) -> str:
    """Return the language in which this browser reads the pages."""
    return choose_language(request, settings.built_languages)


def see(path: str) -> RedirectResponse:
    """Send the browser to a page by GET."""
    return RedirectResponse(path, status.HTTP_303_SEE_OTHER, headers=NOT_KEPT)


def signed_in(opened: Opened, path: str) -> RedirectResponse:
    """Give the browser its new session and show the page in the person's language."""
    answer = see(path)
    answer.set_cookie(
        tokens.COOKIE,
        opened.token,
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="lax",
        secure=settings.is_https,
    )
    speak(answer, opened.language)
    return answer


def signed_out(path: str) -> RedirectResponse:
    """Take the session's cookie away."""
    answer = see(path)
    answer.delete_cookie(tokens.COOKIE, secure=settings.is_https, httponly=True, samesite="lax")
    return answer


def speak(answer: Response, language: str) -> None:
    """Let the browser's next pages be in a language."""
    answer.set_cookie(
        LANGUAGE_COOKIE,
        language,
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="lax",
        secure=settings.is_https,
    )


def refuse(request: Request, error: DomainError | BusyError) -> Response:
    """Tell why not: as RFC 9457 says to a script, as a small page to a form sent without one."""
    is_for_script = _wants_json(request)
    if isinstance(error, NotSignedInError) and not is_for_script:
        return see(routes.with_query(routes.LOGIN, next=routes.HOME))
    fields = _fields_of(error)
    with speaking(language_of(request)):
        title = _count_words(len(fields)) if fields else error.message
        if not is_for_script:
            return _page(request, title, list(fields.values()), error.status)
    problem = {"title": title, "status": error.status, "code": error.code, "errors": fields}
    return JSONResponse(problem, error.status, NOT_KEPT, media_type=PROBLEM)


def fail(request: Request, exception: Exception) -> Response:
    """Say that it is our fault, with a number that stands in the log too."""
    request_id = secrets.token_hex(4)
    log.error("request %s failed", request_id, exc_info=exception)
    with speaking(language_of(request)):
        title = _("Something went wrong on our side. Please try again.")
        if not _wants_json(request):
            return _page(request, title, [request_id], 500)
    problem = {"title": title, "status": 500, "code": "failed", "request": request_id}
    return JSONResponse(problem, 500, NOT_KEPT, media_type=PROBLEM)


def _wants_json(request: Request) -> bool:
    return "json" in request.headers.get("accept", "") or request.url.path.startswith("/api/")


def _fields_of(error: DomainError | BusyError) -> dict[str, str]:
    if isinstance(error, InvalidFormError):
        return error.fields
    field = getattr(error, "field", "")
    return {field: error.message} if field else {}


def _count_words(fields: int) -> str:
    return ngettext(
        "{number} field needs another look.", "{number} fields need another look.", fields
    ).format(number=fields)


def _page(request: Request, title: str, sentences: list[str], status_code: int) -> HTMLResponse:
    """Return the refusal for a form that the browser itself sent."""
    words = {
        "language": language_of(request),
        "title": title,
        "advice": _("Go back, and what you typed is still there."),
        "back": origin.came_from(request) or routes.LANDING,
        "back_words": _("Back"),
    }
    escaped = {name: html.escape(text) for name, text in words.items()}
    items = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in sentences)
    return HTMLResponse(_template().substitute(escaped, sentences=items), status_code, NOT_KEPT)


@cache
def _template() -> Template:
    return Template(PAGE.read_text(encoding="utf-8"))
