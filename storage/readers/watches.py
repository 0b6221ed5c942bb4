"""Searches that watch: a chat is told when a new post answers one.

Nothing is kept of a chat but its id and what it asked for.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from storage.errors import TooManyWatches, WatchNotFound
from storage.models import Alert, Watch
from storage.search.alerting import answered_by
from storage.search.parse.query import parse

if TYPE_CHECKING:
    import sqlite3

MOST_PER_CHAT = 50
ADD = """
INSERT INTO watches (chat_id, query, language) VALUES (?, ?, ?)
ON CONFLICT DO UPDATE SET language = excluded.language
"""
ID = "SELECT id FROM watches WHERE chat_id = ? AND query = ?"
COUNT = "SELECT count(*) FROM watches WHERE chat_id = ?"
LISTED = "SELECT id, query, language FROM watches WHERE chat_id = ? ORDER BY id"
REMOVE = "DELETE FROM watches WHERE chat_id = ? AND id = ?"
FORGET = "DELETE FROM watches WHERE chat_id = ?"
MOVE = "UPDATE OR IGNORE watches SET chat_id = ? WHERE chat_id = ?"
ALL = "SELECT id, query FROM watches"
NOTE = "INSERT INTO alerts (post_id, watch_id) VALUES (?, ?)"
UNTOLD = """
SELECT post_id, chat_id, watches.id, query, language
FROM alerts JOIN watches ON watches.id = watch_id
WHERE (post_id, chat_id) IN (
    SELECT DISTINCT post_id, chat_id FROM alerts JOIN watches ON watches.id = watch_id
    ORDER BY post_id, chat_id LIMIT ?)
ORDER BY post_id, chat_id, watches.id
"""
TOLD = "DELETE FROM alerts WHERE post_id = ? AND watch_id = ?"


def add(connection: sqlite3.Connection, chat_id: int, query: str, language: str | None) -> Watch:
    """Let a chat watch for a query. Raises InvalidQuery or TooManyWatches."""
    parse(query)
    query = " ".join(query.split())
    connection.execute(ADD, (chat_id, query, language))
    if connection.execute(COUNT, (chat_id,)).fetchone()[0] > MOST_PER_CHAT:
        raise TooManyWatches(MOST_PER_CHAT)
    (id_,) = connection.execute(ID, (chat_id, query)).fetchone()
    return Watch(id=id_, query=query, language=language)


def listed(connection: sqlite3.Connection, chat_id: int) -> tuple[Watch, ...]:
    """Return what a chat watches for, oldest first."""
    rows = connection.execute(LISTED, (chat_id,))
    return tuple(Watch(id=id_, query=query, language=spoken) for id_, query, spoken in rows)


def remove(connection: sqlite3.Connection, chat_id: int, watch_id: int) -> None:
    """Stop one watch of a chat. Raises WatchNotFound."""
    if not connection.execute(REMOVE, (chat_id, watch_id)).rowcount:
        raise WatchNotFound(watch_id)


def forget(connection: sqlite3.Connection, chat_id: int) -> None:
    """Stop all watches of a chat."""
    connection.execute(FORGET, (chat_id,))


def move(connection: sqlite3.Connection, chat_id: int, new_id: int) -> None:
    """Keep the watches of a group that has got another id."""
    connection.execute(MOVE, (new_id, chat_id))
    forget(connection, chat_id)


def note(connection: sqlite3.Connection, post_id: int) -> None:
    """Store an alert for each watch whose query a new post answers."""
    rows = connection.execute(ALL).fetchall()
    answered = answered_by(connection, post_id, {query for _, query in rows}) if rows else ()
    connection.executemany(NOTE, ((post_id, id_) for id_, query in rows if query in answered))


def untold(connection: sqlite3.Connection, limit: int) -> tuple[Alert, ...]:
    """Return some alerts that were not sent yet, those of the oldest posts first."""
    rows = connection.execute(UNTOLD, (limit,)).fetchall()
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


def told(connection: sqlite3.Connection, alert: Alert) -> None:
    """Remove an alert that was sent."""
    connection.executemany(TOLD, ((alert.post_id, watch.id) for watch in alert.watches))
