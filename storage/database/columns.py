"""Values as columns hold them (dates as Unix seconds, ids as JSON), and rows by their ids."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Row: TypeAlias = tuple[Any, ...]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def date_of(seconds: object) -> datetime | None:
    """Return the date that a column holds; None for what lies outside the years 1 to 9999."""
    try:
        return EPOCH + timedelta(seconds=seconds) if isinstance(seconds, int) else None
    except OverflowError:
        return None


def seconds_of(date: datetime | None) -> int | None:
    """Return what a column holds for a date."""
    return None if date is None else int(date.timestamp())


def json_ids(ids: Iterable[int]) -> str:
    """Write ids as JSON, for `json_each`: the same as json.dumps, several times faster."""
    return str([*ids])


def gathered(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    """Group rows by their first column, an id; an id without rows has an empty list."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for id_, *row in rows:
        found[id_].append(tuple(row))
    return found
