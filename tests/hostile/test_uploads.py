"""Hostile files: refused, or given back so that no browser runs them."""

import base64
import re
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pytest
from playwright.sync_api import Error, Page, Request

from freelance_app.services.instance import file_types
from tests.e2e.server import Server
from tests.hostile.test_content import TRAP, sign_in
from tests.hostile.uploads import UPLOADS, Upload

INERT = re.compile(
    r"text/(plain|csv|markdown)(;.*)?|application/(octet-stream|pdf|zip|json|x-\S+|vnd\.\S+)|"
    r"image/(png|jpeg|gif|webp)"
)
# A page of ours asks for the files in every way that could run them.
EMBED = """addresses => Promise.all(addresses.flatMap(address => [
  ['script', 'src'], ['img', 'src'], ['iframe', 'src'], ['object', 'data'], ['embed', 'src'],
  ['video', 'src'], ['link', 'href'],
].map(([tag, attribute]) => new Promise(done => {
  const element = document.createElement(tag);
  if (tag === 'link') element.rel = 'stylesheet';
  if (tag === 'script') element.charset = 'latin1';
  element.onload = element.onerror = done;
  setTimeout(done, 300);
  element[attribute] = address;
  document.body.append(element);
})).concat([
  import(address).catch(() => 0),
  new Promise(done => {
    new Worker(address).onerror = event => done(event.preventDefault());
    setTimeout(done, 300);
  }),
  navigator.serviceWorker?.register(address).catch(() => 0),
])))"""
# The ways by which a file must have been asked for: else that nothing ran proves nothing.
WAYS = {"script", "image", "document", "stylesheet"}
# Answers of this address come without a single rule: whatever they hold does run.
CONTROL = "/files/control"
SEND = """async ([name, content]) => {
  const bytes = Uint8Array.from(atob(content), each => each.charCodeAt(0));
  const answer = await fetch('/files?name=' + name, {
    method: 'POST', body: bytes, headers: {accept: 'application/json'}});
  return [answer.status, await answer.json()];
}"""
STYLED = """getComputedStyle(document.body ?? document.documentElement).display === 'none'
  ? ['styled'] : []"""
AT_ONCE = 20
PATIENCE = 10
# What the browser says when the rules that are tried here refuse something.
REFUSALS = (
    "Content Security Policy",
    "MIME type",
    "415",
    "ERR_",
    "Refused",
    "frame",
    "script",
    "token",
)


@pytest.fixture
def freelancer(server: Server, visit: Callable[..., Page]) -> Page:
    """Return a page of a freelancer, with the trap in it."""
    page = visit(server, expected=REFUSALS)
    page.context.add_init_script(TRAP)
    sign_in(page, "achieng@example.org")
    return page


def send(page: Page, upload: Upload) -> tuple[int, dict[str, Any]]:
    content = base64.b64encode(upload.content).decode()
    status, body = page.evaluate(SEND, [quote(upload.name), content])
    return status, body


def headers_of(page: Page, server: Server, file_id: str) -> httpx.Response:
    cookies = {each["name"]: each["value"] for each in page.context.cookies()}
    with httpx.Client(base_url=server.url, cookies=cookies, trust_env=False) as http:
        return http.get(f"/files/{file_id}")


def faults_of(upload: Upload, answer: httpx.Response) -> list[str]:
    """Return what would let a browser run what was stored."""
    head = answer.headers
    holds = {
        "is shown in the page": head.get("content-disposition", "").startswith("attachment;"),
        "may be guessed": head.get("x-content-type-options", "") == "nosniff",
        "has no sandbox": "sandbox" in head.get("content-security-policy", ""),
        "may load something": "default-src 'none'" in head.get("content-security-policy", ""),
        "is kept": "no-store" in head.get("cache-control", ""),
        "may be read by others": head.get("cross-origin-resource-policy", "") == "same-origin",
        f"is {head['content-type']}": INERT.fullmatch(head["content-type"]) is not None,
        "was changed": answer.content == upload.content,
        "sets a cookie": "set-cookie" not in head,
    }
    return [f"{upload.name[:60]!r} {words}" for words, is_well in holds.items() if not is_well]


def test_hostile_files_are_refused_or_inert(server, freelancer):
    folder = Path(server.folder)
    before = {path for path in folder.parent.rglob("*") if path.is_file()}
    faults: list[str] = []
    kept: list[str] = []
    for upload in UPLOADS:
        status, body = send(freelancer, upload)
        if upload.is_refused or status != 201:
            is_right = status in {413, 415, 422} and upload.is_refused
            faults += [] if is_right else [f"{upload.name[:60]!r} got {status}"]
            continue
        assert body["name"] == file_types.clean_name(upload.name)
        kept.append(body["id"])
        faults += faults_of(upload, headers_of(freelancer, server, body["id"]))
    new = {path for path in folder.parent.rglob("*") if path.is_file()} - before
    outside = [path for path in new if folder / "files" not in path.parents]
    assert faults == []
    assert [path for path in outside if ".db" not in path.name] == []
    assert "Traceback" not in server.log
    sys.stdout.write(f"\n  {len(UPLOADS)} hostile files, {len(UPLOADS) - len(kept)} refused\n")


def ran_in(page: Page) -> list[str]:
    """Return what ran in the page, in its frames and in its workers."""
    caught: list[str] = page.evaluate(STYLED)
    for frame in page.frames:
        caught += frame.evaluate("window.caught")
        caught += [f"shown: {frame.url}"] if "/files/" in frame.url else []
    return [each for each in caught if not each.startswith("refused")]


def embed(page: Page, addresses: list[str]) -> list[str]:
    """Ask for files in every way of a page, wait until all was answered, return what ran."""
    answered: set[tuple[str, str]] = set()

    def note(request: Request) -> None:
        answered.add((urlsplit(request.url).path, request.resource_type))

    page.goto("/home")
    page.on("response", lambda response: note(response.request))
    page.on("requestfailed", note)  # the browser may refuse an answer when it has seen its head
    page.evaluate(EMBED, addresses)
    wanted = {(address, way) for address in addresses for way in WAYS}
    until = time.monotonic() + PATIENCE
    while wanted - answered and time.monotonic() < until:
        page.wait_for_timeout(50)
    assert wanted - answered == set()
    return ran_in(page)


def open_alone(page: Page, address: str) -> list[str]:
    """Ask for a file as a page of its own, which a download does not become."""
    with suppress(Error):  # "Download is starting"
        page.goto(address)
    return ran_in(page)


def test_a_stored_file_runs_nowhere(server, freelancer):
    ids = [send(freelancer, each)[1].get("id") for each in UPLOADS if len(each.content) < 10_000]
    stored = [f"/files/{each}" for each in ids if each]
    assert len(stored) > 20
    ran = [embed(freelancer, stored[at : at + AT_ONCE]) for at in range(0, len(stored), AT_ONCE)]
    ran += [open_alone(freelancer, each) for each in stored]
    assert [each for each in ran if each] == []
    assert len(freelancer.context.pages) == 1


@pytest.mark.parametrize(
    ("content_type", "upload", "expected"),
    [
        ("text/html", "page.html", {"ran: html", "ran elsewhere: html"}),
        ("image/svg+xml", "picture.svg", {"ran: svg", "ran elsewhere: svg"}),
        ("text/javascript", "script.js", {"ran: js", "ran elsewhere: js"}),
        ("text/css", "style.css", {"styled"}),
    ],
)
def test_the_trap_sees_what_runs(freelancer, content_type, upload, expected):
    content = next(each.content for each in UPLOADS if each.name == upload)
    # What is no script is tried as one too, and cannot be read.
    freelancer.context.add_init_script("addEventListener('error', event => event.preventDefault())")
    freelancer.context.route(
        f"**{CONTROL}", lambda route: route.fulfill(content_type=content_type, body=content)
    )
    assert expected <= set(embed(freelancer, [CONTROL]))
    freelancer.goto("/home")
    assert ran_in(freelancer) == []
    if "ml" in content_type:
        assert expected & set(open_alone(freelancer, CONTROL))
