"""Pages by key: the rows before or after one that is known, so page 200 costs what page 1 costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import tuple_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar


class Keyed(Protocol):
    """A row whose id grows with time; another column, mostly `public_id`, stands in addresses."""

    id: int


Row = TypeVar("Row", bound=Keyed)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page starts: the public id of the row that it comes before, or after, in time."""

    before: str = ""
    after: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], *, prefix: str = "") -> "Place":
        """Read a place from an address; a prefix tells the lists of one page apart."""
        return cls(query.get(f"{prefix}before", ""), query.get(f"{prefix}after", ""))


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
    name: str = "public_id",
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
        name: the unique column that stands in addresses.
    """
    keys = [col(getattr(table, each)) for each in (by, "id") if each]
    names = col(getattr(table, name))
    key = tuple_(*keys)
    if place.after:
        above = query.where(key > _keys_of(keys, names == place.after))
        rising = above.order_by(*[each.asc() for each in keys])
        newer = list(session.exec(rising.limit(most + 1)))
        if len(newer) > most:
            return _page(newer[:most][::-1], name, has_newer=True, has_older=True)
    below = query.where(key < _keys_of(keys, names == place.before)) if place.before else query
    falling = below.order_by(*[each.desc() for each in keys])
    found = list(session.exec(falling.limit(most + 1)))
    return _page(found[:most], name, has_newer=bool(place.before), has_older=len(found) > most)


def by_id(session: Session, table: type[Row], ids: Iterable[int]) -> dict[int, Row]:
    """Return the rows that a page's rows point to, in one query for the whole page."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = session.exec(select(table).where(col(table.id).in_(wanted)))
    return {row.id: row for row in rows}


def _page(rows: list[Row], name: str, *, has_newer: bool, has_older: bool) -> Page[Row]:
    if not rows:
        return Page(rows)
    older = getattr(rows[-1], name) if has_older else ""
    return Page(rows, older, getattr(rows[0], name) if has_newer else "")


def _keys_of(keys: list[Any], known: Any) -> Any:
    return tuple_(*[select(each).where(known).scalar_subquery() for each in keys])
