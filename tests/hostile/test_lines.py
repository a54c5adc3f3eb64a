"""One-line texts keep nothing that turns, hides or breaks them, whichever form they came by.

Names, titles and references stand beside other words: a mark that turns the direction would turn
those too. Texts in Markdown lose such marks when they are shown.
"""

import asyncio
import inspect
import unicodedata

import pytest
from sqlmodel import SQLModel

from freelance_app import db
from freelance_app.security import guard
from tests.hostile.texts import LINE_COLUMNS
from tests.snapshot import Snapshot, snapshot
from tests.state.events import cookie_of, open_tab
from tests.state.examples import Call
from tests.state.handlers import CLOSED, fn_of, prepared, short, wire

MARKS = "a\u202e\u2066\u200b\u2060\ufeff\x07\nb"
FORMS = [name for name in CLOSED if "form" in inspect.signature(fn_of(name)).parameters]


def bad_lines() -> set[str]:
    """Return the columns in which a line holds a mark of no script, but for joiners of letters."""
    found: set[str] = set()
    with db.engine.connect() as connection:
        for table, names in LINE_COLUMNS.items():
            for name in names:
                column = SQLModel.metadata.tables[table].c[name]
                values = connection.execute(column.table.select().with_only_columns(column))
                found |= {f"{table}.{name}" for value in values.scalars() if has_marks(value or "")}
    return found


def has_marks(line: str) -> bool:
    return any(
        unicodedata.category(char) in {"Cc", "Cf"} and char not in "\u200c\u200d" for char in line
    )


def test_marks_are_seen():
    assert has_marks("a\u202eb")
    assert has_marks("a\nb")
    assert not has_marks("मि\u200dx")


def is_taken(call: Call, field: str, answer: str, before: Snapshot) -> bool:
    """Whether a form did what it is for, or was refused with words beside its field."""
    if any(words in answer for words in guard.REFUSALS):
        return False
    is_done = snapshot() != before if call.changes else answer != "[]"
    return is_done or f"'errors_rx_state_': {{'{field}': " in answer


@pytest.mark.parametrize("name", FORMS, ids=short)
def test_no_line_keeps_a_mark(name, sqlite):
    lines = bad_lines()
    fields = list(prepared(name)[1].payload.get("form", {}))
    taken: set[str] = set()
    for field in fields:
        _world, call = prepared(name)
        form = call.payload["form"] | {field: f"{call.payload['form'][field]} {MARKS}"}
        call.payload["form"] = form
        cookie, before = cookie_of(call.by), snapshot()

        async def walk(call=call, cookie=cookie) -> str:
            async with open_tab(cookie, call.path) as tab:
                return await tab.act(name, **wire(name, call))

        if is_taken(call, field, asyncio.run(walk()), before):
            taken.add(field)
    assert taken, f"no form with a mark in one of {fields} came to its service"
    assert bad_lines() - lines == set()
