"""One server under attack for most tests, its sockets without a limit."""

from collections.abc import Iterator

import pytest

from tests.hostile.target import Target, aimed


@pytest.fixture(scope="module")
def target(built, tmp_path_factory) -> Iterator[Target]:
    """Serve the tests' own data, from the production build."""
    with aimed(tmp_path_factory.mktemp("hostile")) as running:
        yield running
