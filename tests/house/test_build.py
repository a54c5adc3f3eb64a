"""The export: what it leaves alone, what it takes out, and when it is due."""

from pathlib import Path

import pytest
from reflex_base.compiler.templates import vite_config_template
from reflex_base.constants import GitIgnore

from freelance_app import build
from freelance_app.settings import settings


def test_reflex_has_nothing_to_add_to_gitignore():
    lines = Path(".gitignore").read_text().splitlines()
    assert set(lines) >= GitIgnore.DEFAULTS
    assert [line for line in lines if line != line.strip()] == []


def test_the_lock_names_no_registry():
    for path in ("reflex.lock/package-lock.json", "tests/e2e/package-lock.json"):
        assert "resolved" not in Path(path).read_text()
    for path in ("requirements.txt", "requirements-dev.txt"):
        assert "://" not in Path(path).read_text()


def test_the_browser_finds_its_backend_where_the_page_came_from(tmp_path):
    script = tmp_path / "assets" / "env.js"
    script.parent.mkdir()
    script.write_text(
        "e={EVENT:`ws://localhost:8000/_event`};t.protocol=`https:`),t.port=``)),t}", "utf-8"
    )
    build.SameOrigin().post_build(static_dir=tmp_path)
    expected = "e={EVENT:window.location.origin+`/_event`};t.protocol=`https:`))),t}"
    assert script.read_text("utf-8") == expected
    with pytest.raises(SystemExit, match="names no backend"):
        build.SameOrigin().post_build(static_dir=tmp_path)


def test_every_page_lets_its_scripts_wait_for_its_look(tmp_path):
    (tmp_path / "jobs").mkdir()
    pages = [tmp_path / "index.html", tmp_path / "jobs" / "index.html"]
    for page in pages:
        page.write_text(
            '<link rel="preload" href="/a.css"/><link rel="modulepreload" href="/a.js"/>'
        )
    build.PaintFirst().post_build(static_dir=tmp_path)
    for page in pages:
        assert page.read_text() == (
            '<link rel="preload" href="/a.css"/>'
            '<link fetchpriority="low" rel="modulepreload" href="/a.js"/>'
        )
    pages[1].write_text("<p>A page that names none.</p>")
    with pytest.raises(SystemExit, match="names no scripts ahead"):
        build.PaintFirst().post_build(static_dir=tmp_path)


def test_the_development_server_hears_this_machine_alone():
    config = vite_config_template(
        "/", hmr=True, force_full_reload=False, experimental_hmr=False, sourcemap=False
    )
    changed = build._pass_on(config)
    assert build.THIS_MACHINE in changed
    assert changed.count("proxy: {") == 1
    for part in (build.VITE_PLUGINS, build.VITE_SERVER):
        with pytest.raises(SystemExit, match="another way"):
            build._pass_on(config.replace(part, ""))


def test_a_build_is_due_when_a_page_changes_and_not_when_the_server_does(tmp_path, monkeypatch):
    for name in ("pages/home.py", "api/jobs.py", "db.py"):
        path = tmp_path / "freelance_app" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1")
    monkeypatch.setattr(build, "ROOT", tmp_path)
    before = build.digest()
    (tmp_path / "freelance_app/api/jobs.py").write_text("2")
    (tmp_path / "freelance_app/db.py").write_text("2")
    assert build.digest() == before
    (tmp_path / "freelance_app/pages/home.py").write_text("2")
    assert build.digest() != before


def test_a_build_is_due_when_a_language_is_added(monkeypatch):
    before = build.digest()
    monkeypatch.setattr(settings, "languages", "en,sw,fr")
    assert build.digest() != before


def test_catalogues_are_compiled_when_they_are_newer(tmp_path):
    source = tmp_path / "sw" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid "Sign in"\nmsgstr "Ingia"\n')
    build.compile_catalogues(tmp_path)
    compiled = source.with_suffix(".mo")
    assert b"Ingia" in compiled.read_bytes()
    written = compiled.stat().st_mtime_ns
    build.compile_catalogues(tmp_path)
    assert compiled.stat().st_mtime_ns == written
