"""The heads of the chains in files of DATA_DIR, so that seals cut off the database are missed.

A file is never moved away from a head that the database no longer has: it is the evidence.
"""

import logging
import os
import tempfile
from pathlib import Path

from freelance_app import db
from freelance_app.services.instance import chain_heads
from freelance_app.services.instance.chain import AUDIT, Chain
from freelance_app.services.instance.chain_heads import Head
from freelance_app.services.money.seals import LEDGER
from freelance_app.settings import settings

CHAINS = (LEDGER, AUDIT)

log = logging.getLogger(__name__)


def newest() -> list[Head]:
    """Return the head of each chain as the database has it."""
    return [db.read(chain_heads.newest, each) for each in CHAINS]


def keep(chain: Chain) -> None:
    """Write a chain's head into its file and into the log, unless the known one is gone."""
    if found := missed(chain):
        log.error("%s; its head of then stays in %s", "; ".join(found), path_of(chain))
        return
    head = db.read(chain_heads.newest, chain)
    _write(path_of(chain), f"{head}\n")
    log.info("sealed: %s", head)


def missed(chain: Chain) -> list[str]:
    """Return what is wrong with a chain beside the head of its file; nothing without a file."""
    path = path_of(chain)
    try:
        known = Head.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except ValueError:
        return [f"{path}: it holds no head of a chain"]
    return lost(known) if known.chain == chain.name else [f"{path}: the head of another chain"]


def lost(known: Head) -> list[str]:
    """Return what is wrong with the chain that a head names, beside that head."""
    named = [each for each in CHAINS if each.name == known.chain]
    if not named:
        return [f"{known}: there is no such chain"]
    return db.read(chain_heads.faults, named[0], known=known)


def path_of(chain: Chain) -> Path:
    """Return the file of a chain's head."""
    return settings.data_dir / f"{chain.name}-head"


def _write(path: Path, words: str) -> None:
    """Replace the file at once, so that nobody reads half of it; mkstemp makes it private."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(words)
    Path(name).replace(path)
