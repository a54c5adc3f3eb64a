"""Choices of the forms about an instance and a person: zones, currencies, who may sign up."""

from babel.numbers import get_currency_name

from freelance_app.services.instance import instances
from freelance_app.text import _, locale_of_actor

ZONES = [(zone, zone.replace("_", " ")) for zone in instances.zones()]
CURRENCIES = [
    (code, f"{code} · {get_currency_name(code, locale=locale_of_actor())}")
    for code in instances.CURRENCIES
]
SIGN_UP = [
    ("open", _("Everybody")),
    ("closed", _("Nobody, the market is closed")),
]
