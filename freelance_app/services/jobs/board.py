"""The board: open posts that match what a freelancer looks for."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from freelance_app.models import Category, Engagement, JobPost, JobSkill, Skill
from freelance_app.security.actor import Actor
from freelance_app.services.instance import keyset
from freelance_app.services.instance.keyset import FIRST, Place
from freelance_app.services.jobs import post_views, posts
from freelance_app.services.jobs.post_views import PAGE, Board

MOST_WORDS = 8
NEWLY_PUBLISHED = keyset.Order(by="published_at")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the board is narrowed to; empty fields narrow nothing."""

    words: str = ""
    category: str = ""
    skill: str = ""
    engagement: str = ""


def search(session: Session, *, actor: Actor, filters: Filters, place: Place = FIRST) -> Board:
    """Return the open posts that match, the last published first; none to who is no freelancer."""
    if not actor.is_freelancer:
        return Board()
    query = _matching(actor, filters)
    page = keyset.read(session, query, JobPost, place=place, most=PAGE, order=NEWLY_PUBLISHED)
    return Board(post_views.cards(session, actor, page.rows), page.older, page.newer)


def _matching(actor: Actor, filters: Filters) -> SelectOfScalar[JobPost]:
    query = posts.visible_to(actor).where(JobPost.status == posts.OPEN)
    for word in filters.words.split()[:MOST_WORDS]:
        query = query.where(_holds(word))
    if filters.category:
        ids = select(Category.id).where(Category.slug == filters.category)
        query = query.where(col(JobPost.category_id).in_(ids))
    if filters.skill:
        having = (
            select(JobSkill.job_id)
            .join(Skill, col(Skill.id) == JobSkill.skill_id)
            .where(Skill.slug == filters.skill)
        )
        query = query.where(col(JobPost.id).in_(having))
    if filters.engagement in set(Engagement):
        query = query.where(JobPost.engagement == Engagement(filters.engagement))
    return query


def _holds(word: str) -> ColumnElement[bool]:
    like = f"%{_escaped(word)}%"
    named = (
        select(JobSkill.job_id)
        .join(Skill, col(Skill.id) == JobSkill.skill_id)
        .where(col(Skill.name).ilike(like, escape="\\"))
    )
    return or_(
        col(JobPost.title).ilike(like, escape="\\"),
        col(JobPost.description).ilike(like, escape="\\"),
        col(JobPost.id).in_(named),
    )


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
