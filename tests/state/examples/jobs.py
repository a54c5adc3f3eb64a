"""Calls of the job board, of a post's page and of its form."""

from dataclasses import asdict

from freelance_app import db, routes
from freelance_app.services.talent import vocabulary
from tests.factories import World
from tests.services.jobs.posted import draft, posted, typed
from tests.state.examples import Call

SECRET = "Terms that nobody else reads"
FORM = asdict(typed(title=SECRET)) | {"skills": "React Native, TypeScript", "then": "publish"}


def _draft(world: World) -> str:
    return draft(world, title=SECRET)


def _board(world: World) -> Call:
    title = f"Open {world.run}"
    posted(world, title=title)
    others = (world.alice, world.dora)
    return Call(
        world.fatuma, routes.JOBS, wrong=others, markers=(title,), says=title, changes=False
    )


def _search(world: World) -> Call:
    payload = {"form": {"words": "app"}}
    return Call(world.fatuma, routes.JOBS, payload, says="words=app", changes=False, own=True)


def _narrow(world: World) -> Call:
    payload = {"value": "rust", "kind": "skill"}
    return Call(world.fatuma, routes.JOBS, payload, says="skill=rust", changes=False, own=True)


def _look(world: World) -> Call:
    """Look at a post of the board: freelancers see it, other companies learn nothing of it."""
    payload = {"job_id": posted(world, title=SECRET)}
    return Call(
        world.fatuma,
        routes.JOBS,
        payload,
        wrong=(world.dora,),
        markers=(SECRET,),
        says=SECRET,
        changes=False,
    )


def _leave(world: World) -> Call:
    return Call(world.fatuma, routes.JOBS, says="kit.close", changes=False, own=True)


def _own_list(world: World) -> Call:
    _draft(world)
    return Call(world.alice, routes.MY_JOBS, markers=(SECRET,), says=SECRET, changes=False)


def _page(world: World) -> Call:
    path = routes.job(_draft(world))
    return Call(world.alice, path, markers=(SECRET,), says=SECRET, changes=False)


def _publish(world: World) -> Call:
    path = routes.job(_draft(world))
    return Call(world.alice, path, markers=(SECRET,), says="Published.")


def _close(world: World) -> Call:
    path = routes.job(posted(world, title=SECRET))
    return Call(world.alice, path, {"form": {"reason": ""}}, markers=(), says="Closed.")


def _delete(world: World) -> Call:
    path = routes.job(_draft(world))
    return Call(world.alice, path, markers=(SECRET,), says="Draft deleted.")


def _new(world: World) -> Call:
    db.write(vocabulary.install)
    says = "Mobile development"
    return Call(world.alice, routes.JOB_NEW, says=says, changes=False, own=True)


def _create(world: World) -> Call:
    db.write(vocabulary.install)
    return Call(
        world.alice,
        routes.JOB_NEW,
        {"form": FORM},
        wrong=(world.fatuma, world.charlie),
        markers=(SECRET,),
        says="Published.",
    )


def _edit(world: World) -> Call:
    path, says = routes.job_edit(_draft(world)), "Mobile development"
    return Call(world.alice, path, markers=(SECRET,), says=says, changes=False)


def _change(world: World) -> Call:
    path = routes.job_edit(_draft(world))
    form = FORM | {"title": "Another title"}
    return Call(world.alice, path, {"form": form}, markers=(SECRET,), says="Saved.")


def _typed_skills(world: World) -> Call:
    payload = {"text": "rea"}
    return Call(world.alice, routes.JOB_NEW, payload, changes=False, own=True)


def _add_skill(world: World) -> Call:
    payload = {"skill": "React"}
    return Call(world.alice, routes.JOB_NEW, payload, says="React, ", changes=False, own=True)


def _preview(world: World) -> Call:
    payload = {"text": "**bold**"}
    says = "<strong>bold</strong>"
    return Call(world.alice, routes.JOB_NEW, payload, says=says, changes=False, own=True)


EXAMPLES = {
    "JobsState.enter": _board,
    "JobsState.search": _search,
    "JobsState.narrow": _narrow,
    "LookState.look": _look,
    "LookState.leave": _leave,
    "MyJobsState.enter": _own_list,
    "MyJobsState.listen": _own_list,
    "JobState.enter": _page,
    "JobState.listen": _page,
    "JobState.publish": _publish,
    "JobState.close": _close,
    "JobState.delete": _delete,
    "JobFormState.enter_new": _new,
    "JobFormState.enter_edit": _edit,
    "JobFormState.create": _create,
    "JobFormState.change": _change,
    "JobFormState.skills_typed": _typed_skills,
    "JobFormState.add_skill": _add_skill,
    "JobFormState.show_preview": _preview,
}
