"""Who came first writes first, also when who has just written comes again at once."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from freelance_app.turnstile import LateError, Turnstile

SOON = 5


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "some.db")


@pytest.fixture(params=["thread", "process"])
def pair(request, path):
    """Return two turnstiles as two threads or two processes have them."""
    mine = Turnstile(path)
    return mine, mine if request.param == "thread" else Turnstile(path)


def test_who_has_just_written_does_not_overtake_who_waits(pair):
    mine, others = pair
    order: list[str] = []
    waits = threading.Event()

    def wait() -> None:
        waits.set()
        with others.passed(SOON):
            order.append("other")

    with mine.passed(SOON):
        other = threading.Thread(target=wait)
        other.start()
        waits.wait()
        time.sleep(0.05)  # it stands at the gate by now
    with mine.passed(SOON):
        order.append("mine")
    other.join()
    assert order == ["other", "mine"]


def test_threads_write_in_the_order_in_which_they_came(path):
    mine, order, threads = Turnstile(path), [], []

    def write(number: int) -> None:
        with mine.passed(SOON):
            order.append(number)

    with mine.passed(SOON):
        for number in range(20):
            threads.append(threading.Thread(target=write, args=(number,)))
            threads[-1].start()
            until_it_waits(mine, number + 1)
    for each in threads:
        each.join()
    assert order == list(range(20))


def until_it_waits(turnstile: Turnstile, how_many: int) -> None:
    until = time.monotonic() + SOON
    while len(turnstile._row._waiting) < how_many:
        assert time.monotonic() < until
        time.sleep(0.001)


def test_one_writes_at_a_time(pair):
    inside, most = 0, 0
    watch = threading.Lock()

    def write(number: int) -> None:
        nonlocal inside, most
        with pair[number % 2].passed(SOON):
            with watch:
                inside += 1
                most = max(most, inside)
            time.sleep(0.001)
            with watch:
                inside -= 1

    with ThreadPoolExecutor(8) as threads:
        assert len(list(threads.map(write, range(80)))) == 80
    assert most == 1


def test_a_turn_that_does_not_come_is_given_up_and_hurts_nobody_after(pair):
    mine, others = pair
    with mine.passed(SOON):
        with pytest.raises(LateError), others.passed(0.05):
            pass
        with pytest.raises(LateError), mine.passed(0.05):
            pass
    for each in pair:
        with each.passed(SOON):
            pass


def test_an_error_inside_gives_the_turn_back(pair):
    with pytest.raises(ValueError, match="mine"), pair[0].passed(SOON):
        raise ValueError("mine")
    with pair[1].passed(SOON):
        pass


def open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def test_no_file_stays_open(path):
    mine = Turnstile(path)
    before = open_files()
    for _ in range(20):
        with mine.passed(SOON):
            pass
    assert open_files() == before
    assert Path(f"{path}-turn").stat().st_mode & 0o077 == 0
