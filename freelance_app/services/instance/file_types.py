"""What a file is, by its content: the name alone proves nothing."""

# puremagic is typed in part only:
# pyright: standard

import codecs
import mimetypes
import unicodedata
from pathlib import PurePosixPath

import puremagic

from freelance_app.errors import TooLargeError, WrongTypeError
from freelance_app.text import _

HEAD = 4096
MEGABYTE = 1_000_000
SMALL, LARGE = 10 * MEGABYTE, 50 * MEGABYTE
UNKNOWN, TEXT, ZIP, PDF = (
    "application/octet-stream",
    "text/plain",
    "application/zip",
    "application/pdf",
)
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
STRICT = PICTURES | {PDF}
TEXTS = frozenset({"text/csv", "text/markdown", "application/json"})
# A fixed table: that of the machine differs from place to place.
_TYPES = mimetypes.MimeTypes()
NAME_LENGTH = 200
FALLBACK_NAME = "file"
TABLES = frozenset({".csv", ".xlsx", ".ods", ".xls"})
CODE = frozenset({".py", ".js", ".ts", ".html", ".css", ".json", ".patch", ".java", ".kt", ".sql"})
PACKAGES = frozenset({".zip", ".gz", ".apk", ".7z", ".tar", ".jar", ".xz"})


def clean_name(name: str) -> str:
    """Return a name without path, control or direction characters; its ending is kept."""
    normal = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(" " if char.isspace() else char for char in normal if _is_fit(char))
    tidy = " ".join(kept.split()).strip(" .")
    if len(tidy) <= NAME_LENGTH:
        return tidy or FALLBACK_NAME
    ending = PurePosixPath(tidy).suffix[-20:]
    return tidy[: NAME_LENGTH - len(ending)].rstrip() + ending


def _is_fit(char: str) -> bool:
    return char.isspace() or not unicodedata.category(char).startswith("C")


def detect(head: bytes, *, name: str) -> str:
    """Return the type of a file by its first HEAD bytes; nothing that a browser would run.

    Raises:
        WrongTypeError: it is named like a picture or PDF, and is none.
    """
    claimed = _TYPES.guess_type(name, strict=False)[0] or ""
    found = _matches(head)
    if claimed in STRICT and claimed not in found:
        sentence = _("{name} is not the kind of file that its name says.")
        raise WrongTypeError(sentence.format(name=name))
    if shown := [each for each in found if each in STRICT]:
        return claimed if claimed in shown else shown[0]
    if _is_text(head):
        return claimed if claimed in TEXTS else TEXT
    if claimed in found and not claimed.endswith(("html", "xml")):
        return claimed
    return ZIP if head.startswith(b"PK\x03\x04") else UNKNOWN


def _matches(head: bytes) -> list[str]:
    try:
        return [match.mime_type for match in puremagic.magic_string(head)]
    except (puremagic.PureError, ValueError):
        return []


def _is_text(head: bytes) -> bool:
    try:
        words = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return all(char.isspace() or unicodedata.category(char) != "Cc" for char in words)


def require_size(size: int, *, content_type: str = "") -> None:
    """Refuse what is too large for its type; without a type, what is too large for any.

    Raises:
        TooLargeError: it has more bytes than are taken.
    """
    most = SMALL if content_type in STRICT else LARGE
    if size > most:
        sentence = _("The file is too large: pictures and PDF up to {small} MB, others {large} MB.")
        small, large = SMALL // MEGABYTE, LARGE // MEGABYTE
        raise TooLargeError(sentence.format(small=small, large=large))


def kind_of(name: str, content_type: str) -> str:
    """Return the name of the icon: image, video, text, table, code, package, file."""
    ending = PurePosixPath(name.lower()).suffix
    kinds = (
        ("image", content_type in PICTURES),
        ("video", content_type.startswith("video/")),
        ("table", ending in TABLES),
        ("code", ending in CODE),
        ("package", ending in PACKAGES),
        ("text", content_type == PDF or content_type.startswith("text/") or ending == ".docx"),
    )
    return next((kind for kind, is_it in kinds if is_it), "file")
