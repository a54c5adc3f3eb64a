"""What a signed-in person changes by one click and a new page: party, role, language."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from freelance_app import db, routes
from freelance_app.api import answers, origin
from freelance_app.api.auth import Field, Line, browser_of
from freelance_app.errors import InvalidError, NotSignedInError
from freelance_app.security.policy import PublicId
from freelance_app.services.accounts import parties, people, sessions
from freelance_app.settings import settings
from freelance_app.text import _, speaking

router = APIRouter()


async def _as_person(request: Request, service: Callable[..., Any], **arguments: Any) -> None:
    token = browser_of(request).old_token
    with speaking(answers.language_of(request)):
        await db.in_thread(db.write, sessions.as_actor, service, token=token, **arguments)


@router.post(routes.SWITCH_PARTY)
async def switch_party(
    request: Request,
    party: Annotated[PublicId, Form()],
    wanted: Annotated[Line, Form(alias="next")] = "",
) -> Response:
    """Act for another of the person's parties from now on, at home or on the wanted page."""
    act_for = partial(sessions.act_for, token=browser_of(request).old_token)
    await _as_person(request, act_for, party_id=party)
    return answers.see(origin.safe_path(wanted))


@router.post(routes.ADD_PARTY)
async def add_party(request: Request, role: Field = "", company: Field = "") -> Response:
    """Become a client too, or a freelancer too."""
    token = browser_of(request).old_token
    add = partial(parties.add_and_act, session_token=token)
    await _as_person(request, add, role=role, company=company)
    return answers.see(routes.HOME)


@router.post(routes.SET_LANGUAGE)
async def set_language(
    request: Request, language: Field, wanted: Annotated[Line, Form(alias="next")] = ""
) -> Response:
    """Show the pages in another language, and write to the person in it."""
    if language not in settings.built_languages:
        with speaking(answers.language_of(request)):
            raise InvalidError(_("This language is not offered here."), field="language")
    with suppress(NotSignedInError):  # a guest chooses too
        await _as_person(request, people.set_language, language=language)
    back = origin.came_from(request) or routes.LANDING
    answer = answers.see(origin.safe_path(wanted, back))
    answers.speak(answer, language)
    return answer
