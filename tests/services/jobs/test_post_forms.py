"""What a client types is understood, or refused field by field."""

import pytest

from freelance_app import db
from freelance_app.errors import InvalidFormError
from freelance_app.services.jobs import post_views
from freelance_app.services.jobs.post_forms import PostForm
from tests.services.jobs.posted import draft, view

TOO_MANY = tuple(f"skill-{number}" for number in range(16))


def refused(world, **changes) -> dict[str, str]:
    with pytest.raises(InvalidFormError) as caught:
        draft(world, **changes)
    return caught.value.fields


def test_everything_that_is_wrong_is_told_at_once(world):
    empty = dict.fromkeys(("title", "description", "engagement", "hours", "budget"), "")
    faults = refused(world, **empty, skills=(), category="", currency="XXX")
    assert set(faults) == {"title", "description", "engagement", "hours", "skills", "currency"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Short"),
        ("title", "t" * 121),
        ("description", "Too short."),
        ("description", "d" * 20_001),
        ("category", "no-such-category"),
        ("engagement", "sometimes"),
        ("hours", "0"),
        ("hours", "61"),
        ("hours", "-5"),
        ("hours", "ten"),
        ("hours", "1" * 400),
        ("hours", "٢٠"),
        ("budget", "0"),
        ("budget", "-10.00"),
        ("budget", "10.001"),
        ("budget", "1e9"),
        ("budget", ""),
        ("currency", "ZZZ"),
        ("skills", ()),
        ("skills", ("react-native", "no-such-skill")),
        ("skills", TOO_MANY),
    ],
)
def test_a_field_that_cannot_be_used_says_so_alone(world, field, value):
    assert list(refused(world, **{field: value})) == [field]


def test_an_unknown_skill_is_named(world):
    faults = refused(world, skills=("react-native", "telepathy"))
    assert faults["skills"] == "Not in the list: telepathy."


def test_without_a_category_that_of_the_first_skill_is_taken(world):
    job_id = draft(world, category="", skills=("accessibility", "react-native"))
    chosen = db.read(post_views.get_draft, actor=world.alice, job_id=job_id)
    assert chosen.category == "quality-and-security"


def test_space_around_the_words_is_dropped(world):
    job_id = draft(world, title="   Offline field app   ")
    assert view(world.alice, job_id).card.title == "Offline field app"


def test_an_empty_form_is_what_a_new_post_starts_with():
    assert PostForm().engagement == "part_time"
