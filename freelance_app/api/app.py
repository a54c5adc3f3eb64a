"""The FastAPI app beside Reflex's: forms that set cookies, files, health; later REST.

It offers no OpenAPI page: no route here is meant for other programs.
"""

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError

from freelance_app.api import account, answers, auth, files, first_start, health
from freelance_app.api.origin import OriginGuard
from freelance_app.errors import BusyError, DomainError, InvalidError
from freelance_app.text import _, speaking

api = FastAPI(title="Harbour", openapi_url=None)
for module in (account, auth, files, first_start, health):
    api.include_router(module.router)
api.add_middleware(OriginGuard)


@api.exception_handler(DomainError)
async def _refuse(request: Request, error: DomainError) -> Response:
    """Say why not."""
    return answers.refuse(request, error)


@api.exception_handler(BusyError)
async def _busy(request: Request, error: BusyError) -> Response:
    """Ask to try again."""
    return answers.refuse(request, error)


@api.exception_handler(RequestValidationError)
async def _not_understood(request: Request, _error: RequestValidationError) -> Response:
    """Say no more of a form that none of our pages sends."""
    with speaking(answers.language_of(request)):
        refusal = InvalidError(_("This could not be understood. Reload the page."))
    return answers.refuse(request, refusal)


@api.exception_handler(Exception)
async def _fail(request: Request, exception: Exception) -> Response:
    """Hide what went wrong from the browser, not from the log."""
    return answers.fail(request, exception)
