"""Dates as columns hold them: Unix seconds, or NULL where none is known."""

from __future__ import annotations

from datetime import UTC, datetime


def date_of(seconds: object) -> datetime | None:
    """Return the date that a column holds."""
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None


def seconds_of(date: datetime | None) -> int | None:
    """Return what a column holds for a date."""
    return None if date is None else int(date.timestamp())
