"""The operator's commands: `python -m freelance_app <command>`."""

import argparse
import asyncio
import sys
from collections.abc import Callable

from freelance_app import db
from freelance_app.demo import story
from freelance_app.models import schema
from freelance_app.services.accounts import first_start
from freelance_app.services.instance import chain_audit
from freelance_app.services.money import verify
from freelance_app.services.talent import vocabulary
from freelance_app.worker import loop


def migrate() -> int:
    """Bring the database to the newest revision, with guards, categories and skills."""
    schema.upgrade()
    db.write(vocabulary.install)
    return 0


def welcome() -> int:
    """Print the one-time link of the first start, while there is no administrator."""
    if link := db.write(first_start.issue):
        _say(f"First start: open {link} within 24 hours to set this instance up.")
    return 0


def demo() -> int:
    """Add the demo people with work in every status, once, and print their accounts."""
    _say(story.tell())
    return 0


def verify_ledger() -> int:
    """Prove the books: balances, hashes, the chains of ledger and audit."""
    faults = [*db.read(verify.faults), *db.read(chain_audit.faults)]
    _say("\n".join(faults or ["The books are sound."]))
    return 1 if faults else 0


def worker() -> int:
    """Run the worker alone, without the web server."""
    asyncio.run(loop.run_alone())
    return 0


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


COMMANDS: dict[str, Callable[[], int]] = {
    "migrate": migrate,
    "welcome": welcome,
    "demo": demo,
    "verify-ledger": verify_ledger,
    "worker": worker,
}


def main() -> int:
    """Run the command named first."""
    parser = argparse.ArgumentParser(prog="freelance_app", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    return COMMANDS[parser.parse_args().command]()
