"""Categories and skills, first filled from a shipped data file."""

from sqlmodel import Field

from freelance_app.models.base import Table


class Category(Table, table=True):
    """A field of work."""

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=64)


class Skill(Table, table=True):
    """Something a person can do."""

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=64)
    category_id: int = Field(foreign_key="category.id", index=True)
