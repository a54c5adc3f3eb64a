"""Is the server up, and may people be sent to it?"""

import asyncio
import logging

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse
from sqlalchemy.exc import SQLAlchemyError

from freelance_app import db, routes
from freelance_app.models import schema

log = logging.getLogger(__name__)
router = APIRouter()


@router.get(routes.HEALTH)
async def healthz() -> PlainTextResponse:
    """Answer while the process lives."""
    return PlainTextResponse("ok")


@router.get(routes.READY)
async def readyz() -> PlainTextResponse:
    """Answer 200 when the database is there and is the one this code was written for."""
    try:
        await asyncio.to_thread(schema.require_ready, db.engine)
    except (SQLAlchemyError, schema.SchemaError):
        log.exception("not ready")
        return PlainTextResponse("not ready", 503)
    return PlainTextResponse("ready")
