"""Pages by key: the rows before or after one that is known, so page 200 costs what page 1 costs."""

from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

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
    session: Session, query: SelectOfScalar[Row], table: type[Row], *, place: Place, most: int
) -> Page[Row]:
    """Return a page, ordered by ids.

    Args:
        session: a read is enough.
        query: the rows that the caller may see, without an order.
        table: what the query selects.
        place: where the page starts; the first page by default.
        most: rows of a page.
    """
    key = col(table.id)
    if place.after:
        above = query.where(key > _id_of(table, place.after)).order_by(key.asc())
        newer = list(session.exec(above.limit(most + 1)))
        if len(newer) > most:
            return _page(newer[:most][::-1], has_newer=True, has_older=True)
    below = query.where(key < _id_of(table, place.before)) if place.before else query
    found = list(session.exec(below.order_by(key.desc()).limit(most + 1)))
    return _page(found[:most], has_newer=bool(place.before), has_older=len(found) > most)


def _page(rows: list[Row], *, has_newer: bool, has_older: bool) -> Page[Row]:
    if not rows:
        return Page(rows)
    older = rows[-1].public_id if has_older else ""
    return Page(rows, older, rows[0].public_id if has_newer else "")


def _id_of(table: Any, public_id: str) -> Any:
    return select(table.id).where(table.public_id == public_id).scalar_subquery()
