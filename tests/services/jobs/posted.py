"""Posts of Alice's company, made as its people make them."""

from dataclasses import replace

from freelance_app import db
from freelance_app.services.jobs import board, post_views, posts
from freelance_app.services.jobs.board import Filters
from freelance_app.services.jobs.post_forms import PostForm
from freelance_app.services.talent import vocabulary
from tests.factories import World

BRIEF = "A field app that works **offline** for days and loses no record of a sale."


def typed(**changes) -> PostForm:
    """Return a good form, with some fields changed."""
    form = PostForm(
        title="Offline field app",
        description=BRIEF,
        category="mobile-development",
        skills=("react-native", "typescript"),
        engagement="part_time",
        hours="20",
        budget="7,200.00",
        currency="EUR",
    )
    return replace(form, **changes)


def draft(world: World, *, by=None, **changes) -> str:
    """Keep a draft and return its public id."""
    db.write(vocabulary.install)
    return db.write(posts.create_draft, actor=by or world.alice, form=typed(**changes))


def publish(world: World, job_id: str, *, by=None) -> None:
    db.write(posts.publish, actor=by or world.alice, job_id=job_id)


def posted(world: World, *, by=None, **changes) -> str:
    """Publish a post and return its public id."""
    job_id = draft(world, by=by, **changes)
    publish(world, job_id, by=by)
    return job_id


def view(actor, job_id: str):
    return db.read(post_views.get_view, actor=actor, job_id=job_id)


def titles(actor, **filters) -> list[str]:
    """Return the titles that the board shows, the newest first."""
    found = db.read(board.search, actor=actor, filters=Filters(**filters))
    return [job.title for job in found.jobs]
