"""The interface for browsers: one export for each language, since pages are compiled with words.

`python -m freelance_app.build` does nothing while the sources are those of the last build;
`--force` builds all the same, `--catalogues` compiles the message catalogues alone.
"""

import argparse
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from reflex_base.plugins import Plugin

from freelance_app import theme
from freelance_app.settings import settings

ROOT = Path(__file__).parent.parent
EXPORTED = ROOT / ".web" / "build" / "client"
LOCK = ROOT / "reflex.lock" / "package-lock.json"
CATALOGUES = ROOT / "locale"
STAMP = "stamp"

# What a page is compiled from; the other rooms run on the server alone.
SOURCES = ("freelance_app", "assets", "locale", "rxconfig.py", "requirements.txt", "reflex.lock")
SERVER_ONLY = (
    "api",
    "worker",
    "integrations",
    "security",
    "cli.py",
    "db.py",
    "engines.py",
    "turnstile.py",
)
MADE = {".mo", ".pyc"}

# The address that the export bakes in; `SameOrigin` takes it out again.
BAKED = "http://localhost:8000"
ADDRESS = re.compile(r"([`\"'])(?:http|ws)://localhost:8000(/[\w-]+)\1")
HERE = r"window.location.origin+`\2`"
PORT_DROPPED = re.compile(r"(\w+\.protocol=`https:`\)),\w+\.port=``")

# The scripts that a page names ahead; `PaintFirst` lets what it is painted with go before them.
AHEAD = re.compile(r'<link (?=rel="modulepreload")')
AFTER_THE_PAINT = '<link fetchpriority="low" '

TOOLCHAIN = {
    "PUBLIC_URL": BAKED,
    "DATABASE_URL": "sqlite:///nothing.db",
    "REFLEX_USE_NPM": "1",
    "REFLEX_CHECK_LATEST_VERSION": "false",
    "npm_config_audit": "false",
    "npm_config_fund": "false",
    "npm_config_update_notifier": "false",
    "npm_config_omit_lockfile_registry_resolved": "true",
}


# What `make dev` passes on to the backend, so that it has one origin as a real server has.
VITE_CONFIG = "vite.config.js"
VITE_SERVER = "  server: {\n"
BACKEND = "{ target: 'http://127.0.0.1:8000', ws: true }"
VITE_PLUGINS = "  plugins: [\n"
# A plugin's word counts more than the `--host` with which Reflex opens Vite to every network.
THIS_MACHINE = "{ name: 'this-machine', config: () => ({ server: { host: 'localhost' } }) }"
PASSED_ON = ("/_event", "/_upload", "/ping", "/api/", "/auth/", "/files", "/healthz", "/readyz")


class OneScript(Plugin):
    """Write the scripts of assets/ as the one that every page loads."""

    def get_static_assets(self, **_context: Any) -> list[tuple[Path, str | bytes]]:
        """Return it for Reflex to write among the files for browsers."""
        return [(Path("public", theme.BEHAVIOUR_FILE), theme.behaviour())]


class SameOrigin(Plugin):
    """Make the backend be where the page came from: in a build, and under `make dev`."""

    def pre_compile(self, **context: Any) -> None:
        """Let the development server pass on what is not a page, and hear this machine alone."""
        context["add_modify_task"](VITE_CONFIG, _pass_on)

    def post_build(self, **context: Any) -> None:
        """Replace the address that the export baked in, in the files for browsers."""
        scripts = sorted((context["static_dir"] / "assets").glob("*.js"))
        if not sum(_replace(path, ADDRESS, HERE) for path in scripts):
            raise SystemExit("The build names no backend: has Reflex changed where it writes it?")
        if not sum(_replace(path, PORT_DROPPED, r"\1") for path in scripts):
            raise SystemExit("The build no longer drops the port under https: remove this rule.")


class PaintFirst(Plugin):
    """Let a browser fetch what a page looks like before the scripts that bring it to life."""

    def post_build(self, **context: Any) -> None:
        """Write the order into every page, before Reflex compresses them."""
        pages = context["static_dir"].rglob("*.html")
        found = [_replace(path, AHEAD, AFTER_THE_PAINT) for path in pages]
        if not found or 0 in found:
            raise SystemExit("A page names no scripts ahead: has Reflex changed how it does?")


def _pass_on(config: str) -> str:
    rules = ", ".join(f"'{path}': {BACKEND}" for path in PASSED_ON)
    if VITE_SERVER not in config or VITE_PLUGINS not in config:
        raise SystemExit(
            "Reflex writes vite.config.js in another way: mend the rules of `make dev`."
        )
    return config.replace(VITE_SERVER, f"{VITE_SERVER}    proxy: {{ {rules} }},\n", 1).replace(
        VITE_PLUGINS, f"{VITE_PLUGINS}    {THIS_MACHINE},\n", 1
    )


def _replace(path: Path, pattern: re.Pattern[str], by: str) -> int:
    text, count = pattern.subn(by, path.read_text(encoding="utf-8"))
    if count:
        path.write_text(text, encoding="utf-8")
    return count


def compile_catalogues(folder: Path = CATALOGUES) -> None:
    """Write the .mo beside each .po that is newer."""
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text)
        fresh = target.with_suffix(".mo.new")
        with fresh.open("wb") as binary:
            write_mo(binary, catalogue)
        fresh.replace(target)


def build(target: Path, *, force: bool = False) -> bool:
    """Export every language into a folder of its own; return whether anything was to do."""
    compile_catalogues()
    target.mkdir(parents=True, exist_ok=True)
    with _alone(target):
        stamp, now = target / STAMP, digest()
        if not force and stamp.exists() and stamp.read_text(encoding="utf-8") == now:
            return False
        stamp.unlink(missing_ok=True)
        locked = _bytes(LOCK)
        for language in settings.built_languages:
            _say(f"Building the interface: {language}")
            _export(language)
            _put(EXPORTED, target / language)
        _drop_others(target)
        if _bytes(LOCK) != locked:
            _say(f"{LOCK.relative_to(ROOT)} has changed: commit it with what changed it.")
            now = digest()
        stamp.write_text(now, encoding="utf-8")
    return True


def digest() -> str:
    """Return the fingerprint of everything a build is made from."""
    total = hashlib.sha256(repr((settings.built_languages, settings.dev_pages)).encode())
    for path in _sources():
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def _sources() -> Iterator[Path]:
    left_out = {ROOT / "freelance_app" / name for name in SERVER_ONLY}
    for name in SOURCES:
        source = ROOT / name
        for path in sorted(source.rglob("*")) if source.is_dir() else [source]:
            is_source = path.is_file() and path.suffix not in MADE
            if is_source and left_out.isdisjoint([path, *path.parents]):
                yield path


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Wait until no other build is under way."""
    with (target / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _export(language: str) -> None:
    """Compile and bundle the pages in one language, by Reflex in a process of its own."""
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    done = subprocess.run(  # noqa: S603
        command,
        cwd=ROOT,
        env=_environment(language),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    # A page that fails to prerender leaves an exit code of 0 and a build without pages.
    if done.returncode or not (EXPORTED / "login.html").exists():
        _say(done.stdout)
        raise SystemExit(f"The export of the interface failed ({language}); its log is above.")


def _environment(language: str) -> dict[str, str]:
    """Return the variables of an export: the wheel's node first, and nothing of this server's."""
    tools = Path(sysconfig.get_path("scripts"))
    outer = dict(os.environ)  # noqa: TID251  # a process is started, no setting is read
    outer.pop("REDIS_URL", None)
    env = outer | TOOLCHAIN | {"DEFAULT_LANGUAGE": language, "CI": "1"}
    env["PATH"] = f"{tools}{os.pathsep}{outer.get('PATH', os.defpath)}"
    # Named, or Reflex asks several registries which one answers first.
    env.setdefault("NPM_CONFIG_REGISTRY", _registry(tools, env))
    return env


def _registry(tools: Path, env: dict[str, str]) -> str:
    command = [str(tools / "npm"), "config", "get", "registry"]
    asked = subprocess.run(  # noqa: S603
        command, env=env, capture_output=True, text=True, check=True
    )
    return asked.stdout.strip()


def _put(source: Path, target: Path) -> None:
    """Set a fresh copy in place of the old one, which stays whole until then."""
    fresh = target.with_name(f".{target.name}")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(source, fresh)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


def _drop_others(target: Path) -> None:
    """Remove the builds of languages that are no longer wanted."""
    for folder in target.iterdir():
        if folder.is_dir() and folder.name not in settings.built_languages:
            shutil.rmtree(folder)


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """Build what is asked for."""
    parser = argparse.ArgumentParser(prog="freelance_app.build", description=__doc__)
    parser.add_argument("--force", action="store_true", help="build although nothing changed")
    parser.add_argument("--catalogues", action="store_true", help="only the message catalogues")
    asked = parser.parse_args()
    if asked.catalogues:
        compile_catalogues()
    else:
        build(settings.build_dir, force=asked.force)
    return 0


if __name__ == "__main__":
    sys.exit(main())
