"""The operator's commands: `python -m freelance_app <command>`."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence

from freelance_app import db
from freelance_app.demo import story
from freelance_app.models import schema
from freelance_app.services.accounts import first_start
from freelance_app.services.instance import chain_audit
from freelance_app.services.instance.chain_heads import Head
from freelance_app.services.money import verify
from freelance_app.services.talent import vocabulary
from freelance_app.worker import heads, loop


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


def verify_ledger(*, expect: Sequence[Head] = ()) -> int:
    """Prove the books: balances, hashes, the chains of ledger and audit, and known heads."""
    faults = [*db.read(verify.faults), *db.read(chain_audit.faults)]
    faults += [fault for each in heads.CHAINS for fault in heads.missed(each)]
    faults += [fault for known in expect for fault in heads.lost(known)]
    _say("\n".join(faults or ["The books are sound."]))
    _say(f"heads {' '.join(map(str, heads.newest()))}")
    return 1 if faults else 0


def worker() -> int:
    """Run the worker alone, without the web server."""
    asyncio.run(loop.run_alone())
    return 0


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


COMMANDS: dict[str, Callable[..., int]] = {
    "migrate": migrate,
    "welcome": welcome,
    "demo": demo,
    "verify-ledger": verify_ledger,
    "worker": worker,
}


def main() -> int:
    """Run the command named first."""
    parser = argparse.ArgumentParser(prog="freelance_app", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    known = {name: commands.add_parser(name, help=act.__doc__) for name, act in COMMANDS.items()}
    known["verify-ledger"].add_argument(
        "--expect", nargs="+", default=[], type=Head.parse, help="heads that it printed earlier"
    )
    asked = vars(parser.parse_args())
    return COMMANDS[asked.pop("command")](**asked)
