"""The newest seal of a chain, to be kept outside the database.

A chain proves its own inside. That its newest seals were cut off shows only against a head that
was written down elsewhere: in a file, a log, the note beside a backup.
"""

import re
from dataclasses import dataclass
from typing import Self

from sqlmodel import Session, col, select

from freelance_app.services.instance.chain import GENESIS, Chain

_WRITTEN = re.compile(r"([a-z]+):(\d{1,18}):([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Head:
    """Up to where a chain was sealed; as text it is ledger:12:<hash>.

    Attributes:
        chain: the name of the chain.
        number: of the newest seal; 0 while nothing is sealed.
        hash: of the newest seal, which covers every one before it.
    """

    chain: str
    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.chain}:{self.number}:{self.hash}"

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read a head as it was printed.

        Raises:
            ValueError: it is none.
        """
        if not (found := _WRITTEN.fullmatch(written.strip())):
            raise ValueError(f"not the head of a chain: {written[:100]!r}")
        return cls(found[1], int(found[2]), found[3])


def newest(session: Session, chain: Chain) -> Head:
    """Return the head of a chain as it is now."""
    seals = select(chain.seal.id, chain.seal.hash).order_by(col(chain.seal.id).desc()).limit(1)
    number, sealed = session.exec(seals).first() or (0, GENESIS)
    return Head(chain.name, number, sealed)


def faults(session: Session, chain: Chain, *, known: Head) -> list[str]:
    """Return what happened to a head that was known once, in sentences; empty if it stands."""
    if known.number == 0:
        return []
    found = session.exec(select(chain.seal.hash).where(chain.seal.id == known.number)).first()
    if found == known.hash:
        return []
    if found:
        return [f"{chain.name} seal {known.number}: it is not the one that was known"]
    last = newest(session, chain).number
    return [f"{chain.name} seal {known.number}: it was cut off, the chain ends at {last}"]
