"""Passwords: argon2id in threads of their own, and which ones are refused.

A hash takes 19 MiB and a core for about 40 ms: in the event loop it would stop everybody, and
without a bound a few hundred sign-ins at once would take all the memory.
"""

# passlib and zxcvbn have no types:
# pyright: standard
import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from passlib.context import CryptContext
from zxcvbn.frequency_lists import FREQUENCY_LISTS

MIN_LENGTH, MAX_LENGTH = 10, 256
FEWEST_CHARACTERS = 4
# Source: OWASP Password Storage Cheat Sheet, argon2id with 19 MiB.
_context = CryptContext(
    schemes=["argon2"],
    argon2__type="ID",
    argon2__time_cost=2,
    argon2__memory_cost=19_456,
    argon2__parallelism=1,
)
_threads = ThreadPoolExecutor(2, "password")


def hash_of(password: str) -> str:
    """Return the hash to store; slow on purpose."""
    return _context.hash(password)


def is_right(password: str, stored: str | None) -> bool:
    """Whether the password fits; an unknown person costs the same time as a known one."""
    fits = _context.verify(password[:MAX_LENGTH], stored or _dummy())
    return fits and stored is not None


async def hash_in_thread(password: str) -> str:
    """Return the hash to store, without stopping the event loop."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, hash_of, password[:MAX_LENGTH])


async def check_in_thread(password: str, stored: str | None) -> bool:
    """Whether the password fits, without stopping the event loop."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, is_right, password, stored)


def is_common(password: str) -> bool:
    """Whether the password is in the list of common and breached ones, or nearly no password."""
    return password.lower() in _common() or len(set(password)) < FEWEST_CHARACTERS


@cache
def _common() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["passwords"])


@cache
def _dummy() -> str:
    return hash_of("nobody has this password")
