"""Work handed in, as both sides see it, and its files."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from freelance_app.markup import SafeHtml, render
from freelance_app.models import (
    Contract,
    Milestone,
    Person,
    StoredFile,
    Submission,
    SubmissionFile,
)
from freelance_app.security.actor import Actor
from freelance_app.services.contracts import contracts
from freelance_app.services.instance import files
from freelance_app.services.instance.views import FileView
from freelance_app.text import short_moment_text


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """Work handed in: what was said, the files, and which changes were asked for."""

    number: int = 0
    by: str = ""
    at: str = ""
    note: SafeHtml = field(default_factory=SafeHtml)
    has_note: bool = False
    answer: SafeHtml = field(default_factory=SafeHtml)
    has_answer: bool = False
    files: list[FileView] = field(default_factory=list[FileView])


NO_SUBMISSION = SubmissionView()


def by_milestone(session: Session, contract: Contract) -> dict[int, list[SubmissionView]]:
    """Return the submissions of each milestone, the newest first, by the milestone's row id."""
    rows = session.exec(
        select(Submission, Person.name)
        .join(Milestone, col(Milestone.id) == Submission.milestone_id)
        .join(Person, col(Person.id) == Submission.author_id)
        .where(Milestone.contract_id == contract.id)
        .order_by(col(Submission.id).desc())
    ).all()
    handed_in = _files_of(session, [submission.id for submission, _name in rows])
    found: dict[int, list[SubmissionView]] = {}
    for submission, name in rows:
        view = _view(submission, name, handed_in.get(submission.id, []))
        found.setdefault(submission.milestone_id, []).append(view)
    return found


def _view(row: Submission, author: str, handed_in: list[FileView]) -> SubmissionView:
    return SubmissionView(
        number=row.number,
        by=author,
        at=short_moment_text(row.created_at),
        note=render(row.note),
        has_note=row.note != "",
        answer=render(row.answer),
        has_answer=row.answer != "",
        files=handed_in,
    )


def _files_of(session: Session, submission_ids: Sequence[int]) -> dict[int, list[FileView]]:
    rows = session.exec(
        select(SubmissionFile, StoredFile)
        .join(StoredFile, col(StoredFile.id) == SubmissionFile.file_id)
        .where(col(SubmissionFile.submission_id).in_(submission_ids))
        .order_by(col(SubmissionFile.file_id))
    )
    found: dict[int, list[FileView]] = {}
    for link, row in rows:
        view = files.view(row, version=_version(link))
        found.setdefault(link.submission_id, []).append(view)
    return found


def _version(link: SubmissionFile) -> str:
    return f"v{link.version}"


def files_of_contract(
    session: Session, contract: Contract, *, limit: int | None = None
) -> list[FileView]:
    """Return every version of every file of a contract, the newest first."""
    rows = session.exec(
        select(SubmissionFile, StoredFile, Milestone.number, Person.name)
        .join(StoredFile, col(StoredFile.id) == SubmissionFile.file_id)
        .join(Submission, col(Submission.id) == SubmissionFile.submission_id)
        .join(Milestone, col(Milestone.id) == Submission.milestone_id)
        .join(Person, col(Person.id) == Submission.author_id)
        .where(Milestone.contract_id == contract.id)
        .order_by(col(SubmissionFile.submission_id).desc(), col(SubmissionFile.file_id).desc())
        .limit(limit)
    )
    return [
        files.view(row, version=_version(link), by=name, milestone=str(number))
        for link, row, number, name in rows
    ]


@files.register_reader
def may_read(session: Session, *, actor: Actor, file_row_id: int) -> bool:
    """Whether a file was handed in under a contract that the actor sees."""
    visible = contracts.visible_to(actor).subquery()
    found = (
        select(SubmissionFile.file_id)
        .join(Submission, col(Submission.id) == SubmissionFile.submission_id)
        .join(Milestone, col(Milestone.id) == Submission.milestone_id)
        .join(visible, visible.c.id == Milestone.contract_id)
        .where(SubmissionFile.file_id == file_row_id)
    )
    return session.exec(found).first() is not None
