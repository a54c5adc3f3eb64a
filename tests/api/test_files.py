"""Uploads and downloads over HTTP: who may, how much, of which type, under which name."""

import pytest
from sqlmodel import func, select
from starlette.testclient import TestClient

from freelance_app import db
from freelance_app.api.app import api
from freelance_app.api.files import disposition
from freelance_app.integrations.storage.registry import storage
from freelance_app.models import StoredFile
from freelance_app.security import tokens
from freelance_app.security.headers import with_security_headers
from freelance_app.services.accounts import sessions
from freelance_app.services.instance import file_types
from freelance_app.settings import settings

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def client_of(actor=None) -> TestClient:
    """Return a browser, signed in as a person or not at all."""
    client = TestClient(with_security_headers(api), settings.public_url, follow_redirects=False)
    client.headers |= {"origin": settings.public_url, "accept": "application/json"}
    if actor:
        token = db.write(sessions.open_for, person_id=actor.person_id)
        client.cookies.set(tokens.COOKIE, token)
    return client


def upload(client: TestClient, content: bytes = b"hello", name: str = "notes.txt", **more):
    return client.post("/files", params={"name": name}, content=content, **more)


def kept() -> int:
    """Return how many files the database and the store know of; they must agree."""
    with db.unit_of_work() as session:
        rows = session.exec(select(func.count()).select_from(StoredFile)).one()
    folder = settings.data_dir / "files"
    paths = [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
    assert not [path for path in paths if path.parent.name == "incoming"]
    return rows


@pytest.fixture
def unchanged(sqlite):
    """Nothing of a refused upload may stay anywhere."""
    before = kept()
    yield
    assert kept() == before


def test_a_file_comes_back_as_it_was_sent(sqlite_world):
    client = client_of(sqlite_world.fatuma)
    content = bytes(range(256)) * 20_000
    answer = upload(client, content, "log.bin")
    assert answer.status_code == 201
    assert answer.json() | {"id": ""} == {"id": "", "name": "log.bin", "size": "5.1 MB"}
    found = client.get(f"/files/{answer.json()['id']}")
    assert found.content == content
    assert found.headers["content-length"] == str(len(content))


def test_a_download_is_saved_and_never_run(sqlite_world):
    client = client_of(sqlite_world.fatuma)
    page = b"<!doctype html><script>alert(1)</script>"
    found = client.get(f"/files/{upload(client, page, 'page.html').json()['id']}")
    assert found.headers["content-type"].startswith("text/plain")
    assert found.headers["content-disposition"].startswith("attachment;")
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["cache-control"] == "private, no-store"
    assert found.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert found.headers["cross-origin-resource-policy"] == "same-origin"


def test_anonymous_uploads_nothing(unchanged):
    answer = upload(client_of())
    assert (answer.status_code, answer.json()["title"]) == (401, "Please sign in.")


def test_an_ended_session_uploads_nothing(sqlite_world, unchanged):
    client = client_of(sqlite_world.fatuma)
    db.write(sessions.end, token=client.cookies[tokens.COOKIE])
    assert upload(client).status_code == 401


def test_a_viewer_uploads_nothing(sqlite_world, unchanged):
    assert upload(client_of(sqlite_world.bob)).status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_another_site_uploads_nothing_in_the_persons_name(sqlite_world, unchanged, origin):
    client = client_of(sqlite_world.fatuma)
    assert upload(client, headers={"origin": origin}).status_code == 403


def test_anonymous_is_told_to_sign_in_whether_the_file_exists_or_not(sqlite_world):
    file_id = upload(client_of(sqlite_world.fatuma)).json()["id"]
    answers = [client_of().get(f"/files/{each}") for each in (file_id, "0" * 20)]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize("name", ["alice", "bob", "charlie", "dora", "frank"])
def test_a_stranger_gets_the_same_answer_for_none_and_not_yours(sqlite_world, name):
    file_id = upload(client_of(sqlite_world.fatuma)).json()["id"]
    client = client_of(getattr(sqlite_world, name))
    answers = [client.get(f"/files/{each}") for each in (file_id, "0" * 20)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize("file_id", ["..%2f..%2fetc%2fpasswd", "%00", "a" * 5000, "' OR 1=1"])
def test_a_hostile_id_is_no_file(sqlite_world, file_id):
    assert client_of(sqlite_world.fatuma).get(f"/files/{file_id}").status_code == 404


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\plan.txt", "plan.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ('a"b\r\nSet-Cookie: x=1.txt', 'a"b Set-Cookie: x=1.txt'),
        ("文件.txt", "文件.txt"),
    ],
)
def test_a_name_is_cleaned_and_comes_back_in_the_header(sqlite_world, given, expected):
    client = client_of(sqlite_world.fatuma)
    answer = upload(client, name=given)
    assert answer.json()["name"] == expected
    found = client.get(f"/files/{answer.json()['id']}")
    assert found.headers["content-disposition"] == disposition(expected)
    assert "set-cookie" not in found.headers


def test_the_name_is_ascii_for_the_old_and_utf_8_for_all():
    assert disposition('a "b" 文.txt') == (
        "attachment; filename=\"a _b_ _.txt\"; filename*=UTF-8''a%20%22b%22%20%E6%96%87.txt"
    )


def test_a_picture_of_ten_megabytes_is_taken_and_a_larger_one_is_not(sqlite_world):
    client = client_of(sqlite_world.fatuma)
    whole = PNG + b"\0" * (file_types.SMALL - len(PNG))
    assert upload(client, whole, "a.png").status_code == 201
    before = kept()
    answer = upload(client, whole + b"\0", "a.png")
    assert answer.status_code == 413
    assert answer.json()["title"].startswith("The file is too large")
    assert kept() == before


def test_what_says_that_it_is_too_large_is_refused_before_it_is_read(sqlite_world, unchanged):
    client = client_of(sqlite_world.fatuma)
    headers = {"content-length": str(file_types.LARGE + 1)}
    assert upload(client, headers=headers).status_code == 413


def test_what_says_nothing_of_its_size_is_counted_while_it_comes(
    sqlite_world, unchanged, monkeypatch
):
    monkeypatch.setattr(file_types, "LARGE", 100_000)
    sent = []

    def pieces():
        for number in range(100):
            sent.append(number)
            yield b"x" * 10_000

    client = client_of(sqlite_world.fatuma)
    answer = client.post("/files", params={"name": "a.txt"}, content=pieces())
    assert answer.status_code == 413


def test_a_small_length_does_not_hide_a_large_body(sqlite_world, unchanged, monkeypatch):
    monkeypatch.setattr(file_types, "LARGE", 1_000)
    client = client_of(sqlite_world.fatuma)
    assert upload(client, b"x" * 2_000, headers={"content-length": "5"}).status_code == 413


@pytest.mark.parametrize("name", ["a.png", "a.pdf", "a.jpeg"])
def test_what_is_not_what_its_name_says_is_refused(sqlite_world, unchanged, name):
    answer = upload(client_of(sqlite_world.fatuma), b"MZ\x90\x00 not a picture", name)
    assert answer.status_code == 415
    assert answer.json()["title"] == f"{name} is not the kind of file that its name says."


def test_an_empty_file_is_refused(sqlite_world, unchanged):
    answer = upload(client_of(sqlite_world.fatuma), b"", "a.txt")
    assert (answer.status_code, answer.json()["title"]) == (422, "a.txt is empty.")


@pytest.mark.parametrize("params", [{}, {"name": "x" * 1_001}])
def test_a_missing_or_endless_name_is_refused(sqlite_world, unchanged, params):
    client = client_of(sqlite_world.fatuma)
    assert client.post("/files", params=params, content=b"x").status_code == 422


def test_bytes_that_the_database_refuses_do_not_stay_in_the_store(sqlite_world, unchanged):
    before = {path for path in (settings.data_dir / "files").rglob("*") if path.is_file()}
    client = client_of(sqlite_world.fatuma)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("freelance_app.services.instance.files.view", None)
        with pytest.raises(TypeError):
            upload(client)
    after = {path for path in (settings.data_dir / "files").rglob("*") if path.is_file()}
    assert after == before


def test_a_row_whose_bytes_are_gone_is_no_file(sqlite_world, caplog):
    client = client_of(sqlite_world.fatuma)
    file_id = upload(client).json()["id"]
    with db.unit_of_work() as session:
        row = session.exec(select(StoredFile).where(StoredFile.public_id == file_id)).one()
    storage.remove(row.store_key)
    assert client.get(f"/files/{file_id}").status_code == 404
    assert "the store lacks" in caplog.text
