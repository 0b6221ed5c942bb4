"""Digests by the clock."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a chat wants a digest, and in which language.

    `weekday` is 0 for Monday, None for every day; `minute` is the minute of the day in the time
    zone, which has a name of the IANA database.
    """

    chat_id: int
    minute: int
    zone: str
    language: str
    weekday: int | None = None

    @property
    def days(self) -> int:
        """How many days such a digest is about."""
        return 1 if self.weekday is None else 7
