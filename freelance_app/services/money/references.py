"""References that people copy onto a bank transfer: Crockford's base32 with a check symbol.

The check symbol is the number modulo 37, a prime: one wrong character or two neighbours that
changed places are always found. Numbers whose check symbol would be a sign are not given out,
since banks refuse signs.
"""

import secrets

from freelance_app.errors import InvalidError
from freelance_app.text import _

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX, LENGTH, PRIME = "DEP-", 5, 37
ALIKE = str.maketrans("OIL", "011")


def new() -> str:
    """Return a random reference such as DEP-7K3MQ9."""
    while True:
        figures = "".join(secrets.choice(ALPHABET) for _number in range(LENGTH))
        check = _check(figures)
        if check < len(ALPHABET):
            return f"{PREFIX}{figures}{ALPHABET[check]}"


def clean(typed: str) -> str:
    """Return a reference as it is stored, whatever case, spaces or look-alikes were typed.

    Raises:
        InvalidError: a character is wrong or missing.
    """
    figures = typed.upper().replace(" ", "").replace("-", "").removeprefix("DEP").translate(ALIKE)
    is_whole = len(figures) == LENGTH + 1 and set(figures) <= set(ALPHABET)
    if not is_whole or _check(figures[:-1]) != ALPHABET.index(figures[-1]):
        raise InvalidError(_("This reference has a typing mistake."), field="reference")
    return f"{PREFIX}{figures}"


def _check(figures: str) -> int:
    number = 0
    for figure in figures:
        number = number * len(ALPHABET) + ALPHABET.index(figure)
    return number % PRIME
