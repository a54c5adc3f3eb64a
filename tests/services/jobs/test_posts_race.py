"""Two processes, several tasks each, acting on the same post: none slips past another's change."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import col, select

from freelance_app import db
from freelance_app.errors import ConflictError, InvalidFormError, NotFoundError
from freelance_app.models import AuditEntry, JobPost
from freelance_app.services.hiring import applicants
from freelance_app.services.jobs import posts
from tests.services.contracts.test_race import TASKS, race
from tests.services.jobs.posted import draft, posted, typed

ALL = 2 * TASKS
LATE = TASKS // 2  # the racer that ends what the others try to change


def attempt(service, word: str, **arguments) -> str:
    try:
        db.write(service, **arguments)
    except (ConflictError, InvalidFormError, NotFoundError) as refused:
        return refused.message
    return word


def edit(world, job_id: str, number: int, **changes) -> str:
    form = typed(title=f"Title number {number}", skills=("rust", "go")[number % 2 :], **changes)
    return attempt(posts.edit, "edited", actor=world.alice, job_id=job_id, form=form)


def edit_or_close(world, job_id: str, number: int) -> str:
    if number != LATE:
        return edit(world, job_id, number)
    asked = {"actor": world.alice, "job_id": job_id, "reason": ""}
    return attempt(applicants.close_post, "closed", **asked)


def publish_or_price(world, job_id: str, number: int) -> str:
    if number != LATE:
        return edit(world, job_id, number, currency=("USD", "KES")[number % 2])
    return attempt(posts.publish, "published", actor=world.alice, job_id=job_id)


def publish_or_delete(world, job_id: str, number: int) -> str:
    service, word = ((posts.publish, "published"), (posts.delete_draft, "deleted"))[number % 2]
    return attempt(service, word, actor=world.alice, job_id=job_id)


def row_id(job_id: str) -> int:
    return db.read(
        lambda session: session.exec(select(JobPost.id).filter_by(public_id=job_id)).one()
    )


def written(row: int) -> list[tuple[str, str]]:
    """Return what was done to a post, and in which words, in the order of its commits."""
    rows = select(AuditEntry.action, AuditEntry.words).where(AuditEntry.subject == f"job:{row}")
    return db.read(lambda session: list(session.exec(rows.order_by(col(AuditEntry.id)))))


def test_no_edit_slips_past_the_close(world):
    job_id = posted(world)
    outcomes = race(edit_or_close, world, job_id)
    acts = [action for action, _words in written(row_id(job_id))]
    assert outcomes["closed"] == 1
    assert acts[-1] == "job.closed"
    assert acts.count("job.edited") == outcomes["edited"]
    assert sum(outcomes[each] for each in ("edited", "closed", "This job is closed.")) == ALL


def test_no_edit_slips_another_currency_past_the_publishing(world):
    job_id = draft(world)
    outcomes = race(publish_or_price, world, job_id)
    acts = written(row_id(job_id))
    after = acts[[action for action, _words in acts].index("job.published") :]
    assert outcomes["published"] == 1
    assert [words for _action, words in after if "currency" in words] == []


def test_the_record_tells_an_edit_from_what_it_found(world, database, monkeypatch):
    if database == "sqlite":
        pytest.skip("its writer is alone from its first statement on")
    job_id, look = draft(world), posts.get_own

    def look_then_wait_for_another(session, **asked):
        found = look(session, **asked)
        monkeypatch.setattr(posts, "get_own", look)
        with ThreadPoolExecutor(1) as other:
            assert other.submit(edit, world, job_id, 1, currency="KES").result() == "edited"
            other.submit(attempt, posts.publish, "", actor=world.alice, job_id=job_id).result()
        return found

    monkeypatch.setattr(posts, "get_own", look_then_wait_for_another)
    assert edit(world, job_id, 3, currency="KES") == "edited"
    assert written(row_id(job_id))[-2:] == [("job.published", ""), ("job.edited", "title")]


def test_a_draft_is_published_or_deleted(world):
    job_id = draft(world)
    row = row_id(job_id)
    outcomes = race(publish_or_delete, world, job_id)
    acts = [action for action, _words in written(row)]
    assert outcomes["published"] + outcomes["deleted"] == 1
    assert acts[1:] in (["job.published"], ["job.deleted"])
