"""Files that are two things at once, or not what their name says, or far larger than they seem."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

# What runs says so in its window, and to all others: a worker has no window.
RUN = "self.fired='{0}';new BroadcastChannel('trap').postMessage('{0}')"
PNG = b"\x89PNG\r\n\x1a\n"
SIDE = 10_000  # of a picture of 100 megapixels


@dataclass(frozen=True)
class Upload:
    """A hostile file; `is_refused` says that it may not be stored at all."""

    name: str
    content: bytes
    is_refused: bool = False


def _script(name: str) -> bytes:
    return RUN.format(name).encode()


def _page(name: str) -> bytes:
    return b"<!doctype html><script>" + _script(name) + b"</script>"


def _xhtml(name: str) -> bytes:
    begin = b"<html xmlns='http://www.w3.org/1999/xhtml'><script>"
    return begin + _script(name) + b"</script></html>"


def _svg(name: str) -> bytes:
    begin = b"<svg xmlns='http://www.w3.org/2000/svg' onload=\""
    return begin + _script(name) + b'"><script>' + _script(name) + b"</script></svg>"


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def _large_picture() -> bytes:
    """Return a valid PNG of 100 megapixels in some hundred bytes for each thousand rows."""
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" * (1 + SIDE // 8)) * SIDE, 9)
    return PNG + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _bomb() -> bytes:
    """Return a ZIP of ZIPs that unpacks to a hundred times its size, twice."""
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("zeros", b"\0" * 20_000_000)
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(20):
            packed.writestr(f"../../{number}.zip", inner.getvalue())
    return outer.getvalue()


GIF = b"GIF89a/*" + b"\0" * 8 + b"*/=1;"
UPLOADS = (
    Upload("gif-js.gif", GIF + _script("gif") + b"//"),
    Upload("gif-js.js", GIF + _script("gif as js") + b"//"),
    Upload("jpeg-js.jpg", b"\xff\xd8\xff\xe0\x2f\x2aJFIF\0*/=1;" + _script("jpeg")),
    Upload("png-html.png", PNG + _page("png")),
    Upload("png-html.html", PNG + _page("png as html")),
    Upload("pdf-html.pdf", b"%PDF-1.7\n" + _page("pdf")),
    Upload("pdf-html.html", b"%PDF-1.7\n" + _page("pdf as html")),
    Upload("pdf-js.pdf", b"%PDF-1.7\n/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
    Upload("zip-html.zip", b"PK\x03\x04" + _page("zip")),
    Upload("picture.svg", _svg("svg")),
    Upload("picture.svg.png", _svg("svg as png"), is_refused=True),
    Upload("picture.svgz", zlib.compress(_svg("svgz"))),
    Upload("page.html", _page("html")),
    Upload("page.HTML", _page("HTML")),
    Upload("page.htm", b"\xef\xbb\xbf" + _page("htm")),
    Upload("page.xhtml", _xhtml("xhtml")),
    Upload("page.xml", b"<?xml version='1.0'?>" + _xhtml("xml")),
    Upload("page.mht", b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + _page("mht")),
    Upload("page.png", _page("html as png"), is_refused=True),
    Upload("page.jpg", _page("html as jpg"), is_refused=True),
    Upload("page.gif", _page("html as gif"), is_refused=True),
    Upload("page.webp", _page("html as webp"), is_refused=True),
    Upload("page.pdf", _page("html as pdf"), is_refused=True),
    Upload("page", _page("no ending")),
    Upload("page.html.", _page("dot at the end")),
    Upload("page.html\0.png", _page("NUL in the name"), is_refused=True),
    Upload("page.html;.png", _page("semicolon"), is_refused=True),
    Upload("script.js", _script("js")),
    Upload("script.mjs", _script("mjs")),
    Upload("script.txt", _script("txt")),
    Upload("worker.json", _script("json")),
    Upload("style.css", b"body{display:none}"),
    Upload("utf7.txt", b"+ADw-script+AD4-" + _script("utf7") + b"+ADw-/script+AD4-"),
    Upload("utf16.txt", _page("utf16").decode().encode("utf-16")),
    Upload("program.exe", b"MZ\x90\x00" + b"\0" * 64),
    Upload("program.png", b"MZ\x90\x00" + b"\0" * 64, is_refused=True),
    Upload("invoice\u202efdp.exe", b"MZ\x90\x00"),
    Upload("../../../etc/cron.d/x", b"* * * * * root true"),
    Upload("C:\\Windows\\x.dll", b"MZ"),
    Upload("CON", b"x"),
    Upload("a\r\nSet-Cookie: sid=stolen\r\n\r\n<script>.txt", b"x"),
    Upload('x";filename="page.html', _page("quote in the name")),
    Upload("<img src=x onerror=self.fired='name'>.txt", b"x"),
    Upload("n" * 990 + ".txt", b"x"),
    Upload("bomb.zip", _bomb()),
    Upload("large.png", _large_picture()),
    Upload("large.gif", b"GIF89a" + b"\xff\xff\xff\xff" + b"\0" * 20),
)
