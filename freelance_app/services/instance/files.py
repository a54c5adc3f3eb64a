"""Files: who may add and read them, and which are swept away. The bytes lie in the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from babel.numbers import format_decimal
from sqlmodel import Session, col, delete, func, select, update

from freelance_app import clock, db, routes
from freelance_app.errors import InvalidError, NotFoundError, NotPermittedError, TooManyError
from freelance_app.integrations.storage.registry import storage
from freelance_app.models import StoredFile
from freelance_app.security.actor import Actor
from freelance_app.services.instance import audit, file_types, limits
from freelance_app.services.instance.views import FileView
from freelance_app.text import _, locale_of_actor, ngettext, short_moment_text

MOST_AT_ONCE = 10
UPLOADS_AN_HOUR = 120
HOUR = 3600
WAITING_BYTES = 500 * file_types.MEGABYTE
KILOBYTE = 1000


@dataclass(frozen=True, slots=True)
class NewFile:
    """Bytes that were received and stored, before anybody can name them."""

    name: str
    content_type: str
    size_bytes: int
    sha256: str
    store_key: str


@dataclass(frozen=True, slots=True)
class Download:
    """A file that the actor may read."""

    name: str
    content_type: str
    size_bytes: int
    store_key: str


class Reader(Protocol):
    """Say whether the actor sees something that links to a file."""

    def __call__(self, session: Session, *, actor: Actor, file_row_id: int) -> bool:
        """Start from what the actor may see."""
        ...


_readers: list[Reader] = []


def register_reader(reader: Reader) -> Reader:
    """Let a wing open the files that its things link to (a decorator)."""
    _readers.append(reader)
    return reader


def begin(session: Session, *, actor: Actor) -> None:
    """Let an upload begin: counted, and not while too much waits to be used.

    Raises:
        NotPermittedError: the actor only looks, or acts for no party.
        TooManyError: too many uploads in an hour, or too many bytes that nothing links to.
    """
    if not actor.is_owner:
        raise NotPermittedError(_("Only an owner can change this."))
    key = limits.key_of("upload", str(actor.person_id))
    limits.take(session, key=key, most=UPLOADS_AN_HOUR, seconds=HOUR)
    waiting = select(func.coalesce(func.sum(StoredFile.size_bytes), 0)).where(
        StoredFile.uploader_id == actor.person_id, col(StoredFile.linked_at).is_(None)
    )
    if session.exec(waiting).one() > WAITING_BYTES:
        raise TooManyError(_("Too many of your files wait to be sent. Send them, or try tomorrow."))


def add(session: Session, *, actor: Actor, new: NewFile) -> FileView:
    """Enter a stored file; until something links to it, only the actor may read it."""
    row = StoredFile(
        uploader_id=actor.person_id,
        party_id=actor.party_id or None,
        name=new.name,
        content_type=new.content_type,
        size_bytes=new.size_bytes,
        sha256=new.sha256,
        store_key=new.store_key,
        created_at=clock.now(),
    )
    session.add(row)
    session.flush()
    audit.record(session, actor=actor, action="file.added", subject=f"file:{row.id}")
    return view(row)


def view(row: StoredFile, *, version: str = "", by: str = "", milestone: str = "") -> FileView:
    """Return a file as pages show it; the caller has checked that the reader may see it."""
    return FileView(
        id=row.public_id,
        name=row.name,
        kind=file_types.kind_of(row.name, row.content_type),
        version=version,
        size=size_text(row.size_bytes),
        href=routes.file(row.public_id),
        by=by,
        milestone=milestone,
        added_at=short_moment_text(row.created_at),
    )


def size_text(size_bytes: int) -> str:
    """Return a size such as ``14 KB`` in the actor's language."""
    if size_bytes < file_types.MEGABYTE:
        figure, unit = max(1, round(size_bytes / KILOBYTE)), "KB"
    else:
        figure, unit = round(size_bytes / file_types.MEGABYTE, 1), "MB"
    return f"{format_decimal(figure, locale=locale_of_actor())} {unit}"


def get(session: Session, *, actor: Actor, file_id: str) -> Download:
    """Return a file for download.

    Raises:
        NotFoundError: no such file for this actor.
    """
    row = session.exec(select(StoredFile).where(StoredFile.public_id == file_id)).first()
    if row is None or not _may_read(session, actor, row):
        raise NotFoundError(_("There is no such file."))
    return Download(row.name, row.content_type, row.size_bytes, row.store_key)


def _may_read(session: Session, actor: Actor, row: StoredFile) -> bool:
    return row.uploader_id == actor.person_id or any(
        reader(session, actor=actor, file_row_id=row.id) for reader in _readers
    )


def split_ids(words: str) -> list[str]:
    """Return the ids that the field of `ui.file_drop` sends, each once."""
    return list(dict.fromkeys(each.strip() for each in words.split(",") if each.strip()))


def take(session: Session, *, actor: Actor, file_ids: Sequence[str]) -> list[StoredFile]:
    """Return the actor's own files to link them, in their order; from now on they stay.

    Raises:
        InvalidError: too many, or one is not (or no longer) among the actor's uploads.
    """
    if len(file_ids) > MOST_AT_ONCE:
        sentence = ngettext(
            "Attach at most {most} file.", "Attach at most {most} files.", MOST_AT_ONCE
        )
        raise InvalidError(sentence.format(most=MOST_AT_ONCE), field="files")
    own = (
        col(StoredFile.public_id).in_(file_ids),
        col(StoredFile.uploader_id) == actor.person_id,
    )
    now = clock.now()
    session.exec(update(StoredFile).where(*own).values(linked_at=now))
    rows = {row.public_id: row for row in session.exec(select(StoredFile).where(*own))}
    if missing := [each for each in file_ids if each not in rows]:
        sentence = ngettext(
            "{count} file is no longer here. Add it again.",
            "{count} files are no longer here. Add them again.",
            len(missing),
        )
        raise InvalidError(sentence.format(count=len(missing)), field="files")
    return [rows[each] for each in file_ids]


def remove_orphans(session: Session, *, before: datetime) -> int:
    """Remove uploads from before a moment that nothing links to; return how many."""
    keys = session.exec(
        delete(StoredFile)
        .where(col(StoredFile.linked_at).is_(None), col(StoredFile.created_at) < before)
        .returning(col(StoredFile.store_key))
    )
    removed = [row[0] for row in keys]
    for key in removed:
        db.after_commit(session, partial(storage.remove, key))
    db.after_commit(session, partial(storage.sweep, before.timestamp()))
    return len(removed)
