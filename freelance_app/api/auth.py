"""Signing up, in and out by native forms: only an HTTP answer can set an HttpOnly cookie."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel, StringConstraints

from freelance_app import db, routes
from freelance_app.api import answers, origin
from freelance_app.errors import InvalidError
from freelance_app.security import passwords, tokens
from freelance_app.services.accounts import (
    confirmations,
    devices,
    people,
    registrations,
    sessions,
    sign_ins,
)
from freelance_app.services.accounts.registrations import Registration
from freelance_app.services.accounts.sessions import Browser
from freelance_app.text import _, speaking

T = TypeVar("T")
# PostgreSQL keeps no NUL, and no page of ours sends one.
Line = Annotated[str, StringConstraints(max_length=1_000, pattern=r"^[^\x00]*$")]
Field = Annotated[Line, Form()]

router = APIRouter()


class SignUpForm(BaseModel):
    """What the sign-up page sends; the service says what is wrong with it."""

    role: Line = ""
    name: Line = ""
    company: Line = ""
    email: Line = ""
    password: Line = ""
    consent: Line = ""
    zone: Line = ""


async def as_guest(
    request: Request, unit: Callable[..., T], service: Callable[..., T], **arguments: Any
) -> T:
    """Call a service for a guest, in a thread, in the language of the guest's pages."""
    language = answers.language_of(request)
    return await db.in_thread(unit, sessions.as_guest, service, language=language, **arguments)


def browser_of(request: Request) -> Browser:
    """Return the browser that asks, with the session that it has now."""
    return Browser(
        device=devices.words_of(request.headers.get("user-agent", "")),
        old_token=tokens.in_cookie(request.headers.get("cookie", "")),
    )


@router.post(routes.SIGN_IN)
async def sign_in(
    request: Request,
    email: Field = "",
    password: Field = "",
    wanted: Annotated[Line, Form(alias="next")] = "",
) -> Response:
    """Set the session's cookie and go on; the same answer for a wrong password and nobody."""
    who = {"email": email, "address": origin.client_address(request)}
    await as_guest(request, db.write, sign_ins.count_try, **who)
    found = await db.in_thread(db.read, people.credentials_of, email=email)
    fits = await passwords.check_in_thread(password, found.password_hash if found else None)
    if found is None or not fits:
        with speaking(answers.language_of(request)):
            raise InvalidError(_("E-mail or password is wrong."))
    browser = browser_of(request)
    opened = await as_guest(request, db.write, sign_ins.finish, found=found, browser=browser, **who)
    if opened is None:
        return answers.see(routes.with_query(routes.CHECK_MAIL, unconfirmed="1"))
    return answers.signed_in(opened, origin.safe_path(wanted))


@router.post(routes.SIGN_OUT)
async def sign_out(request: Request) -> Response:
    """End the session here and on the server."""
    await db.in_thread(db.write, sessions.end, token=browser_of(request).old_token)
    return answers.signed_out(routes.LOGIN)


@router.post(routes.REGISTER)
async def register(request: Request, form: Annotated[SignUpForm, Form()]) -> Response:
    """Make an account; the answer does not tell whether the address had one."""
    wanted = Registration(
        role=form.role,
        name=form.name,
        email=form.email,
        password=form.password,
        company=form.company,
        has_consented=form.consent == "yes",
        language=answers.language_of(request),
        zone=form.zone,
    )
    address = origin.client_address(request)
    await as_guest(request, db.write, registrations.count_try, address=address)
    await as_guest(request, db.read, registrations.require_valid, form=wanted)
    password_hash = await passwords.hash_in_thread(form.password)
    service = registrations.register
    await as_guest(request, db.write, service, form=wanted, password_hash=password_hash)
    return answers.see(routes.CHECK_MAIL)


@router.post(routes.RESEND)
async def resend(request: Request, email: Field = "") -> Response:
    """Mail the link again; the answer does not tell whether the address has an account."""
    address = origin.client_address(request)
    await as_guest(request, db.write, registrations.count_try, address=address)
    await as_guest(request, db.write, confirmations.count_resend, email=email)
    await as_guest(request, db.write, confirmations.resend, email=email)
    return answers.see(routes.with_query(routes.CHECK_MAIL, sent="1"))


@router.post(routes.CONFIRM_EMAIL)
async def confirm_email(request: Request, token: Field = "", password: Field = "") -> Response:
    """Use a mail's link up when the password of the sign-up fits too, and sign its person in."""
    address = origin.client_address(request)
    waiting = await as_guest(request, db.read, confirmations.find_waiting, token=token)
    count_try = sign_ins.count_try
    await as_guest(request, db.write, count_try, email=waiting.email, address=address)
    if not await passwords.check_in_thread(password, waiting.password_hash):
        with speaking(answers.language_of(request)):
            raise confirmations.wrong_password()
    link = {"token": token, "checked": waiting}
    browser = browser_of(request)
    confirm = confirmations.confirm
    opened = await as_guest(request, db.write, confirm, **link, address=address, browser=browser)
    return answers.signed_in(opened, routes.HOME)
