"""Calls of the instance wing and of home."""

from sqlmodel import Session, select

from freelance_app import db, routes
from freelance_app.models import Mail, Notice
from freelance_app.services.instance import notices, outbox
from freelance_app.services.instance.notices import Subject
from tests.factories import World
from tests.state.examples import Call

SECRET = "a secret of this notice"


def _tell(session: Session, world: World) -> str:
    words = {"title": SECRET, "changes": "title"}
    subject = Subject(routes.JOBS, words)
    who = world.fatuma.person_id
    notices.notify(session, person_id=who, kind="job.changed", subject=subject)
    rows = select(Notice.public_id).where(Notice.person_id == who).order_by(Notice.id.desc())
    return session.exec(rows).first()


def _notices(world: World) -> Call:
    db.write(_tell, world)
    return Call(
        world.fatuma, routes.NOTIFICATIONS, markers=(SECRET,), says=SECRET, changes=False, own=True
    )


def _mark(world: World) -> Call:
    payload = {"notice_id": db.write(_tell, world)}
    return Call(world.fatuma, routes.NOTIFICATIONS, payload, markers=(SECRET,))


def _mark_all(world: World) -> Call:
    db.write(_tell, world)
    return Call(world.fatuma, routes.NOTIFICATIONS, markers=(SECRET,), own=True)


def _home(world: World) -> Call:
    db.write(_tell, world)
    return Call(world.fatuma, routes.HOME, markers=(SECRET,), says=SECRET, changes=False, own=True)


def _post(session: Session, world: World) -> str:
    address = f"{world.run}@example.org"
    outbox.post(session, person_id=None, address=address, subject=SECRET, body=SECRET)
    session.flush()
    return session.exec(select(Mail.public_id).where(Mail.address == address)).one()


def _staff(world: World, payload: dict | None = None) -> Call:
    return Call(
        world.frank,
        routes.ADMIN_OUTBOX,
        payload or {},
        wrong=(world.charlie, world.alice, world.fatuma),
        markers=(SECRET,),
        says=SECRET,
        changes=False,
    )


def _outbox(world: World) -> Call:
    db.write(_post, world)
    return _staff(world)


def _open_mail(world: World) -> Call:
    return _staff(world, {"mail_id": db.write(_post, world)})


EXAMPLES = {
    "HomeState.enter": _home,
    "HomeState.listen": _home,
    "NotificationsState.enter": _notices,
    "NotificationsState.listen": _notices,
    "NotificationsState.open_notice": _mark,
    "NotificationsState.mark_all_read": _mark_all,
    "OutboxState.enter": _outbox,
    "OutboxState.listen": _outbox,
    "OutboxState.open_mail": _open_mail,
}
