"""Calls of the accounts wing, of the administrator's settings, and of what is open to everybody."""

from dataclasses import asdict

from sqlmodel import Session, delete

from freelance_app import db, routes
from freelance_app.models import Person, StaffMember
from freelance_app.services.accounts import confirmations, first_start, links, sessions
from freelance_app.services.accounts.sessions import Browser
from freelance_app.services.instance import instances
from freelance_app.services.instance.instances import InstanceForm
from freelance_app.settings import settings
from tests.factories import World
from tests.state.examples import Call

DEVICE = "Alice's secret browser"
ACCOUNT = "KE12 SECRET"
INSTANCE = InstanceForm(instance_name="Harbour", bank_holder="Mwamba", bank_account=ACCOUNT)


def _session(world: World) -> str:
    """Sign Alice in elsewhere and return the session's id."""
    browser = Browser(device=DEVICE)
    opened = db.write(sessions.sign_in, person_id=world.alice.person_id, browser=browser)
    listed = db.read(sessions.list_for, actor=world.alice, this_token=opened.token)
    return next(each.id for each in listed if each.is_this)


def _list(world: World) -> Call:
    _session(world)
    return Call(
        world.alice,
        routes.SETTINGS_SECURITY,
        markers=(DEVICE,),
        says=DEVICE,
        changes=False,
        own=True,
    )


def _revoke(world: World) -> Call:
    payload = {"session_id": _session(world)}
    return Call(world.alice, routes.SETTINGS_SECURITY, payload, markers=(DEVICE,))


def _revoke_others(world: World) -> Call:
    _session(world)
    return Call(world.alice, routes.SETTINGS_SECURITY, markers=(DEVICE,), own=True)


def _profile(world: World) -> Call:
    name = world.alice.name
    return Call(
        world.alice, routes.SETTINGS_PROFILE, markers=(name,), says=name, changes=False, own=True
    )


def _save_profile(world: World) -> Call:
    form = {"name": "Alice Otieno", "zone": "Africa/Nairobi"}
    return Call(world.alice, routes.SETTINGS_PROFILE, {"form": form}, own=True)


def _instance(world: World) -> Call:
    db.write(instances.change, actor=world.frank, form=INSTANCE)
    return Call(
        world.frank,
        routes.ADMIN_SETTINGS,
        wrong=(world.alice, world.charlie),
        markers=(ACCOUNT,),
        says=ACCOUNT,
        changes=False,
    )


def _save_instance(world: World) -> Call:
    db.write(instances.change, actor=world.frank, form=INSTANCE)
    form = asdict(INSTANCE) | {"bank_name": "Harbour Bank"}
    return Call(
        world.frank,
        routes.ADMIN_SETTINGS,
        {"form": form},
        wrong=(world.alice, world.charlie),
        markers=(ACCOUNT,),
    )


def _gate(world: World, path: str) -> Call:
    db.write(instances.change, actor=world.frank, form=INSTANCE)
    markers = (ACCOUNT, world.alice.party_name)
    return Call(world.alice, path, markers=markers, says="is_sign_up_open", changes=False)


def _enter(world: World) -> Call:
    return _gate(world, routes.TERMS)


def _enter_as_guest(world: World) -> Call:
    return _gate(world, routes.LANDING)


def _set_up(world: World) -> Call:
    """Leave the instance without staff: only then the link opens the page."""
    db.write(lambda session: session.exec(delete(StaffMember)))
    path = db.write(first_start.issue).removeprefix(settings.public_url)
    says, markers = "'is_open_rx_state_': True", (world.alice.party_name,)
    return Call(world.alice, path, markers=markers, says=says, changes=False)


def _verify_email(world: World) -> Call:
    def prepare(session: Session) -> tuple[str, str]:
        alice = session.get_one(Person, world.alice.person_id)
        purpose = confirmations.PURPOSE
        return alice.email, links.issue(session, purpose=purpose, person_id=alice.id)

    email, token = db.write(prepare)
    path, markers = routes.with_query(routes.VERIFY_EMAIL, token=token), (world.alice.party_name,)
    return Call(world.alice, path, markers=markers, says=email, changes=False)


EXAMPLES = {
    "GateState.enter": _enter,
    "GateState.enter_as_guest": _enter_as_guest,
    "SetupState.enter": _set_up,
    "VerifyEmailState.enter": _verify_email,
    "SecurityState.enter": _list,
    "SecurityState.reload": _list,
    "SecurityState.revoke": _revoke,
    "SecurityState.revoke_others": _revoke_others,
    "ProfileState.enter": _profile,
    "ProfileState.save": _save_profile,
    "InstanceSettingsState.enter": _instance,
    "InstanceSettingsState.save": _save_instance,
}
