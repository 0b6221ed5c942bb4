"""Which chats want a digest by the clock; nothing else is kept of them."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

from storage.models import Schedule

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

SET = """
INSERT OR REPLACE INTO schedules (chat_id, minute, zone, language, weekday) VALUES (?, ?, ?, ?, ?)
"""
REMOVE = "DELETE FROM schedules WHERE chat_id = ?"
MOVE = "UPDATE OR REPLACE schedules SET chat_id = ? WHERE chat_id = ?"
# One transaction at a time writes: of several programs that ask, one is given the digest.
CLAIM = """
INSERT INTO meta (name, value) SELECT 'digest of ' || chat_id, ? FROM schedules
WHERE (chat_id, minute, zone, language) = (?, ?, ?, ?) AND weekday IS ?
ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value
RETURNING name
"""
DROP_CLAIM = "DELETE FROM meta WHERE name = 'digest of ' || ?"
ALL = "SELECT chat_id, minute, zone, language, weekday FROM schedules ORDER BY chat_id"


def put(connection: sqlite3.Connection, schedule: Schedule) -> None:
    """Let a chat have a digest by the clock, in place of another."""
    connection.execute(SET, astuple(schedule))


def remove(connection: sqlite3.Connection, chat_id: int) -> bool:
    """Let a chat have none any more; returns whether it had one."""
    connection.execute(DROP_CLAIM, (chat_id,))
    return connection.execute(REMOVE, (chat_id,)).rowcount > 0


def move(connection: sqlite3.Connection, chat_id: int, new_id: int) -> None:
    """Keep the schedule of a group that has got another id."""
    connection.execute(DROP_CLAIM, (chat_id,))
    connection.execute(MOVE, (new_id, chat_id))


def claim(connection: sqlite3.Connection, schedule: Schedule, day: date) -> bool:
    """Claim the digest of a day; returns False if another program has, or the schedule has changed.

    Only who gets True sends the digest: so it is sent once, whatever is restarted meanwhile.
    """
    values = (f"{day} {schedule.minute}", *astuple(schedule))
    return bool(connection.execute(CLAIM, values).fetchall())


def listed(connection: sqlite3.Connection) -> tuple[Schedule, ...]:
    """Return the schedules of all chats."""
    return tuple(
        Schedule(chat_id=chat_id, minute=minute, zone=zone, language=language, weekday=weekday)
        for chat_id, minute, zone, language, weekday in connection.execute(ALL)
    )
