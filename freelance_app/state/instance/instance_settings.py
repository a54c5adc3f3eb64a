"""State of the administrator's page for the instance itself."""

import reflex as rx
from typing_extensions import TypedDict

from freelance_app.security.policy import staff
from freelance_app.services.instance import instances
from freelance_app.services.instance.instances import InstanceForm
from freelance_app.state.base import AppState, FormMixin, PageMixin
from freelance_app.state.feedback import focus_first_error, toast
from freelance_app.text import _


class SettingsForm(TypedDict):
    """What the form sends."""

    instance_name: str
    time_zone: str
    currency: str
    sign_up: str
    bank_holder: str
    bank_account: str
    bank_code: str
    bank_name: str
    payout_wait_days: str


class InstanceSettingsState(PageMixin, FormMixin, AppState):
    """The settings of the instance."""

    form: InstanceForm = InstanceForm()

    @rx.event
    @staff("administrator", page_tells=True)
    async def enter(self):
        """Load the settings."""
        if not self._stays():
            self.form, self.phase, self.errors = InstanceForm(), "loading", {}
            yield
        self.form = await self._load(instances.form_of) or InstanceForm()

    @rx.event
    @staff("administrator")
    async def save(self, form: SettingsForm):
        """Change the settings."""
        saved = await self._try_write(instances.change, form=InstanceForm(**form))
        if saved is None:
            return focus_first_error()
        self.form = saved
        return toast.success(_("Saved."))
