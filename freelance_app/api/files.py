"""Files over HTTP: bytes in, counted while they come; bytes out, to be saved and never run."""

import asyncio
import hashlib
import logging
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.requests import ClientDisconnect

from freelance_app import db, routes
from freelance_app.api import answers
from freelance_app.errors import DomainError, InvalidError, NotFoundError
from freelance_app.integrations.storage.registry import storage
from freelance_app.security import tokens
from freelance_app.services.accounts import sessions
from freelance_app.services.instance import file_types, files
from freelance_app.services.instance.files import Download, NewFile
from freelance_app.services.instance.views import FileView
from freelance_app.text import _, speaking

PIECE = 1_000_000
# A browser that is still sending does not see an answer: small rests are read and thrown away.
DRAINED = 2_000_000
UPLOAD_SECONDS = 1_800
GONE = 499
DOWNLOAD = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}

log = logging.getLogger(__name__)
router = APIRouter()


@router.post(routes.FILES)
async def upload(request: Request, name: Annotated[str, Query(max_length=1_000)]) -> Response:
    """Store the body under a cleaned name and answer with its id, name and size."""
    try:
        with speaking(answers.language_of(request)):
            added = await _receive(request, file_types.clean_name(name))
    except DomainError:
        await _drain(request)
        raise
    except ClientDisconnect:  # nobody reads the answer, and nothing of it is kept
        return Response(status_code=GONE)
    body = {"id": added.id, "name": added.name, "size": added.size}
    return JSONResponse(body, 201, answers.NOT_KEPT)


async def _receive(request: Request, name: str) -> FileView:
    token = request.cookies.get(tokens.COOKIE, "")
    await db.in_thread(db.write, sessions.as_actor, files.begin, token=token)
    length = request.headers.get("content-length", "")
    file_types.require_size(int(length) if length.isdecimal() else 0)
    async with _incoming() as path:
        new = await _write(request, path, name)
        await asyncio.to_thread(storage.keep, new.store_key, path)
    try:
        return await db.in_thread(db.write, sessions.as_actor, files.add, token=token, new=new)
    except BaseException:
        await asyncio.to_thread(storage.remove, new.store_key)
        raise


@asynccontextmanager
async def _incoming() -> AsyncGenerator[Path]:
    path = await asyncio.to_thread(storage.incoming)
    try:
        yield path
    finally:
        await asyncio.to_thread(path.unlink, missing_ok=True)


async def _write(request: Request, path: Path, name: str) -> NewFile:
    """Write the body to a local file, and stop at the first byte too many."""
    digest, size, head, waiting = hashlib.sha256(), 0, b"", bytearray()

    async with asyncio.timeout(UPLOAD_SECONDS):
        with path.open("wb") as file:
            async for piece in request.stream():
                size += len(piece)
                file_types.require_size(size)
                head = (head + piece)[: file_types.HEAD]
                digest.update(piece)
                waiting += piece
                if len(waiting) >= PIECE:
                    await asyncio.to_thread(file.write, bytes(waiting))
                    waiting.clear()
            await asyncio.to_thread(file.write, bytes(waiting))
    if not size:
        raise InvalidError(_("{name} is empty.").format(name=name))
    content_type = file_types.detect(head, name=name)
    file_types.require_size(size, content_type=content_type)
    return NewFile(name, content_type, size, digest.hexdigest(), secrets.token_hex(32))


async def _drain(request: Request) -> None:
    """Read what a browser still sends, if it is little, so that it sees the answer."""
    read = 0
    with suppress(Exception):
        async for piece in request.stream():
            read += len(piece)
            if read > DRAINED:
                return


@router.get(routes.FILES + "/{file_id}")
async def download(request: Request, file_id: str) -> Response:
    """Send a file to be saved; the same answer for none and for one of other people."""
    token = request.cookies.get(tokens.COOKIE, "")
    with speaking(answers.language_of(request)):
        found = await db.in_thread(
            db.read, sessions.as_actor, files.get, token=token, file_id=file_id
        )
        try:
            pieces = await asyncio.to_thread(storage.read, found.store_key)
        except FileNotFoundError as missing:
            log.error("the store lacks the file %s", file_id)  # noqa: TRY400
            raise NotFoundError(_("There is no such file.")) from missing
    return StreamingResponse(pieces, headers=_headers(found), media_type=found.content_type)


def _headers(found: Download) -> dict[str, str]:
    return {
        **DOWNLOAD,
        "Content-Disposition": disposition(found.name),
        "Content-Length": str(found.size_bytes),
    }


def disposition(name: str) -> str:
    """Return an attachment with its name as RFC 6266 says: ASCII for the old, UTF-8 for all."""
    plain = "".join(
        char if char.isascii() and char.isprintable() and char not in '"\\%' else "_"
        for char in name
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
