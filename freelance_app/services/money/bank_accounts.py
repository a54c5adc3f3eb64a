"""Bank account numbers as people type them: IBANs are proven, others only tidied."""

import re

from freelance_app.errors import InvalidError
from freelance_app.text import _

IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
NUMBER = re.compile(r"[A-Z0-9][A-Z0-9 ./-]{3,63}")
BANK_CODE = re.compile(r"[A-Z0-9 -]{3,32}")
LAST = 4


def clean_account(typed: str, *, field: str = "account") -> str:
    """Return an account number; one that looks like an IBAN must have the right check digits.

    Raises:
        InvalidError: it cannot be an account number, or the IBAN has a typing mistake.
    """
    tidy = " ".join(typed.upper().split())
    bare = tidy.replace(" ", "")
    if IBAN.fullmatch(bare):
        if not is_iban(bare):
            raise InvalidError(_("This IBAN has a typing mistake."), field=field)
        return bare
    if not NUMBER.fullmatch(tidy) or not any(each.isdigit() for each in tidy):
        raise InvalidError(_("Write the IBAN or the account number."), field=field)
    return tidy


def is_iban(bare: str) -> bool:
    """Whether the check digits are right: letters are 10 to 35, and the whole is 1 modulo 97."""
    turned = bare[4:] + bare[:4]
    return int("".join(str(int(each, 36)) for each in turned)) % 97 == 1


def clean_bank_code(typed: str, *, field: str = "bank_code") -> str:
    """Return a BIC or bank code, or nothing.

    Raises:
        InvalidError: it holds what no bank code has.
    """
    tidy = " ".join(typed.upper().split())
    if tidy and not BANK_CODE.fullmatch(tidy):
        raise InvalidError(_("Write the BIC or the bank code, or leave it empty."), field=field)
    return tidy


def in_groups(account: str) -> str:
    """Return an IBAN in groups of four, as it stands on papers; others as they are."""
    if not IBAN.fullmatch(account):
        return account
    return " ".join(account[at : at + 4] for at in range(0, len(account), 4))


def short(account: str, bank_name: str) -> str:
    """Return how an account is named in a line, such as ``KCB Bank ••4417``."""
    last = account.replace(" ", "")[-LAST:]
    return f"{bank_name or _('Account')} ••{last}"
