"""How the browsers of the tests get onto a machine, or what a person reads where they cannot."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e import browser
from tests.engines import install

ROOT, SOMEBODY = 0, 1_000
Machine = Callable[..., Path]


def program(path: Path, script: str = "") -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def machine(tmp_path, monkeypatch) -> Machine:
    """Return a machine without a browser: machine(apt="what its apt-get runs", user=ROOT)."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)

    def make(*, apt: str | None = None, user: int = SOMEBODY) -> Path:
        monkeypatch.setattr(os, "geteuid", lambda: user)
        if apt is not None:
            program(tmp_path / "apt-get", apt)
        return tmp_path

    return make


def test_without_apt_nobody_is_told_to_type_it(machine, capsys):
    machine(user=ROOT)
    assert browser.install() == 1
    install.install()
    said = capsys.readouterr().err
    assert "apt-get" not in said
    for name in ("chromium", "firefox-esr", "webkit2gtk-driver", "xvfb"):
        assert name in said


def test_who_is_not_root_reads_the_line_and_nothing_is_run(machine, capsys):
    place = machine(apt=': > "$0.ran"')
    assert browser.install() == 1
    install.install()
    said = capsys.readouterr().err
    assert said.count("    sudo apt-get update --quiet && sudo apt-get install") == 2
    assert "firefox-esr webkit2gtk-driver xvfb" in said
    assert not (place / "apt-get.ran").exists()


def test_root_gets_what_is_missing_and_reads_nothing(machine, capsys):
    place = machine(user=ROOT, apt='[ "$1" = update ] || . "$0.packages"')
    programs = ["chromium", *(name for names in install.PROGRAMS.values() for name in names)]
    lines = [f"echo > {place}/{name}; /bin/chmod +x {place}/{name}" for name in programs]
    (place / "apt-get.packages").write_text("\n".join(lines))
    assert browser.install() == 0
    install.install()
    assert capsys.readouterr().err == ""
    assert not any(map(install.missing, install.PROGRAMS))


def test_where_apt_fails_root_reads_a_line_without_sudo(machine, capsys):
    machine(user=ROOT, apt="exit 100")
    assert browser.install() == 1
    install.install()
    said = capsys.readouterr().err
    assert "    apt-get update --quiet && apt-get install" in said
    assert "sudo" not in said


def test_a_chromium_that_is_named_and_not_there_is_missed(machine, monkeypatch):
    place = machine()
    program(place / "chromium")
    monkeypatch.setenv("CHROMIUM", str(place / "elsewhere"))
    assert browser.find() is None
    program(place / "elsewhere")
    assert browser.find() == str(place / "elsewhere")
