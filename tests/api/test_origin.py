"""Where a request comes from, whatever its headers claim."""

import asyncio

import pytest
from starlette.requests import Request
from starlette.responses import Response

from freelance_app.api import origin
from freelance_app.security import tokens
from freelance_app.settings import settings


def request(peer="192.0.2.1", **headers):
    raw = [
        (name.replace("_", "-").encode(), each.encode())
        for name, value in headers.items()
        for each in (value if isinstance(value, list) else [value])
    ]
    return Request({"type": "http", "headers": raw, "client": (peer, 1), "path": "/"})


@pytest.fixture
def hops(monkeypatch):
    return lambda number: monkeypatch.setattr(settings, "trusted_proxy_hops", number)


def test_without_a_proxy_the_header_is_not_believed(hops):
    hops(0)
    assert origin.client_address(request(x_forwarded_for="198.51.100.7")) == "192.0.2.1"


@pytest.mark.parametrize(
    ("number", "header", "address"),
    [
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.5, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.5, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (1, ["203.0.113.5", "198.51.100.7"], "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "nonsense", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
    ],
)
def test_behind_proxies_the_entry_of_the_outermost_counts(hops, number, header, address):
    hops(number)
    assert origin.client_address(request(x_forwarded_for=header)) == address


def test_one_subscriber_is_one_address_under_ipv6(hops):
    hops(0)
    first = origin.client_address(request("2001:db8:1:2::1"))
    assert first == origin.client_address(request("2001:db8:1:2:ffff::9"))
    assert first != origin.client_address(request("2001:db8:1:3::1"))


def test_a_peer_without_a_number_still_has_a_name(hops):
    hops(0)
    assert origin.client_address(request("testclient")) == "testclient"


@pytest.mark.parametrize(
    ("referer", "path"),
    [
        (f"{settings.public_url}/jobs?q=logo", "/jobs?q=logo"),
        (f"{settings.public_url}//evil.example", ""),
        (f"{settings.public_url}.evil.example/jobs", ""),
        ("https://evil.example/jobs", ""),
    ],
)
def test_the_page_before_is_one_of_ours_or_none(referer, path):
    assert origin.came_from(request(referer=referer)) == path


@pytest.mark.parametrize(
    ("header", "token"),
    [
        (f"{tokens.COOKIE}=abc", "abc"),
        (f'other={{"a": "b"}}; bad cookie; {tokens.COOKIE}=abc; x=1', "abc"),
        (f"{tokens.COOKIE}=first; {tokens.COOKIE}=second", "first"),
        (f"x{tokens.COOKIE}=abc", ""),
        (f"x=1; y={tokens.COOKIE}=abc", ""),
        (tokens.COOKIE, ""),
        ("", ""),
    ],
)
def test_the_session_is_found_beside_any_other_cookie(header, token):
    assert tokens.in_cookie(header) == token


def form_scope(length: int) -> dict:
    headers = [(b"origin", settings.public_url.encode()), (b"content-length", b"%d" % length)]
    address = {"path": "/auth/sign-in", "query_string": b"", "server": ("localhost", 80)}
    return {"type": "http", "method": "POST", "scheme": "http", "headers": headers, **address}


@pytest.fixture
def guarded():
    """Return what becomes of a form whose messages come as told: the bodies seen, the statuses."""

    def send_form(*messages: dict) -> tuple[list[bytes], list[int]]:
        coming, bodies, statuses = list(messages), [], []

        async def receive() -> dict:
            if not coming:
                await asyncio.sleep(60)
            return coming.pop(0)

        async def send(message: dict) -> None:
            statuses.extend([message["status"]] if "status" in message else [])

        async def behind(scope, receive, send) -> None:
            bodies.append(await Request(scope, receive).body())
            await Response(status_code=204)(scope, receive, send)

        asyncio.run(origin.OriginGuard(behind)(form_scope(4), receive, send))
        return bodies, statuses

    return send_form


def piece(body: bytes, *, more: bool) -> dict:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_form_in_pieces_arrives_whole(guarded):
    assert guarded(piece(b"a=", more=True), piece(b"12", more=False)) == ([b"a=12"], [204])


def test_a_form_that_never_arrives_is_answered_and_let_go(guarded, monkeypatch):
    monkeypatch.setattr(origin, "FORM_SECONDS", 0.05)
    assert guarded(piece(b"a=", more=True)) == ([], [408])


def test_a_form_whose_sender_left_goes_nowhere(guarded):
    assert guarded(piece(b"a=", more=True), {"type": "http.disconnect"}) == ([], [])
