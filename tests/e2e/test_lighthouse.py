"""Lighthouse finds nothing to say of accessibility and best practices, on any page.

Its performance scatters by five points from run to run and falls on a busy machine, so the weight
is held instead (test_weight.py). The end of the run prints the scores, as `python -m bench.weight`.
"""

import os

import pytest

from freelance_app import routes
from tests.e2e.demo import address
from tests.e2e.lighthouse import FORMS, PERFORMANCE, judge
from tests.e2e.test_every_page import EXISTING

IS_FULL = os.environ.get("HARBOUR_PROOF") == "full"
SHORT = [("ingrid@example.org", routes.HOME)]


@pytest.mark.prove
@pytest.mark.parametrize("form", FORMS if IS_FULL else ["phone"])
@pytest.mark.parametrize(
    ("email", "pattern"),
    EXISTING if IS_FULL else SHORT,
    ids=lambda value: value.split("@")[0] or "guest",
)
def test_lighthouse_finds_nothing(email, pattern, form, server, person, scores):
    cookies = person(email).context.cookies() if email else []
    cookie = next((each["value"] for each in cookies if each["name"] == "sid"), "")
    found = judge(server, address(server, email, pattern), cookie=cookie, form=form)
    scores[form][f"{pattern} as {email.split('@')[0] or 'guest'}"] = found.scores[PERFORMANCE]
    best = {name: 100 for name in found.scores if name != PERFORMANCE}
    assert (found.faults, found.scores | best) == ([], found.scores)
