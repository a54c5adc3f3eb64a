"""The set-up page's form: the first administrator and the instance."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel

from freelance_app import db, routes
from freelance_app.api import answers
from freelance_app.api.auth import Line, as_guest, browser_of
from freelance_app.security import passwords
from freelance_app.services.accounts import first_start
from freelance_app.services.accounts.first_start import SetUp
from freelance_app.services.instance.instances import InstanceForm

router = APIRouter()


class SetUpForm(BaseModel):
    """What the page sends; the service says what is wrong with it."""

    token: Line = ""
    name: Line = ""
    email: Line = ""
    password: Line = ""
    instance_name: Line = ""
    time_zone: Line = ""
    currency: Line = ""
    sign_up: Line = ""
    bank_holder: Line = ""
    bank_account: Line = ""
    bank_code: Line = ""
    bank_name: Line = ""
    payout_wait_days: Line = ""


@router.post(routes.FIRST_START)
async def set_up(request: Request, form: Annotated[SetUpForm, Form()]) -> Response:
    """Make the first administrator, set the instance up and sign in; the link works once."""
    person = {"token", "name", "email", "password"}
    wanted = SetUp(
        name=form.name,
        email=form.email,
        password=form.password,
        language=answers.language_of(request),
        instance=InstanceForm(**form.model_dump(exclude=person)),
    )
    service = first_start.require_valid
    await as_guest(request, db.read, service, token=form.token, form=wanted)
    opened = await as_guest(
        request,
        db.write,
        first_start.complete,
        token=form.token,
        form=wanted,
        password_hash=await passwords.hash_in_thread(form.password),
        browser=browser_of(request),
    )
    return answers.signed_in(opened, routes.HOME)
