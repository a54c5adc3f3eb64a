"""The instance's own settings: name, money, bank account, who may sign up."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import select
from sqlmodel import Session, col

from freelance_app import clock
from freelance_app.errors import InvalidFormError, NotFoundError
from freelance_app.models import Instance
from freelance_app.security.actor import Actor
from freelance_app.services.instance import audit, counts, policies
from freelance_app.text import _

DEFAULT_NAME = counts.DEFAULT_BRAND
DEFAULT_CURRENCY, DEFAULT_ZONE = "EUR", "UTC"
# The currencies that a new instance may offer first; the ledger knows every one of ISO 4217.
CURRENCIES = (
    *("EUR", "USD", "GBP", "CHF", "KES", "UGX", "TZS", "NGN", "GHS", "ZAR", "NOK", "SEK", "DKK"),
    *("PLN", "CZK", "INR", "JPY", "AUD", "CAD", "BRL", "MXN"),
)
NAME_LENGTH = 60
BANK_LENGTHS = {"bank_holder": 100, "bank_account": 64, "bank_code": 32, "bank_name": 100}


@dataclass(frozen=True, slots=True)
class InstanceForm:
    """What the set-up page and the settings page send.

    Attributes:
        sign_up: "open" or "closed".
        payout_wait_days: a policy; text, as typed.
    """

    instance_name: str = ""
    time_zone: str = DEFAULT_ZONE
    currency: str = DEFAULT_CURRENCY
    sign_up: str = "closed"
    bank_holder: str = ""
    bank_account: str = ""
    bank_code: str = ""
    bank_name: str = ""
    payout_wait_days: str = "3"


@dataclass(frozen=True, slots=True)
class InstanceView:
    """The instance as everybody may know it, and where deposits go, as those who pay may."""

    name: str = DEFAULT_NAME
    time_zone: str = DEFAULT_ZONE
    currency: str = DEFAULT_CURRENCY
    is_sign_up_open: bool = False
    is_set_up: bool = False
    bank_holder: str = ""
    bank_account: str = ""
    bank_code: str = ""
    bank_name: str = ""


@dataclass(frozen=True, slots=True)
class GateView:
    """What a guest learns of the instance: no more than name and door."""

    brand: str = ""
    is_sign_up_open: bool = False
    is_set_up: bool = True


def get(session: Session) -> InstanceView:
    """Return the instance; before its set-up the defaults, with sign-up closed."""
    row = session.get(Instance, 1)
    if row is None:
        return InstanceView()
    return InstanceView(
        name=row.name,
        time_zone=row.time_zone,
        currency=row.currency,
        is_sign_up_open=row.is_sign_up_open,
        is_set_up=True,
        bank_holder=row.bank_holder,
        bank_account=row.bank_account,
        bank_code=row.bank_code,
        bank_name=row.bank_name,
    )


def brand(session: Session) -> str:
    """Return the name that stands on every page and in mails."""
    return get(session).name


# The one row, if there is one; the statement is built once, since every guest's page asks it.
GATE = select(col(Instance.name), col(Instance.is_sign_up_open)).where(col(Instance.id) == 1)


def gate_of(rows: Sequence[Any]) -> GateView:
    """Return what a guest may know, from the rows of `GATE`."""
    if not rows:
        return GateView(DEFAULT_NAME, is_set_up=False)
    return GateView(rows[0].name, rows[0].is_sign_up_open)


@cache
def zones() -> tuple[str, ...]:
    """Return the time zones to choose from, in order."""
    places = (name for name in available_timezones() if "/" in name)
    return ("UTC", *sorted(name for name in places if not name.startswith(("Etc/", "SystemV/"))))


def form_of(session: Session, *, actor: Actor) -> InstanceForm:
    """Return the settings as the form shows them.

    Raises:
        NotFoundError: the actor is no administrator.
    """
    _require_administrator(actor)
    now = get(session)
    return InstanceForm(
        instance_name=now.name,
        time_zone=now.time_zone,
        currency=now.currency,
        sign_up="open" if now.is_sign_up_open else "closed",
        bank_holder=now.bank_holder,
        bank_account=now.bank_account,
        bank_code=now.bank_code,
        bank_name=now.bank_name,
        payout_wait_days=str(policies.value(session, "payout_wait_days")),
    )


def change(session: Session, *, actor: Actor, form: InstanceForm) -> InstanceForm:
    """Write the settings and return them as they are kept.

    Raises:
        NotFoundError: the actor is no administrator.
        InvalidFormError: with a sentence for each field that cannot be used.
    """
    _require_administrator(actor)
    require_valid(form)
    write(session, form=form)
    audit.record(session, actor=actor, action="instance.changed", subject="instance:1")
    return form_of(session, actor=actor)


def write(session: Session, *, form: InstanceForm) -> None:
    """Write a form that was found valid; the caller has checked who acts."""
    before = session.get(Instance, 1)
    session.merge(
        Instance(
            id=1,
            name=form.instance_name.strip(),
            time_zone=form.time_zone,
            currency=form.currency,
            is_sign_up_open=form.sign_up == "open",
            bank_holder=form.bank_holder.strip(),
            bank_account=form.bank_account.strip(),
            bank_code=form.bank_code.strip(),
            bank_name=form.bank_name.strip(),
            set_up_at=before.set_up_at if before else clock.now(),
        )
    )
    policies.change(session, key="payout_wait_days", new=int(form.payout_wait_days))


def require_valid(form: InstanceForm) -> None:
    """Check a whole form.

    Raises:
        InvalidFormError: with a sentence for each field that cannot be used.
    """
    if faults := faults_of(form):
        raise InvalidFormError(faults)


def faults_of(form: InstanceForm) -> dict[str, str]:
    """Return a sentence for each field that cannot be used."""
    checks = {
        **{
            name: (
                _is_line(getattr(form, name), most),
                _("Write one line of up to {most} characters.").format(most=most),
            )
            for name, most in BANK_LENGTHS.items()
        },
        "instance_name": (_is_name(form.instance_name), _("Write a name of up to 60 characters.")),
        "time_zone": (form.time_zone in zones(), _("Choose a time zone of the list.")),
        "currency": (form.currency in CURRENCIES, _("Choose a currency of the list.")),
        "sign_up": (form.sign_up in {"open", "closed"}, _("Choose who may sign up.")),
        "payout_wait_days": (
            _is_wait(form.payout_wait_days),
            _("Write a number of days from 0 to 30."),
        ),
    }
    if form.bank_account.strip() and not form.bank_holder.strip():
        checks["bank_holder"] = (False, _("Write whose account it is."))
    if form.bank_holder.strip() and not form.bank_account.strip():
        checks["bank_account"] = (False, _("Write the number of the account."))
    return {name: sentence for name, (is_fine, sentence) in checks.items() if not is_fine}


def _is_name(name: str) -> bool:
    return bool(name.strip()) and _is_line(name, NAME_LENGTH)


def _is_line(text: str, most: int) -> bool:
    return len(text.strip()) <= most and text.isprintable()


def _is_wait(days: str) -> bool:
    _default, smallest, largest = policies.POLICIES["payout_wait_days"]
    text = days.strip()
    return text.isascii() and text.isdigit() and len(text) < 4 and smallest <= int(text) <= largest


def _require_administrator(actor: Actor) -> None:
    if "administrator" not in actor.staff_roles:
        raise NotFoundError(_("There is nothing here."))
