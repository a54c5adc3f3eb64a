"""The managed vocabulary: categories and skills, first filled from a shipped data file."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from freelance_app.models import Category, Skill

SOURCE = Path(__file__).parents[2] / "data" / "vocabulary.json"
SIGNS = {"c++": "cpp", "c#": "csharp"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A category or skill to choose from.

    Attributes:
        slug: what forms and addresses hold.
    """

    slug: str
    name: str


def slug_of(name: str) -> str:
    """Return the short form of a name for addresses: "UI design" is ui-design."""
    plain = SIGNS.get(name.lower(), name.lower())
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def install(session: Session) -> None:
    """Add the shipped categories and skills that are missing; what staff renamed stays."""
    shipped: dict[str, list[str]] = json.loads(SOURCE.read_text(encoding="utf-8"))
    known = {row.slug: row for row in session.exec(select(Category))}
    for slug, (name, *_skills) in shipped.items():
        if slug not in known:
            known[slug] = Category(slug=slug, name=name)
            session.add(known[slug])
    session.flush()
    skills = set(session.exec(select(Skill.slug)))
    for slug, (_name, *names) in shipped.items():
        fresh = [name for name in names if slug_of(name) not in skills]
        session.add_all(
            Skill(slug=slug_of(name), name=name, category_id=known[slug].id) for name in fresh
        )


def categories(session: Session) -> list[Choice]:
    """Return every category by name."""
    rows = session.exec(select(Category).order_by(col(Category.name)))
    return [Choice(row.slug, row.name) for row in rows]


def skills(session: Session) -> list[Choice]:
    """Return every skill by name."""
    rows = session.exec(select(Skill).order_by(col(Skill.name)))
    return [Choice(row.slug, row.name) for row in rows]


def category_with(session: Session, slug: str) -> Category | None:
    """Return the row of a category, for other services only."""
    return session.exec(select(Category).where(Category.slug == slug)).first()


def skills_with(session: Session, slugs: Sequence[str]) -> list[Skill]:
    """Return the rows of those of the skills that exist, by name; for other services only."""
    rows = select(Skill).where(col(Skill.slug).in_(slugs)).order_by(col(Skill.name))
    return list(session.exec(rows))
