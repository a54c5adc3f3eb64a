"""Every column of words is written over by the hostile texts, or left out for a reason."""

from collections import Counter
from itertools import chain

from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from tests.hostile.texts import LEFT_OUT, LINE_COLUMNS, TEXT_COLUMNS

OF_WORDS = {
    f"{table.name}.{column.name}"
    for table in SQLModel.metadata.sorted_tables
    for column in table.c
    if isinstance(column.type, AutoString)
}
POISONED = [
    f"{table}.{name}"
    for columns in (LINE_COLUMNS, TEXT_COLUMNS)
    for table, names in columns.items()
    for name in names
]
NOT = list(chain.from_iterable(LEFT_OUT.values()))


def is_left_out(column: str) -> bool:
    return column in NOT or column.partition(".")[2] in NOT


def test_every_column_of_words_is_poisoned_or_left_out():
    assert {each for each in OF_WORDS - set(POISONED) if not is_left_out(each)} == set()


def test_no_column_stands_twice_and_none_is_gone():
    assert [each for each in POISONED if is_left_out(each)] == []
    assert [each for each, times in Counter(POISONED + NOT).items() if times > 1] == []
    names = OF_WORDS | {each.partition(".")[2] for each in OF_WORDS}
    assert (set(POISONED) | set(NOT)) - names == set()
