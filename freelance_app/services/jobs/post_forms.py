"""What a client types about a job, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from freelance_app.errors import InvalidError, InvalidFormError
from freelance_app.markup import one_line
from freelance_app.models import Category, Engagement, Skill
from freelance_app.money import Money
from freelance_app.services.money import currencies
from freelance_app.services.talent import vocabulary
from freelance_app.text import _

TITLE, DESCRIPTION = (8, 120), (40, 20_000)
MOST_SKILLS = 15
HOURS = (1, 60)


@dataclass(frozen=True, slots=True)
class PostForm:
    """The form of a job post, as typed.

    Attributes:
        category: slug; empty for that of the first skill.
        skills: slugs.
        engagement: full_time or part_time.
        hours: a week.
        budget: an amount in the actor's locale.
    """

    title: str = ""
    description: str = ""
    category: str = ""
    skills: Sequence[str] = ()
    engagement: str = "part_time"
    hours: str = ""
    budget: str = ""
    currency: str = ""


@dataclass
class CheckedPost:
    """The same, understood."""

    title: str
    description: str
    category: Category
    engagement: Engagement
    hours_a_week: int
    budget: Money
    skills: list[Skill] = field(default_factory=list[Skill])


def check(session: Session, form: PostForm, *, currency: str = "") -> CheckedPost:
    """Return what was typed, or tell everything that is wrong with it at once.

    Args:
        session: a read is enough.
        form: as typed.
        currency: that of a published post, which no edit changes; empty while it may be chosen.

    Raises:
        InvalidFormError: with a sentence for each field that cannot be used.
    """
    faults = _faults_of_text(form)
    skills = _skills(session, form, faults)
    category = _category(session, form, skills, faults)
    hours = _hours(form, faults)
    budget = _budget(session, form, currency, faults)
    if faults or category is None or budget is None:
        raise InvalidFormError(faults)
    engagement = Engagement(form.engagement)
    title, description = one_line(form.title), form.description.strip()
    return CheckedPost(title, description, category, engagement, hours, budget, skills)


def _faults_of_text(form: PostForm) -> dict[str, str]:
    faults: dict[str, str] = {}
    sentence = _("Write {least} to {most} characters.")
    for name, text, (least, most) in (
        ("title", one_line(form.title), TITLE),
        ("description", form.description, DESCRIPTION),
    ):
        if not least <= len(text.strip()) <= most:
            faults[name] = sentence.format(least=least, most=most)
    if form.engagement not in set(Engagement):
        faults["engagement"] = _("Choose full-time or part-time.")
    return faults


def _skills(session: Session, form: PostForm, faults: dict[str, str]) -> list[Skill]:
    skills = vocabulary.skills_with(session, form.skills)
    unknown = sorted(set(form.skills) - {skill.slug for skill in skills})
    if not 1 <= len(form.skills) <= MOST_SKILLS:
        faults["skills"] = _("Choose 1 to {most} skills of the list.").format(most=MOST_SKILLS)
    elif unknown:
        faults["skills"] = _("Not in the list: {names}.").format(names=", ".join(unknown))
    return skills


def _category(
    session: Session, form: PostForm, skills: list[Skill], faults: dict[str, str]
) -> Category | None:
    """Return the chosen category; without a choice, that of the skill named first."""
    first = next((each for slug in form.skills for each in skills if each.slug == slug), None)
    if first is not None and not form.category:
        return session.get_one(Category, first.category_id)
    category = vocabulary.category_with(session, form.category)
    if category is None and (form.category or "skills" not in faults):
        faults["category"] = _("Choose a category.")
    return category


def _hours(form: PostForm, faults: dict[str, str]) -> int:
    least, most = HOURS
    text = form.hours.strip()
    hours = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else 0
    if not least <= hours <= most:
        sentence = _("Write a number of hours from {least} to {most}.")
        faults["hours"] = sentence.format(least=least, most=most)
    return hours


def currency_is_fixed() -> str:
    """Say why the currency of a published post stays: bids were made in it."""
    return _("Fixed since the job was published: proposals are made in it.")


def _budget(
    session: Session, form: PostForm, fixed_currency: str, faults: dict[str, str]
) -> Money | None:
    if fixed_currency and form.currency != fixed_currency:
        faults["currency"] = currency_is_fixed()
        return None
    if not fixed_currency and form.currency not in currencies.choices(session):
        faults["currency"] = _("Choose a currency of the list.")
        return None
    try:
        return Money.parse(form.budget, form.currency, field="budget")
    except InvalidError as refused:
        faults["budget"] = refused.message
        return None
