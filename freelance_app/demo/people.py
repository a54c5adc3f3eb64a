"""How the people of the demo get their accounts: the first start, then the others."""

from sqlmodel import Session

from freelance_app import db
from freelance_app.demo.cast import CAST, INSTANCE, PASSWORD, Player
from freelance_app.demo.stage import Stage
from freelance_app.models import MemberRole, PartyKind, Person
from freelance_app.security import passwords
from freelance_app.services.accounts import first_start, parties, people, sessions
from freelance_app.services.accounts.first_start import SetUp
from freelance_app.services.accounts.people import NewPerson
from freelance_app.services.accounts.sessions import Browser
from freelance_app.services.instance.instances import InstanceForm

BROWSER = Browser(device="Demo", old_token="")
BANK = {
    "bank_holder": f"{INSTANCE} Ltd",
    "bank_account": "DE89 3704 0044 0532 0130 00",
    "bank_code": "COBADEFFXXX",
    "bank_name": "Demo Bank",
}


def has_people() -> bool:
    """Whether somebody has an account here already."""
    return db.read(lambda session: session.get(Person, 1)) is not None


def gather(stage: Stage) -> None:
    """Make every account and let each person act."""
    password_hash = passwords.hash_of(PASSWORD)
    for player in CAST:
        if player.plays == "staff":
            stage.enter(player.key, _set_up(player, password_hash))
        else:
            db.write(_join, player=player, password_hash=password_hash)
    for player in CAST:
        if player.plays in {"owner", "freelancer"}:
            stage.enter(player.key, db.write(_sign_in, email=player.email))
    for player in CAST:
        if player.plays == "viewer":
            owner = next(each for each in CAST if each.company == player.company)
            person_id = db.read(_public_id, email=player.email)
            role = MemberRole.VIEWER
            stage.write(owner.key, parties.add_member, person_id=person_id, role=role)


def _set_up(player: Player, password_hash: str) -> str:
    """Use the link of the first start, as the person who hosts this would."""
    link = db.write(first_start.issue) or ""
    form = SetUp(
        name=player.name,
        email=player.email,
        password=PASSWORD,
        language="en",
        instance=InstanceForm(
            instance_name=INSTANCE,
            time_zone=player.zone,
            currency="EUR",
            sign_up="open",
            payout_wait_days="0",
            **BANK,
        ),
    )
    opened = db.write(
        first_start.complete,
        token=link.rpartition("token=")[2],
        form=form,
        password_hash=password_hash,
        browser=BROWSER,
    )
    return opened.token


def _join(session: Session, *, player: Player, password_hash: str) -> None:
    new = NewPerson(player.name, player.email, password_hash, zone=player.zone, is_confirmed=True)
    person = people.add(session, new)
    if person is None or player.plays == "viewer":
        return
    kind = PartyKind.COMPANY if player.company else PartyKind.FREELANCER
    name = player.company or player.name
    parties.found(session, person_id=person.id, kind=kind, name=name)


def _sign_in(session: Session, *, email: str) -> str:
    person = people.find(session, email=email)
    if person is None:
        raise LookupError(email)
    return sessions.sign_in(session, person_id=person.id, browser=BROWSER).token


def _public_id(session: Session, *, email: str) -> str:
    person = people.find(session, email=email)
    if person is None:
        raise LookupError(email)
    return person.public_id
