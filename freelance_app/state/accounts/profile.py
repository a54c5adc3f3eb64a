"""State of the person's own settings: name, time zone, language, roles."""

import reflex as rx
from typing_extensions import TypedDict

from freelance_app.security.policy import signed_in
from freelance_app.services.accounts import parties, people
from freelance_app.services.accounts.parties import PartyView
from freelance_app.services.accounts.people import ProfileView
from freelance_app.state.base import AppState, FormMixin, PageMixin
from freelance_app.state.feedback import focus_first_error, toast
from freelance_app.state.instance.shell import ShellState
from freelance_app.text import _


class ProfileForm(TypedDict):
    """What the form sends."""

    name: str
    zone: str


class ProfileState(PageMixin, FormMixin, AppState):
    """The person's account and the parties that the person acts for."""

    profile: ProfileView = ProfileView()
    parties: list[PartyView] = []
    is_freelancer_too: bool = False

    @rx.event
    @signed_in
    async def enter(self):
        """Load account and parties."""
        if not self._stays():
            self.profile, self.parties, self.phase = ProfileView(), [], "loading"
            self.errors = {}
            yield
        self.parties = await self._load(parties.list_for) or []
        self.is_freelancer_too = any(not party.is_company for party in self.parties)
        self.profile = await self._load(people.profile) or ProfileView()

    @rx.event
    @signed_in
    async def save(self, form: ProfileForm):
        """Change name and time zone."""
        arguments = {"name": form["name"], "zone": form["zone"]}
        saved = await self._try_write(people.change_profile, **arguments)
        if saved is None:
            return focus_first_error()
        self.profile, self.name = saved, saved.name
        return [toast.success(_("Saved.")), ShellState.enter]
