"""State of the job board."""

from dataclasses import replace
from typing import Annotated

import reflex as rx
from pydantic import StringConstraints
from typing_extensions import TypedDict

from freelance_app.security.policy import signed_in
from freelance_app.services.instance.keyset import Place
from freelance_app.services.jobs import board, post_views
from freelance_app.services.jobs.board import Filters
from freelance_app.services.jobs.post_views import Board, Choices, JobCard
from freelance_app.state.base import AppState, PageMixin
from freelance_app.state.jobs import board_address
from freelance_app.state.jobs.board_address import FilterChip, FilterName

Chosen = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{0,80}$")]


class SearchForm(TypedDict):
    """What the search field sends."""

    words: str


class JobsState(PageMixin, AppState):
    """Open posts, narrowed by what the address says."""

    jobs: list[JobCard] = []
    choices: Choices = Choices()
    filters: Filters = Filters()
    chips: list[FilterChip] = []
    older: str = ""
    newer: str = ""

    @rx.event
    @signed_in
    async def enter(self):
        """Load what the address asks for."""
        query = self.router.url.query_parameters
        self.jobs, self.chips, self.older, self.newer = [], [], "", ""
        self.filters, self.phase = board_address.filters_of(query), "loading"
        yield
        self.choices = await self._load(post_views.choices) or Choices()
        self.chips = board_address.chips(self.filters, self.choices)
        if self.phase == "ready":
            await self._search(board_address.place_of(query))

    @rx.event
    @signed_in
    async def search(self, form: SearchForm):
        """Look for words within the filters that hold."""
        filters = replace(self.filters, words=" ".join(form["words"].split()))
        return rx.redirect(board_address.address(filters))

    @rx.event
    @signed_in
    async def narrow(self, value: Chosen, kind: FilterName):
        """Change one filter; an empty value takes it away."""
        return rx.redirect(board_address.address(replace(self.filters, **{kind: value})))

    async def _search(self, place: Place) -> None:
        found = await self._load(board.search, filters=self.filters, place=place) or Board()
        self.jobs = found.jobs
        self.older = found.older and board_address.address(self.filters, before=found.older)
        self.newer = found.newer and board_address.address(self.filters, after=found.newer)
