"""Calls of the accounts wing, and of the administrator's settings."""

from dataclasses import asdict

from freelance_app import db, routes
from freelance_app.services.accounts import sessions
from freelance_app.services.accounts.sessions import Browser
from freelance_app.services.instance import instances
from freelance_app.services.instance.instances import InstanceForm
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


EXAMPLES = {
    "SecurityState.enter": _list,
    "SecurityState.reload": _list,
    "SecurityState.revoke": _revoke,
    "SecurityState.revoke_others": _revoke_others,
    "ProfileState.enter": _profile,
    "ProfileState.save": _save_profile,
    "InstanceSettingsState.enter": _instance,
    "InstanceSettingsState.save": _save_instance,
}
