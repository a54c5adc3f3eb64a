"""Pages by key: the rows before or after one that is known, so page 200 costs what page 1 costs."""

from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import tuple_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar


class Keyed(Protocol):
    """A row whose id grows with time and whose public id stands in addresses."""

    id: int
    public_id: str


Row = TypeVar("Row", bound=Keyed)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page starts: the public id of the row that it comes before, or after, in time."""

    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows with the newest first; the keys lead to older and newer pages, empty for none."""

    rows: list[Row]
    older: str = ""
    newer: str = ""


FIRST = Place()


def read(
    session: Session,
    query: SelectOfScalar[Row],
    table: type[Row],
    *,
    place: Place,
    most: int,
    by: str = "",
) -> Page[Row]:
    """Return a page, ordered by ids, or by a moment and then by ids.

    Args:
        session: a read is enough.
        query: the rows that the caller may see, without an order.
        table: what the query selects.
        place: where the page starts; the first page by default.
        most: rows of a page.
        by: the column of the moment, which every row of the query has; an index must begin with
            what the query holds equal, this column and the id.
    """
    keys = [col(getattr(table, name)) for name in (by, "id") if name]
    key = tuple_(*keys)
    if place.after:
        above = query.where(key > _keys_of(table, keys, place.after))
        rising = above.order_by(*[each.asc() for each in keys])
        newer = list(session.exec(rising.limit(most + 1)))
        if len(newer) > most:
            return _page(newer[:most][::-1], has_newer=True, has_older=True)
    below = query.where(key < _keys_of(table, keys, place.before)) if place.before else query
    falling = below.order_by(*[each.desc() for each in keys])
    found = list(session.exec(falling.limit(most + 1)))
    return _page(found[:most], has_newer=bool(place.before), has_older=len(found) > most)


def _page(rows: list[Row], *, has_newer: bool, has_older: bool) -> Page[Row]:
    if not rows:
        return Page(rows)
    older = rows[-1].public_id if has_older else ""
    return Page(rows, older, rows[0].public_id if has_newer else "")


def _keys_of(table: Any, keys: list[Any], public_id: str) -> Any:
    known = table.public_id == public_id
    return tuple_(*[select(each).where(known).scalar_subquery() for each in keys])
