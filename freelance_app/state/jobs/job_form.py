"""State of the form of a job post: a new one, or one that is changed."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import reflex as rx
from pydantic import StringConstraints

from freelance_app import routes
from freelance_app.markup import SafeHtml, render
from freelance_app.security.policy import signed_in
from freelance_app.services.hiring import applicants
from freelance_app.services.jobs import post_forms, post_views, posts
from freelance_app.services.jobs.post_forms import PostForm
from freelance_app.services.jobs.post_views import Choices, PostDraft
from freelance_app.services.talent.vocabulary import Choice
from freelance_app.state.base import AppState, FormMixin, PageMixin
from freelance_app.state.feedback import focus_first_error, forget_typed, toast
from freelance_app.state.jobs import skill_names
from freelance_app.text import _

LONGEST_SKILLS = 1_000
SkillText = Annotated[str, StringConstraints(max_length=LONGEST_SKILLS)]


class JobFormState(PageMixin, FormMixin, AppState):
    """The form's first values, what it offers, and the preview of the description."""

    draft: PostDraft = PostDraft()
    skills: str = ""
    choices: Choices = Choices()
    suggested: list[Choice] = []
    preview: SafeHtml = SafeHtml()
    _typed_skills: str = ""
    _made: str = ""

    if TYPE_CHECKING:
        job_id: str  # from the URL: Reflex adds it with the page's route

    @rx.event
    @signed_in
    async def enter_new(self):
        """Load what the form offers."""
        self._clear()
        yield
        if await self._offer():
            self.draft = replace(self.draft, currency=self.choices.currencies[0])

    @rx.event
    @signed_in
    async def enter_edit(self):
        """Load the post, and what the form offers."""
        self._clear()
        yield
        if await self._offer():
            draft = await self._load(post_views.get_draft, job_id=self.job_id) or PostDraft()
            self.draft = draft
            self.skills = skill_names.text_of(draft.skills, self.choices.skills)
            self._typed_skills = self.skills

    @rx.event
    @signed_in
    async def skills_typed(self, text: SkillText):
        """Offer skills that begin with, or hold, the last letters typed."""
        self._typed_skills = text
        self.suggested = skill_names.matching(text, self.choices.skills)

    @rx.event
    @signed_in
    async def add_skill(self, skill: SkillText):
        """Complete the text of the skills with a name that was pressed."""
        words = skill_names.completed(self._typed_skills, skill, self.choices.skills)
        self._typed_skills, self.suggested = words, []
        return [rx.set_value("skills", words), rx.set_focus("skills")]

    @rx.event
    @signed_in
    async def show_preview(self, text: str):
        """Show the description as freelancers will read it."""
        self.preview = render(text[: post_forms.DESCRIPTION[1]])

    @rx.event
    @signed_in
    async def create(self, form: dict[str, str]):
        """Keep a new post, and publish it at once unless it shall stay a draft."""
        if self._made:  # a second press before the page has changed
            return rx.redirect(routes.job(self._made))
        made = await self._try_write(posts.create_draft, form=self._typed(form))
        if made is None:
            return focus_first_error()
        self._made, said = made, _("Saved. Nobody else sees it yet.")
        if form.get("then") != "draft":
            await self._write(posts.publish, job_id=made)
            said = _("Published. Freelancers can see it now.")
        return [toast.success(said), forget_typed(routes.JOB_NEW), rx.redirect(routes.job(made))]

    @rx.event
    @signed_in
    async def change(self, form: dict[str, str]):
        """Change the post; open applicants hear what is different."""
        asked = {"job_id": self.job_id, "form": self._typed(form)}
        changed = await self._try_write(applicants.edit_post, **asked)
        if changed is None:
            return focus_first_error()
        done = [toast.success(_("Saved.")), forget_typed(routes.job_edit(changed))]
        return [*done, rx.redirect(routes.job(changed))]

    def _clear(self) -> None:
        self.draft, self.skills, self.choices = PostDraft(), "", Choices()
        self.suggested, self.preview, self.errors = [], SafeHtml(), {}
        self._typed_skills, self._made, self.phase = "", "", "loading"
        self._keep_typed()

    async def _offer(self) -> bool:
        choices = await self._load(post_views.choices)
        self.choices = choices or Choices()
        return choices is not None

    def _typed(self, form: dict[str, str]) -> PostForm:
        """Return what was typed; a field that the browser left out counts as empty."""
        names = ("title", "description", "category", "engagement", "hours", "budget", "currency")
        skills = skill_names.slugs_of(form.get("skills", ""), self.choices.skills)
        return PostForm(**{name: form.get(name, "") for name in names}, skills=skills)
