"""Work handed in for milestones, and the client's request for changes."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select, update

from freelance_app import clock, db
from freelance_app.errors import ConflictError, InvalidError
from freelance_app.models import (
    Contract,
    Milestone,
    StoredFile,
    Submission,
    SubmissionFile,
    SubmissionStatus,
)
from freelance_app.security.actor import Actor
from freelance_app.services.contracts import contracts, milestones, tellings
from freelance_app.services.contracts.milestones import (
    AUTO_RELEASE,
    CHANGES_REQUESTED,
    FUNDED,
    REMINDER,
    SUBMITTED,
)
from freelance_app.services.instance import audit, deadlines, files, policies
from freelance_app.text import _, ngettext

MOST_WORDS = 5_000
OPEN = SubmissionStatus.OPEN


def submit(
    session: Session, *, actor: Actor, milestone_id: str, note: str, file_ids: Sequence[str] = ()
) -> None:
    """Hand in the work of a funded milestone: from now the review runs, by the signed policy.

    Args:
        session: a write unit of work.
        actor: an owner of the freelancing party.
        milestone_id: its public id.
        note: Markdown; may be empty when there are files.
        file_ids: public ids of the actor's own uploads.

    Raises:
        NotFoundError: no such milestone for this actor.
        NotPermittedError: the actor is not the freelancer.
        InvalidError: there is neither note nor file, or one cannot be used.
        ConflictError: the milestone is not funded, or its work is submitted already.
    """
    milestone, contract = milestones.get(session, actor=actor, milestone_id=milestone_id)
    contracts.require_freelancer(contract, actor)
    words = _words(note, field="note")
    if not words and not file_ids:
        raise InvalidError(_("Say what you hand in, or add a file."), field="note")
    milestones.lock(session, milestone)
    milestones.move(session, milestone, (FUNDED, CHANGES_REQUESTED), SUBMITTED)
    submission = _add(session, actor, milestone, words)
    _link(session, contract, submission, files.take(session, actor=actor, file_ids=file_ids))
    _start_review(session, milestone, contract)
    _record(session, actor, milestone, "milestone.submitted")
    _tell_submitted(session, actor, milestone, contract)


def _words(typed: str, *, field: str) -> str:
    words = typed.strip()
    if len(words) > MOST_WORDS:
        sentence = ngettext(
            "Write at most {most} character.", "Write at most {most} characters.", MOST_WORDS
        )
        raise InvalidError(sentence.format(most=MOST_WORDS), field=field)
    return words


def _add(session: Session, actor: Actor, milestone: Milestone, note: str) -> Submission:
    before = select(func.count()).where(Submission.milestone_id == milestone.id)
    submission = Submission(
        milestone_id=milestone.id,
        number=session.exec(before).one() + 1,
        author_id=actor.person_id,
        note=note,
        created_at=clock.now(),
    )
    session.add(submission)
    session.flush()
    return submission


def _link(
    session: Session, contract: Contract, submission: Submission, rows: Sequence[StoredFile]
) -> None:
    """Link files to a submission; the version counts the files of one name in the contract."""
    taken = {row.id for row in rows if _is_linked(session, row)}
    if taken:
        raise InvalidError(
            _("A file is already part of other work. Upload it again."), field="files"
        )
    for row in rows:
        earlier = (
            select(func.count())
            .select_from(SubmissionFile)
            .join(StoredFile, col(StoredFile.id) == SubmissionFile.file_id)
            .join(Submission, col(Submission.id) == SubmissionFile.submission_id)
            .join(Milestone, col(Milestone.id) == Submission.milestone_id)
            .where(Milestone.contract_id == contract.id, StoredFile.name == row.name)
        )
        version = session.exec(earlier).one() + 1
        session.add(SubmissionFile(submission_id=submission.id, file_id=row.id, version=version))
        session.flush()


def _is_linked(session: Session, row: StoredFile) -> bool:
    used = select(SubmissionFile.file_id).where(SubmissionFile.file_id == row.id)
    return session.exec(used).first() is not None


def _start_review(session: Session, milestone: Milestone, contract: Contract) -> None:
    days = policies.frozen(contract.policies)["auto_release_days"]
    ends_at = clock.now() + timedelta(days=days)
    shared = {"subject_id": milestone.id, "contract_id": contract.id}
    deadlines.set_deadline(session, effect=AUTO_RELEASE, due_at=ends_at, **shared)
    deadlines.set_reminder(session, effect=REMINDER, due_at_of_main=ends_at, **shared)


def _record(session: Session, actor: Actor, milestone: Milestone, action: str) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=f"milestone:{milestone.id}",
        contract_id=milestone.contract_id,
    )


def _tell_submitted(
    session: Session, actor: Actor, milestone: Milestone, contract: Contract
) -> None:
    review = deadlines.running(session, effect=AUTO_RELEASE, subject_id=milestone.id)
    assert review is not None
    words = {
        "title": milestone.title,
        "amount": milestones.rest(milestone, contract),
        "until": review.due_at,
    }
    tellings.tell_of_contract(
        session,
        contract,
        "milestone.submitted",
        words,
        to=[contract.client_party_id],
        by=actor.party_name,
    )


def request_changes(session: Session, *, actor: Actor, milestone_id: str, words: str) -> None:
    """Ask for changes to submitted work: the clock stops until it is submitted again.

    Raises:
        NotFoundError: no such milestone for this actor.
        NotPermittedError: the actor is no owner of the client.
        InvalidError: it is not said which changes.
        ConflictError: no submitted work waits for an answer.
    """
    milestone, contract = milestones.get(session, actor=actor, milestone_id=milestone_id)
    contracts.require_client(contract, actor)
    asked = _words(words, field="words")
    if not asked:
        raise InvalidError(_("Say what is to be changed."), field="words")
    milestones.lock(session, milestone)
    require_submitted(milestone)
    milestones.move(session, milestone, (SUBMITTED,), CHANGES_REQUESTED)
    milestones.stop_clocks(session, milestone)
    answer(session, milestone, SubmissionStatus.CHANGES_REQUESTED, words=asked)
    _record(session, actor, milestone, "milestone.changes_requested")
    tellings.tell_of_contract(
        session,
        contract,
        "milestone.changes_requested",
        {"title": milestone.title},
        to=[contract.freelancer_party_id],
        by=actor.party_name,
    )


def require_submitted(milestone: Milestone) -> None:
    """Let only a milestone go on whose work waits for the client's answer.

    Raises:
        ConflictError: it does not.
    """
    if milestone.status in {FUNDED, CHANGES_REQUESTED}:
        raise ConflictError(_("No submitted work waits for an answer here."))
    milestones.require(milestone, SUBMITTED)


_ANSWER = (
    update(Submission)
    .where(col(Submission.milestone_id) == bindparam("milestone"), col(Submission.status) == OPEN)
    .values(status=bindparam("new_status"), answer=bindparam("words"), answered_at=bindparam("now"))
)


def answer(
    session: Session, milestone: Milestone, status: SubmissionStatus, *, words: str = ""
) -> None:
    """Write the client's answer on a milestone's open submission; there is at most one."""
    values = {"new_status": status, "words": words, "now": clock.now()}
    db.change(session, _ANSWER, milestone=milestone.id, **values)
