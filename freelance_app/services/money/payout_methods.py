"""Bank accounts that a freelancer may be paid to, each usable after its waiting days."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import Session, col, func, select, update
from sqlmodel.sql.expression import SelectOfScalar

from freelance_app import clock, routes
from freelance_app.errors import ConflictError, InvalidError, InvalidFormError, NotFoundError
from freelance_app.integrations.payments import registry
from freelance_app.markup import one_line
from freelance_app.models import PayoutMethod
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import access
from freelance_app.services.instance import audit, deadlines
from freelance_app.services.instance.views import NO_CLOCK, ClockView
from freelance_app.services.money import bank_accounts, countries, promises, tellings
from freelance_app.text import _, moment_text

MOST = 10
LENGTHS = {"holder": 100, "bank_name": 100}


@dataclass(frozen=True, slots=True)
class MethodForm:
    """What the form sends, as typed."""

    holder: str
    account: str
    bank_code: str
    bank_name: str
    country: str


@dataclass(frozen=True, slots=True)
class MethodView:
    """A bank account of the reader's party.

    Attributes:
        short: how it is named in a line.
        clock: what is left of the waiting days; empty when it can be used.
    """

    id: str = ""
    short: str = ""
    holder: str = ""
    account: str = ""
    bank: str = ""
    country: str = ""
    clock: ClockView = field(default_factory=ClockView)
    is_usable: bool = False
    can_remove: bool = False


def list_for(session: Session, *, actor: Actor) -> list[MethodView]:
    """Return the accounts of the actor's party that were not removed, the newest first."""
    if not actor.is_freelancer:
        return []
    rows = session.exec(_own(actor).order_by(col(PayoutMethod.id).desc()).limit(MOST))
    return [view_of(row, actor=actor) for row in rows]


def _own(actor: Actor) -> SelectOfScalar[PayoutMethod]:
    return select(PayoutMethod).where(
        PayoutMethod.party_id == actor.party_id, col(PayoutMethod.removed_at).is_(None)
    )


def view_of(row: PayoutMethod, *, actor: Actor) -> MethodView:
    """Return an account that the caller found among those of the actor's party."""
    is_usable = row.usable_at <= clock.now()
    return MethodView(
        id=row.public_id,
        short=bank_accounts.short(row.account, row.bank_name),
        holder=row.holder,
        account=bank_accounts.in_groups(row.account),
        bank=" ".join(part for part in (row.bank_name, row.bank_code) if part),
        country=countries.name(row.country),
        clock=NO_CLOCK if is_usable else _waiting(row),
        is_usable=is_usable,
        can_remove=actor.is_owner,
    )


def _waiting(row: PayoutMethod) -> ClockView:
    left = max(row.usable_at - clock.now(), timedelta())
    whole = max((row.usable_at - row.created_at).total_seconds(), 1)
    return ClockView(
        left=deadlines.left_words(left),
        ends_at=moment_text(row.usable_at),
        percent_left=min(100, int(100 * left.total_seconds() // whole)),
        tone="gray",
        effect=_("Then money can be sent to it. A new account waits, in case it is not yours."),
    )


def add(session: Session, *, actor: Actor, form: MethodForm) -> str:
    """Add a bank account and return its public id; the owners are told, in case it was not them.

    Raises:
        NotPermittedError: the actor is no owner of a freelancing party.
        InvalidFormError: with a sentence for each field that cannot be used.
        ConflictError: the account is there already, or there are too many.
    """
    access.require_freelancer(actor)
    cleaned = _cleaned(form)
    _require_new(session, actor, cleaned.account)
    now = clock.now()
    days = promises.value(session, actor.party_id, "payout_wait_days")
    row = PayoutMethod(
        party_id=actor.party_id,
        provider=registry.DEFAULT,
        holder=cleaned.holder,
        account=cleaned.account,
        bank_code=cleaned.bank_code,
        bank_name=cleaned.bank_name,
        country=cleaned.country,
        usable_at=now + timedelta(days=days),
        created_at=now,
    )
    session.add(row)
    session.flush()
    subject = f"payout_method:{row.id}"
    audit.record(session, actor=actor, action="payout_method.added", subject=subject)
    tellings.tell_owners(
        session,
        actor.party_id,
        "payout_method.added",
        href=routes.EARNINGS,
        words=lambda: {
            "account": bank_accounts.short(row.account, row.bank_name),
            "until": moment_text(row.usable_at),
        },
    )
    return row.public_id


def _cleaned(form: MethodForm) -> MethodForm:
    """Return the form as it is stored.

    Raises:
        InvalidFormError: with a sentence for each field that cannot be used.
    """
    wrong: dict[str, str] = {}
    holder, bank_name = (one_line(words) for words in (form.holder, form.bank_name))
    if not holder:
        wrong["holder"] = _("Write whose account it is.")
    for name, words in (("holder", holder), ("bank_name", bank_name)):
        if len(words) > LENGTHS[name]:
            wrong[name] = _("Write at most {most} characters.").format(most=LENGTHS[name])
    account, bank_code = form.account, form.bank_code
    try:
        account = bank_accounts.clean_account(form.account)
    except InvalidError as refused:
        wrong["account"] = refused.message
    try:
        bank_code = bank_accounts.clean_bank_code(form.bank_code)
    except InvalidError as refused:
        wrong["bank_code"] = refused.message
    if form.country not in dict(countries.choices()):
        wrong["country"] = _("Choose the country of the bank.")
    if wrong:
        raise InvalidFormError(wrong)
    return MethodForm(holder, account, bank_code, bank_name, form.country)


def _require_new(session: Session, actor: Actor, account: str) -> None:
    if session.exec(_own(actor).where(PayoutMethod.account == account)).first():
        raise InvalidError(_("You have added this account already."), field="account")
    own = _own(actor).subquery()
    if session.exec(select(func.count()).select_from(own)).one() >= MOST:
        raise ConflictError(_("Remove an account first: there are {most}.").format(most=MOST))


def usable(session: Session, *, actor: Actor, method_id: str) -> PayoutMethod:
    """Return the row of an account that money can be sent to now; it stays until the commit.

    Raises:
        NotFoundError: the party has no such account.
        InvalidError: its waiting days are not over.
    """
    found = _own(actor).where(PayoutMethod.public_id == method_id)
    row = session.exec(found.with_for_update(read=True)).first()
    if row is None:
        raise NotFoundError(_("There is no such account."))
    if row.usable_at > clock.now():
        sentence = _("Money can be sent to this account from {moment} on.")
        raise InvalidError(sentence.format(moment=moment_text(row.usable_at)), field="method")
    return row


def remove(session: Session, *, actor: Actor, method_id: str) -> None:
    """Take an account off the list; payouts that were asked for to it go on.

    Raises:
        NotFoundError: the party has no such account.
        NotPermittedError: the actor is no owner of the party.
    """
    row = session.exec(_own(actor).where(PayoutMethod.public_id == method_id)).first()
    if row is None or not actor.is_freelancer:
        raise NotFoundError(_("There is no such account."))
    access.require_freelancer(actor)
    session.exec(
        update(PayoutMethod)
        .where(col(PayoutMethod.id) == row.id, col(PayoutMethod.removed_at).is_(None))
        .values(removed_at=clock.now())
    )
    subject = f"payout_method:{row.id}"
    audit.record(session, actor=actor, action="payout_method.removed", subject=subject)
    tellings.wake_party(session, actor.party_id)
