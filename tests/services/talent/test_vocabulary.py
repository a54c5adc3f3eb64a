"""The shipped categories and skills."""

import json

import pytest
from sqlmodel import col, func, select

from freelance_app import db
from freelance_app.models import Category, Skill
from freelance_app.services.talent import vocabulary


def counts() -> tuple[int, int]:
    def read(session) -> tuple[int, int]:
        return tuple(
            session.exec(select(func.count(col(table.id)))).one() for table in (Category, Skill)
        )

    return db.read(read)


def test_installing_twice_adds_nothing(database):
    db.write(vocabulary.install)
    before = counts()
    db.write(vocabulary.install)
    assert counts() == before


def test_every_shipped_category_and_skill_is_there(database):
    db.write(vocabulary.install)
    shipped = json.loads(vocabulary.SOURCE.read_text(encoding="utf-8"))
    names = {name for _category, *skills in shipped.values() for name in skills}
    assert names <= {each.name for each in db.read(vocabulary.skills)}
    assert set(shipped) <= {each.slug for each in db.read(vocabulary.categories)}


def test_a_new_name_of_the_staff_is_kept(database):
    db.write(vocabulary.install)

    def rename(session, name: str) -> str:
        skill = session.exec(select(Skill).where(Skill.slug == "rust")).one()
        skill.name, old = name, skill.name
        return old

    old = db.write(rename, "Rust, the language")
    db.write(vocabulary.install)
    names = {each.slug: each.name for each in db.read(vocabulary.skills)}
    assert names["rust"] == "Rust, the language"
    db.write(rename, old)


@pytest.mark.parametrize(
    ("name", "slug"),
    [("UI design", "ui-design"), ("C++", "cpp"), ("C#", "csharp"), ("Node.js", "node-js")],
)
def test_a_slug_is_short_and_plain(name, slug):
    assert vocabulary.slug_of(name) == slug


def test_no_two_skills_share_a_slug_and_there_are_enough():
    shipped = json.loads(vocabulary.SOURCE.read_text(encoding="utf-8"))
    slugs = [vocabulary.slug_of(name) for _category, *skills in shipped.values() for name in skills]
    assert len(slugs) == len(set(slugs))
    assert (len(shipped), len(slugs) >= 150) == (12, True)


def test_only_skills_that_exist_are_returned(database):
    db.write(vocabulary.install)
    found = db.read(vocabulary.skills_with, ["rust", "telepathy"])
    assert [each.slug for each in found] == ["rust"]
    assert db.read(vocabulary.category_with, "no-such-category") is None
