"""Dates as columns hold them: Unix seconds, or NULL where none is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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
