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
    """Rows in the order of their list; the keys lead to older and newer pages, empty for none."""

    rows: list[Row]
    older: str = ""
    newer: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """Which rows of a list come first, by ids, or by a moment and then by ids.

    Attributes:
        by: the column of the moment, which every row of the query has; an index must begin with
            what the query holds equal, this column and the id.
        oldest_first: for rows that wait for an act, so that who has waited longest is on top.
    """

    by: str = ""
    oldest_first: bool = False


FIRST = Place()
NEWEST, OLDEST = Order(), Order(oldest_first=True)


def read(
    session: Session,
    query: SelectOfScalar[Row],
    table: type[Row],
    *,
    place: Place,
    most: int,
    order: Order = NEWEST,
    name: str = "public_id",
) -> Page[Row]:
    """Return a page.

    Args:
        session: a read is enough.
        query: the rows that the caller may see, without an order.
        table: what the query selects.
        place: where the page starts; the first page by default.
        most: rows of a page.
        order: which rows come first.
        name: the unique column that stands in addresses.
    """
    keys = [col(getattr(table, each)) for each in (order.by, "id") if each]
    names = col(getattr(table, name))
    key = tuple_(*keys)

    def few(known: str, *, rising: bool) -> list[Row]:
        edge = _keys_of(keys, names == known)
        beyond = query.where(key > edge if rising else key < edge) if known else query
        ordered = beyond.order_by(*[each.asc() if rising else each.desc() for each in keys])
        return list(session.exec(ordered.limit(most + 1)))

    on, back = place.before, place.after
    if order.oldest_first:
        on, back = back, on
    if back:
        found = few(back, rising=not order.oldest_first)
        if len(found) > most:
            return _page(found[:most][::-1], name, order, is_first=False, is_last=False)
    found = few(on, rising=order.oldest_first)
    return _page(found[:most], name, order, is_first=not on, is_last=len(found) <= most)


def by_id(session: Session, table: type[Row], ids: Iterable[int]) -> dict[int, Row]:
    """Return the rows that a page's rows point to, in one query for the whole page."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = session.exec(select(table).where(col(table.id).in_(wanted)))
    return {row.id: row for row in rows}


def _page(rows: list[Row], name: str, order: Order, *, is_first: bool, is_last: bool) -> Page[Row]:
    if not rows:
        return Page(rows)
    back = "" if is_first else getattr(rows[0], name)
    on = "" if is_last else getattr(rows[-1], name)
    return Page(rows, back, on) if order.oldest_first else Page(rows, on, back)


def _keys_of(keys: list[Any], known: Any) -> Any:
    return tuple_(*[select(each).where(known).scalar_subquery() for each in keys])
