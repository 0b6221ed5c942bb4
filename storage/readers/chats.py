"""What chats are told unasked: new posts that answer their watches, digests by the clock.

Nothing is kept of a chat but its id and what it asked for.
"""

from __future__ import annotations

from dataclasses import astuple
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from storage.database.columns import drop_note
from storage.errors import InvalidOperator, TooManyWatches, WatchNotFound
from storage.models import Alert, Schedule, Watch
from storage.search.alerting import answered_by
from storage.search.parse.operators import read
from storage.search.parse.query import parse

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

MOST_WATCHES = 50
ADD_WATCH = """
INSERT INTO watches (chat_id, query, language) VALUES (?, ?, ?)
ON CONFLICT DO UPDATE SET language = excluded.language
"""
WATCH_ID = "SELECT id FROM watches WHERE chat_id = ? AND query = ?"
COUNT_WATCHES = "SELECT count(*) FROM watches WHERE chat_id = ?"
WATCHES = "SELECT id, query, language FROM watches WHERE chat_id = ? ORDER BY id"
REMOVE_WATCH = "DELETE FROM watches WHERE chat_id = ? AND id = ?"
FORGET_WATCHES = "DELETE FROM watches WHERE chat_id = ?"
MOVE_WATCHES = "UPDATE OR IGNORE watches SET chat_id = ? WHERE chat_id = ?"
ALL_WATCHES = "SELECT id, query FROM watches"
NOTE_ALERT = "INSERT INTO alerts (post_id, watch_id) VALUES (?, ?)"
UNTOLD_ALERTS = """
SELECT post_id, chat_id, watches.id, query, language
FROM alerts JOIN watches ON watches.id = watch_id
WHERE (post_id, chat_id) IN (
    SELECT DISTINCT post_id, chat_id FROM alerts JOIN watches ON watches.id = watch_id
    ORDER BY post_id, chat_id LIMIT ?)
ORDER BY post_id, chat_id, watches.id
"""
DROP_ALERT = "DELETE FROM alerts WHERE post_id = ? AND watch_id = ?"
SET_SCHEDULE = """
INSERT OR REPLACE INTO schedules (chat_id, minute, zone, language, weekday) VALUES (?, ?, ?, ?, ?)
"""
REMOVE_SCHEDULE = "DELETE FROM schedules WHERE chat_id = ?"
MOVE_SCHEDULE = "UPDATE OR REPLACE schedules SET chat_id = ? WHERE chat_id = ?"
# One transaction at a time writes: of several programs that ask, one is given the digest.
CLAIM_DIGEST = """
INSERT INTO meta (name, value) SELECT 'digest of ' || chat_id, ? FROM schedules
WHERE (chat_id, minute, zone, language) = (?, ?, ?, ?) AND weekday IS ?
ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value
RETURNING name
"""
ALL_SCHEDULES = "SELECT chat_id, minute, zone, language, weekday FROM schedules ORDER BY chat_id"


def add_watch(
    connection: sqlite3.Connection, chat_id: int, query: str, language: str | None
) -> Watch:
    """Let a chat watch for a query. Raises InvalidQuery or TooManyWatches.

    An operator that means nothing is refused: left out, it would have every post told.
    """
    for demand in parse(query).demands:
        if read(demand) is None:
            raise InvalidOperator(query, demand.operator, demand.value)
    query = " ".join(query.split())
    connection.execute(ADD_WATCH, (chat_id, query, language))
    if connection.execute(COUNT_WATCHES, (chat_id,)).fetchone()[0] > MOST_WATCHES:
        raise TooManyWatches(MOST_WATCHES)
    (id_,) = connection.execute(WATCH_ID, (chat_id, query)).fetchone()
    return Watch(id=id_, query=query, language=language)


def watches_of(connection: sqlite3.Connection, chat_id: int) -> tuple[Watch, ...]:
    """Return what a chat watches for, oldest first."""
    rows = connection.execute(WATCHES, (chat_id,))
    return tuple(Watch(id=id_, query=query, language=spoken) for id_, query, spoken in rows)


def remove_watch(connection: sqlite3.Connection, chat_id: int, watch_id: int) -> None:
    """Stop one watch of a chat. Raises WatchNotFound."""
    if not connection.execute(REMOVE_WATCH, (chat_id, watch_id)).rowcount:
        raise WatchNotFound(watch_id)


def forget_watches(connection: sqlite3.Connection, chat_id: int) -> None:
    """Stop all watches of a chat."""
    connection.execute(FORGET_WATCHES, (chat_id,))


def move_watches(connection: sqlite3.Connection, chat_id: int, new_id: int) -> None:
    """Keep the watches of a group that has got another id."""
    connection.execute(MOVE_WATCHES, (new_id, chat_id))
    forget_watches(connection, chat_id)


def watches_answered(connection: sqlite3.Connection, post_id: int) -> frozenset[int]:
    """Return the ids of the watches whose query a post answers."""
    rows = connection.execute(ALL_WATCHES).fetchall()
    queries = answered_by(connection, post_id, {query for _, query in rows}) if rows else ()
    return frozenset(id_ for id_, query in rows if query in queries)


def note_alerts(connection: sqlite3.Connection, post_id: int, answered: frozenset[int]) -> None:
    """Store alerts for the watches that a post answers now, but for those `answered` before."""
    new = watches_answered(connection, post_id) - answered
    connection.executemany(NOTE_ALERT, ((post_id, id_) for id_ in sorted(new)))


def untold_alerts(connection: sqlite3.Connection, limit: int) -> tuple[Alert, ...]:
    """Return some alerts that were not sent yet, those of the oldest posts first."""
    rows = connection.execute(UNTOLD_ALERTS, (limit,)).fetchall()
    return tuple(
        Alert(
            post_id=post_id,
            chat_id=chat_id,
            watches=tuple(
                Watch(id=id_, query=query, language=spoken) for _, _, id_, query, spoken in group
            ),
        )
        for (post_id, chat_id), group in groupby(rows, itemgetter(0, 1))
    )


def drop_alert(connection: sqlite3.Connection, alert: Alert) -> None:
    """Remove an alert that was sent."""
    connection.executemany(DROP_ALERT, ((alert.post_id, watch.id) for watch in alert.watches))


def set_schedule(connection: sqlite3.Connection, schedule: Schedule) -> None:
    """Let a chat have a digest by the clock, in place of another."""
    connection.execute(SET_SCHEDULE, astuple(schedule))


def remove_schedule(connection: sqlite3.Connection, chat_id: int) -> bool:
    """Let a chat have no digest by the clock any more; returns whether it had one."""
    drop_note(connection, f"digest of {chat_id}")
    return connection.execute(REMOVE_SCHEDULE, (chat_id,)).rowcount > 0


def move_schedule(connection: sqlite3.Connection, chat_id: int, new_id: int) -> None:
    """Keep the schedule of a group that has got another id."""
    drop_note(connection, f"digest of {chat_id}")
    connection.execute(MOVE_SCHEDULE, (new_id, chat_id))


def claim_digest(connection: sqlite3.Connection, schedule: Schedule, day: date) -> bool:
    """Claim the digest of a day; returns False if another program has, or the schedule has changed.

    Only who gets True sends the digest: so it is sent once, whatever is restarted meanwhile.
    """
    values = (f"{day} {schedule.minute}", *astuple(schedule))
    return bool(connection.execute(CLAIM_DIGEST, values).fetchall())


def all_schedules(connection: sqlite3.Connection) -> tuple[Schedule, ...]:
    """Return the schedules of all chats."""
    return tuple(
        Schedule(chat_id=chat_id, minute=minute, zone=zone, language=language, weekday=weekday)
        for chat_id, minute, zone, language, weekday in connection.execute(ALL_SCHEDULES)
    )
