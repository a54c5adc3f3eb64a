"""Whose files are whose, which types they are, and which are swept away."""

import secrets
from datetime import timedelta

import pytest
from sqlmodel import select

from freelance_app import clock, db
from freelance_app.errors import (
    InvalidError,
    NotFoundError,
    NotPermittedError,
    TooLargeError,
    TooManyError,
    WrongTypeError,
)
from freelance_app.integrations.storage.registry import storage
from freelance_app.models import StoredFile
from freelance_app.services.instance import file_types, files
from freelance_app.services.instance.files import NewFile

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 64
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"
ZIP = b"PK\x03\x04" + b"\0" * 64


def stored(content: bytes = b"hello") -> str:
    key, path = secrets.token_hex(32), storage.incoming()
    path.write_bytes(content)
    storage.keep(key, path)
    return key


def add(actor, name: str = "notes.txt", size_bytes: int = 5) -> str:
    new = NewFile(name, "text/plain", size_bytes, "0" * 64, stored())
    return db.write(files.add, actor=actor, new=new).id


def get(actor, file_id: str):
    return db.read(files.get, actor=actor, file_id=file_id)


def test_until_something_links_to_it_only_its_uploader_reads_a_file(world):
    file_id = add(world.fatuma)
    assert get(world.fatuma, file_id).name == "notes.txt"
    for name in ("alice", "bob", "charlie", "dora", "frank"):
        with pytest.raises(NotFoundError):
            get(getattr(world, name), file_id)


def test_none_and_not_yours_are_told_alike(world):
    file_id = add(world.fatuma)
    with pytest.raises(NotFoundError) as not_yours:
        get(world.charlie, file_id)
    with pytest.raises(NotFoundError) as none:
        get(world.charlie, "0" * 20)
    assert not_yours.value.message == none.value.message


def test_a_wing_opens_the_files_that_its_things_link_to(world, monkeypatch):
    monkeypatch.setattr(files, "_readers", [])
    file_id = add(world.fatuma)

    @files.register_reader
    def reader(session, *, actor, file_row_id):
        row = session.get(StoredFile, file_row_id)
        return row.public_id == file_id and actor.party_id == world.alice.party_id

    assert get(world.bob, file_id).name == "notes.txt"
    with pytest.raises(NotFoundError):
        get(world.charlie, file_id)


def test_taking_links_the_files_in_their_order(world):
    ids = [add(world.fatuma, name) for name in ("b.txt", "a.txt")]
    rows = db.write(files.take, actor=world.fatuma, file_ids=ids)
    assert [row.name for row in rows] == ["b.txt", "a.txt"]
    assert all(row.linked_at for row in rows)
    assert [row.name for row in db.write(files.take, actor=world.fatuma, file_ids=ids)] == [
        "b.txt",
        "a.txt",
    ]
    assert db.write(files.take, actor=world.fatuma, file_ids=[]) == []


def test_nobody_takes_the_files_of_others_and_a_refusal_links_none(world):
    own, other = add(world.charlie), add(world.fatuma)
    with pytest.raises(InvalidError) as refused:
        db.write(files.take, actor=world.charlie, file_ids=[own, other])
    assert refused.value.field == "files"
    with db.unit_of_work() as session:
        rows = session.exec(select(StoredFile).where(StoredFile.public_id.in_([own, other]))).all()
    assert [row.linked_at for row in rows] == [None, None]


def test_at_most_ten_files_are_taken_at_once(world):
    ids = [add(world.fatuma) for _ in range(11)]
    with pytest.raises(InvalidError):
        db.write(files.take, actor=world.fatuma, file_ids=ids)
    assert len(db.write(files.take, actor=world.fatuma, file_ids=ids[:10])) == 10


def test_the_field_of_ids_is_split_and_each_counts_once():
    assert files.split_ids("") == []
    assert files.split_ids("a, b,a,,") == ["a", "b"]


def test_a_viewer_and_a_person_without_a_party_add_nothing(world):
    for actor in (world.bob, world.frank):
        with pytest.raises(NotPermittedError):
            db.write(files.begin, actor=actor)


def test_uploads_are_limited_in_number(world, monkeypatch):
    monkeypatch.setattr(files, "UPLOADS_AN_HOUR", 2)
    for _ in range(2):
        db.write(files.begin, actor=world.fatuma)
    with pytest.raises(TooManyError):
        db.write(files.begin, actor=world.fatuma)
    db.write(files.begin, actor=world.charlie)


def test_what_waits_to_be_linked_is_limited_in_bytes(world):
    file_id = add(world.fatuma, size_bytes=files.WAITING_BYTES + 1)
    with pytest.raises(TooManyError):
        db.write(files.begin, actor=world.fatuma)
    db.write(files.take, actor=world.fatuma, file_ids=[file_id])
    db.write(files.begin, actor=world.fatuma)


def test_files_that_nothing_links_to_are_removed_after_a_day(world, at):
    now = clock.now()
    at(now - timedelta(hours=25))
    old, linked = add(world.fatuma), add(world.fatuma)
    db.write(files.take, actor=world.fatuma, file_ids=[linked])
    at(now)
    young = add(world.fatuma)
    keys = {file_id: get(world.fatuma, file_id).store_key for file_id in (old, linked, young)}
    assert db.write(files.remove_orphans, before=now - timedelta(days=1)) >= 1
    with pytest.raises(NotFoundError):
        get(world.fatuma, old)
    with pytest.raises(FileNotFoundError):
        storage.read(keys[old])
    for kept in (linked, young):
        assert b"".join(storage.read(keys[kept])) == b"hello"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("report.pdf", "report.pdf"),
        ("/etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("../..", "file"),
        ("...", "file"),
        ("", "file"),
        ("a\x00b\r\nc.txt", "ab c.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("zero\u200bwidth.txt", "zerowidth.txt"),
        ("half\ud800.txt", "half.txt"),
        (".htaccess", "htaccess"),
        ("   spaced   out .txt", "spaced out .txt"),
        ("Zürich, ünïcode 文件.pdf", "Zürich, ünïcode 文件.pdf"),
        ("e\u0301.txt", "\u00e9.txt"),
    ],
)
def test_names_are_cleaned(given, expected):
    assert file_types.clean_name(given) == expected


def test_a_long_name_keeps_its_ending():
    name = file_types.clean_name("x" * 500 + ".tar.gz")
    assert (len(name), name[-3:]) == (file_types.NAME_LENGTH, ".gz")


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.png", PNG, "image/png"),
        ("a.jpg", JPEG, "image/jpeg"),
        ("a.txt", PNG, "image/png"),
        ("a.pdf", PDF, "application/pdf"),
        ("a.txt", b"plain words", "text/plain"),
        ("a.csv", b"a,b\n1,2\n", "text/csv"),
        ("a.html", b"<!doctype html><script>alert(1)</script>", "text/plain"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "text/plain"),
        ("a.xhtml", b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "text/plain"),
        ("a.js", b"alert(1)", "text/plain"),
        ("a.zip", ZIP, "application/zip"),
        ("a.exe", b"MZ\x90\x00" + b"\0" * 60, "application/octet-stream"),
        ("a.bin", bytes(range(256)), "application/octet-stream"),
        ("a.txt", "naïve 👩‍💻".encode(), "text/plain"),
        ("cut.txt", "é".encode()[:1], "text/plain"),
    ],
)
def test_the_type_follows_the_content_and_nothing_that_runs_is_named(name, head, expected):
    assert file_types.detect(head, name=name) == expected


@pytest.mark.parametrize("name", ["a.png", "a.PNG", "a.jpg", "a.gif", "a.webp", "a.pdf"])
@pytest.mark.parametrize("head", [b"<script>alert(1)</script>", ZIP, b"MZ\x90\x00"])
def test_a_picture_or_pdf_that_is_none_is_refused(name, head):
    with pytest.raises(WrongTypeError):
        file_types.detect(head, name=name)


def test_pictures_and_pdf_may_be_ten_megabytes_and_others_fifty():
    file_types.require_size(10_000_000, content_type="image/png")
    file_types.require_size(50_000_000, content_type="application/zip")
    for size, content_type in ((10_000_001, "application/pdf"), (50_000_001, "text/plain")):
        with pytest.raises(TooLargeError):
            file_types.require_size(size, content_type=content_type)


@pytest.mark.parametrize(
    ("size", "expected"),
    [(0, "1 KB"), (14_200, "14 KB"), (999_400, "999 KB"), (1_400_000, "1.4 MB")],
)
def test_sizes_are_short(size, expected):
    assert files.size_text(size) == expected


@pytest.mark.parametrize(
    ("name", "content_type", "kind"),
    [
        ("a.png", "image/png", "image"),
        ("a.mp4", "video/mp4", "video"),
        ("a.csv", "text/csv", "table"),
        ("a.py", "text/plain", "code"),
        ("a.zip", "application/zip", "package"),
        ("a.pdf", "application/pdf", "text"),
        ("a.dat", "application/octet-stream", "file"),
    ],
)
def test_each_kind_of_file_has_its_icon(name, content_type, kind):
    assert file_types.kind_of(name, content_type) == kind
