"""Job posts as pages show them: one, a company's own, and the form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sqlmodel import Session, col, func, select

from freelance_app import clock
from freelance_app.markup import SafeHtml, plain, render
from freelance_app.models import Category, Engagement, JobPost, JobSkill, Party, Proposal, Skill
from freelance_app.models.hiring.proposal import ProposalStatus
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.instance import keyset
from freelance_app.services.instance.keyset import FIRST, Place
from freelance_app.services.instance.views import PersonView, SkillView, person_view
from freelance_app.services.jobs import posts
from freelance_app.services.money import currencies
from freelance_app.services.talent import vocabulary
from freelance_app.services.talent.vocabulary import Choice
from freelance_app.text import _, day_text, ngettext, recent_text

PAGE = 20
OPENING = 240


@dataclass(frozen=True, slots=True)
class JobCard:
    """A post in a list; the last three are for its own company alone."""

    id: str = ""
    title: str = ""
    status: str = ""
    client: PersonView = field(default_factory=PersonView)
    pay: str = ""
    terms: str = ""
    opening: str = ""
    skills: list[SkillView] = field(default_factory=list[SkillView])
    posted: str = ""
    proposals: str = ""
    fresh: str = ""
    has_proposals: bool = False


@dataclass(frozen=True, slots=True)
class JobView:
    """One post, as one reader may see and use it."""

    card: JobCard = field(default_factory=JobCard)
    brief: SafeHtml = field(default_factory=SafeHtml)
    facts: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    can_edit: bool = False
    can_publish: bool = False
    can_close: bool = False
    can_delete: bool = False
    can_see_proposals: bool = False
    can_propose: bool = False
    proposal_id: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """A page of posts with what it may be narrowed to."""

    jobs: list[JobCard] = field(default_factory=list[JobCard])
    older: str = ""
    newer: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the forms of this wing offer."""

    categories: list[Choice] = field(default_factory=list[Choice])
    skills: list[Choice] = field(default_factory=list[Choice])
    currencies: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class PostDraft:
    """A post as its form shows it."""

    id: str = ""
    title: str = ""
    description: str = ""
    category: str = ""
    skills: list[str] = field(default_factory=list[str])
    engagement: str = "part_time"
    hours: str = "20"
    budget: str = ""
    currency: str = ""
    is_draft: bool = True


def get_view(session: Session, *, actor: Actor, job_id: str) -> JobView:
    """Return a post with its brief.

    Raises:
        NotFoundError: no such post for this actor.
    """
    job = posts.get_row(session, actor=actor, job_id=job_id)
    is_own = job.party_id == actor.party_id
    may_change = is_own and actor.is_owner and actor.is_company
    own = _own_proposal(session, actor, job)
    return JobView(
        card=cards(session, actor, [job])[0],
        brief=render(job.description),
        facts=_facts(session, job),
        can_edit=may_change and job.status is not posts.CLOSED,
        can_publish=may_change and job.status is posts.DRAFT,
        can_close=may_change and job.status is posts.OPEN,
        can_delete=may_change and job.status is posts.DRAFT,
        can_see_proposals=is_own and job.status is not posts.DRAFT,
        can_propose=actor.is_freelancer
        and actor.is_owner
        and not is_own
        and own == ""
        and job.status is posts.OPEN,
        proposal_id=own,
    )


def _own_proposal(session: Session, actor: Actor, job: JobPost) -> str:
    """Return the public id of the actor's active proposal, which nobody else learns of."""
    found = session.exec(
        select(Proposal.public_id).where(
            Proposal.job_id == job.id,
            Proposal.party_id == actor.party_id,
            col(Proposal.status).not_in([ProposalStatus.DECLINED, ProposalStatus.WITHDRAWN]),
        )
    ).first()
    return found or ""


def _facts(session: Session, job: JobPost) -> list[tuple[str, str]]:
    return [
        (_("Budget, fixed"), Money(job.budget_minor, job.currency).format()),
        (_("Time"), _terms(job)),
        (_("Category"), session.get_one(Category, job.category_id).name),
    ]


def list_own(session: Session, *, actor: Actor, place: Place = FIRST) -> Board:
    """Return the posts of the actor's company, the newest first, with their proposals counted."""
    query = posts.visible_to(actor).where(JobPost.party_id == actor.party_id)
    page = keyset.read(session, query, JobPost, place=place, most=PAGE)
    return Board(cards(session, actor, page.rows), page.older, page.newer)


def get_draft(session: Session, *, actor: Actor, job_id: str) -> PostDraft:
    """Return a post as its form shows it.

    Raises:
        NotFoundError: no such post for this actor.
        NotPermittedError: the actor is no owner of its company.
    """
    job = posts.get_own(session, actor=actor, job_id=job_id)
    chosen = (
        select(Skill.slug)
        .join(JobSkill, col(JobSkill.skill_id) == Skill.id)
        .where(JobSkill.job_id == job.id)
        .order_by(col(Skill.name))
    )
    return PostDraft(
        id=job.public_id,
        title=job.title,
        description=job.description,
        category=session.get_one(Category, job.category_id).slug,
        skills=list(session.exec(chosen)),
        engagement=job.engagement.value,
        hours=str(job.hours_a_week),
        budget=Money(job.budget_minor, job.currency).as_typed(),
        currency=job.currency,
        is_draft=job.status is posts.DRAFT,
    )


def choices(session: Session, *, actor: Actor) -> Choices:  # noqa: ARG001  (open to members)
    """Return what the forms of this wing offer."""
    return Choices(
        categories=vocabulary.categories(session),
        skills=vocabulary.skills(session),
        currencies=currencies.choices(session),
    )


def cards(session: Session, actor: Actor, jobs: Sequence[JobPost]) -> list[JobCard]:
    """Return cards with three queries for the whole list, for the services of this wing only."""
    clients = _clients(session, {job.party_id for job in jobs})
    skills = _skills(session, [job.id for job in jobs])
    own = [job.id for job in jobs if job.party_id == actor.party_id]
    counts = _proposals(session, own)
    return [_card(job, clients[job.party_id], skills.get(job.id, []), counts) for job in jobs]


def _card(
    job: JobPost, client: Party, skills: list[SkillView], counts: dict[int, tuple[int, int]]
) -> JobCard:
    total, fresh = counts.get(job.id, (0, 0))
    return JobCard(
        id=job.public_id,
        title=job.title,
        status=job.status.value,
        client=person_view(client.name, row_id=client.id, is_company=True),
        pay=Money(job.budget_minor, job.currency).format(),
        terms=_terms(job),
        opening=_opening(job.description),
        skills=skills,
        posted=_posted(job),
        proposals=ngettext("{n} proposal", "{n} proposals", total).format(n=total),
        fresh=_("{n} new").format(n=fresh) if fresh else "",
        has_proposals=total > 0,
    )


def _opening(description: str) -> str:
    """Return the first words of a description; only what is shown is rendered."""
    words = _words(description[: 4 * OPENING])
    return words if len(words) <= OPENING else f"{words[:OPENING].rstrip()}…"


@lru_cache(1_024)
def _words(beginning: str) -> str:
    """Remember the words: everybody's board begins with the same posts, and each takes 0.4 ms."""
    return plain(beginning)


def _terms(job: JobPost) -> str:
    kind = _("Full-time") if job.engagement is Engagement.FULL_TIME else _("Part-time")
    return _("{kind}, {hours} h a week").format(kind=kind, hours=job.hours_a_week)


def _posted(job: JobPost) -> str:
    if job.closed_at:
        return _("Closed {day}").format(day=day_text(job.closed_at))
    if job.published_at:
        return _("Posted {when}").format(when=recent_text(job.published_at, now=clock.now()))
    return _("Not published yet")


def _clients(session: Session, party_ids: Iterable[int]) -> dict[int, Party]:
    rows = session.exec(select(Party).where(col(Party.id).in_(party_ids)))
    return {row.id: row for row in rows}


def _skills(session: Session, job_ids: Sequence[int]) -> dict[int, list[SkillView]]:
    rows = session.exec(
        select(JobSkill.job_id, Skill.name)
        .join(Skill, col(Skill.id) == JobSkill.skill_id)
        .where(col(JobSkill.job_id).in_(job_ids))
        .order_by(col(Skill.name))
    )
    found: dict[int, list[SkillView]] = {}
    for job_id, name in rows:
        found.setdefault(job_id, []).append(SkillView(name))
    return found


def _proposals(session: Session, job_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return for each post how many proposals it has and how many were not opened yet."""
    is_there = col(Proposal.status) != ProposalStatus.WITHDRAWN
    is_fresh = col(Proposal.viewed_at).is_(None) & (
        col(Proposal.status) == ProposalStatus.SUBMITTED
    )
    rows = session.exec(
        select(Proposal.job_id, func.count(), func.count().filter(is_fresh))
        .where(col(Proposal.job_id).in_(job_ids), is_there)
        .group_by(col(Proposal.job_id))
    )
    return {job_id: (total, fresh) for job_id, total, fresh in rows}
