"""The job posts of the demo, from a shipped data file."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from freelance_app.services.jobs.post_forms import PostForm

FULL_TIME_HOURS = 35
SOURCE = Path(__file__).parent.parent / "data" / "demo_posts.toml"
ASK = "\n**Please tell us** how you would start, and show one piece of work like this.\n"


@dataclass(frozen=True)
class Post:
    """One post; `days_ago` is when it was published, `status` draft, open or closed."""

    key: str
    owner: str
    title: str
    category: str
    skills: list[str]
    budget: str
    currency: str
    hours: int
    days_ago: int
    brief: str
    status: str = "open"


def read() -> list[Post]:
    """Return the posts, the oldest first."""
    rows = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["post"]
    return [Post(**{**row, "brief": _unwrapped(row["brief"]) + ASK}) for row in rows]


def _unwrapped(brief: str) -> str:
    """Return a text whose paragraphs are lines; the file wraps them to be read."""
    return re.sub(r"(?<!\n)\n(?![\n-])", " ", brief.strip()) + "\n"


def form_of(post: Post) -> PostForm:
    """Return the post as its client typed it."""
    return PostForm(
        title=post.title,
        description=post.brief,
        category=post.category,
        skills=post.skills,
        engagement="full_time" if post.hours >= FULL_TIME_HOURS else "part_time",
        hours=str(post.hours),
        budget=post.budget,
        currency=post.currency,
    )
