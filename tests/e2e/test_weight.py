"""Every page stays within the budget of its first load: scripts, styles, fonts, requests."""

import pytest

from tests.e2e.test_every_page import PAGES, address
from tests.e2e.weight import FONT, SCRIPT, STYLE, Scales

MOST_KIB = {SCRIPT: 180, STYLE: 20, FONT: 50}
MOST_REQUESTS = 16


@pytest.mark.parametrize("email", PAGES, ids=lambda email: email.split("@")[0] or "guest")
def test_every_page_is_within_its_budget(email, server, visit, person):
    page = person(email) if email else visit(server, expected=["404"])
    scales = Scales(page)
    faults = []
    for pattern in PAGES[email]:
        load = scales.weigh(address(server, email, pattern))
        found = {kind: load.kib(kind) for kind in MOST_KIB}
        assert found[SCRIPT] > 100, "the scripts were not counted"
        too_heavy = [
            f"{found[kind]:.0f} KiB {kind}" for kind in found if found[kind] > MOST_KIB[kind]
        ]
        if len(load.paths) > MOST_REQUESTS:
            too_heavy.append(f"{len(load.paths)} requests")
        faults += [f"{pattern}: {fault}" for fault in too_heavy]
    assert faults == []
