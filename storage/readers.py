"""What the archive keeps for those who use the bot, and the part of its front door that keeps it.

Of a user, that is the searches behind buttons, the language and the saved posts; of a chat, its
watches, the alerts that are still to be sent, and its schedule of digests. Nothing else is known of
either but the id.
"""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from dataclasses import astuple
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from storage import posts
from storage.database.columns import drop_note, json_ids
from storage.errors import (
    InvalidOperator,
    SearchNotFound,
    TooManySaved,
    TooManyWatches,
    WatchNotFound,
)
from storage.models import Alert, Page, Schedule, Search, SearchKind, Watch
from storage.search.alerting import answered_by
from storage.search.parse import parse
from storage.search.parse.operators import read

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from storage.database import Database
    from storage.models import Post


class ForReaders:
    """What `Archive` keeps for readers and chats."""

    _database: Database
    _clock: Callable[[], float]

    async def remember(self, search: Search) -> str:
        """Store a search for its buttons; returns its id, 8 characters of A-Z a-z 0-9 _ -."""
        return await self._database.write(_remember_search, search, int(self._clock()))

    async def recall(self, search_id: str) -> Search:
        """Return a stored search. Raises SearchNotFound."""
        return await self._database.read(_recall_search, search_id)

    async def language(self, user_id: int) -> str | None:
        """Return the language code that a user chose, if any."""
        return await self._database.read(_language_of, user_id)

    async def set_language(self, user_id: int, language: str) -> None:
        """Remember the language code that a user chose."""
        await self._database.write(_set_language, user_id, language)

    async def toggle_saved(self, user_id: int, post_id: int) -> bool:
        """Save a post for a user, or no longer; returns whether it is saved now.

        Raises PostNotFound or TooManySaved.
        """
        return await self._database.write(_toggle_saved, user_id, post_id, int(self._clock()))

    async def is_saved(self, user_id: int, post_id: int) -> bool:
        """Return whether a user has saved a post."""
        return await self._database.read(_is_saved, user_id, post_id)

    async def saved(self, user_id: int, *, limit: int = 5, offset: int = 0) -> Page[Post]:
        """Return the posts that a user has saved, those saved last first."""
        return await self._database.read(_saved_page, user_id, limit, offset)

    async def watch(self, chat_id: int, query: str, language: str | None = None) -> Watch:
        """Let a chat be told, in this language, of new posts that answer a query.

        Raises InvalidQuery, or TooManyWatches.
        """
        return await self._database.write(_add_watch, chat_id, query, language)

    async def watches(self, chat_id: int) -> tuple[Watch, ...]:
        """Return what a chat watches for, oldest first."""
        return await self._database.read(_watches_of, chat_id)

    async def unwatch(self, chat_id: int, watch_id: int) -> None:
        """Stop a watch of a chat. Raises WatchNotFound."""
        await self._database.write(_remove_watch, chat_id, watch_id)

    async def alerts(self, *, limit: int = 100) -> tuple[Alert, ...]:
        """Return some alerts that are still to be told, of the oldest posts first.

        There is one for each chat that watches for something that a post which came live answers.
        """
        return await self._database.read(_untold_alerts, limit)

    async def set_told(self, alert: Alert) -> None:
        """Note that an alert was told, so that it is told no more."""
        await self._database.write(_drop_alert, alert)

    async def schedule(self, schedule: Schedule) -> None:
        """Let a chat have digests by the clock, in place of those that it had."""
        await self._database.write(_set_schedule, schedule)

    async def unschedule(self, chat_id: int) -> bool:
        """Let a chat have no digests by the clock; returns whether it had any."""
        return await self._database.write(_remove_schedule, chat_id)

    async def claim_digest(self, schedule: Schedule, day: date) -> bool:
        """Return whether this program is to send that day's digest: True for one program, once."""
        return await self._database.write(_claim_digest, schedule, day)

    async def schedules(self) -> tuple[Schedule, ...]:
        """Return the digests by the clock of all chats."""
        return await self._database.read(_all_schedules)

    async def forget_chat(self, chat_id: int) -> None:
        """Forget all that is kept of a chat."""
        await self._database.write(_forget_watches, chat_id)
        await self._database.write(_remove_schedule, chat_id)
        await self._database.write(_forget_saved, chat_id)

    async def move_chat(self, chat_id: int, new_id: int) -> None:
        """Move all that is kept of a group to the new id that it has got."""
        await self._database.write(_move_watches, chat_id, new_id)
        await self._database.write(_move_schedule, chat_id, new_id)


# What is kept of users: searches behind buttons, languages, saved posts.

ID_BYTES = 6  # 8 characters; two searches in 16 million share an id, then the newer has it
MOST_SEARCHES = 100_000
MOST_SAVED = 500  # posts of a user

REMEMBER = """
INSERT OR REPLACE INTO searches (id, kind, query, tag_ids, days, until, used_at)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
RECALL = "SELECT kind, query, tag_ids, days, until FROM searches WHERE id = ?"
PRUNE = """
DELETE FROM searches WHERE used_at < (
    SELECT used_at FROM searches ORDER BY used_at DESC LIMIT 1 OFFSET ?)
"""
LANGUAGE = "SELECT language FROM languages WHERE user_id = ?"
SET_LANGUAGE = """
INSERT INTO languages (user_id, language) VALUES (?, ?)
ON CONFLICT (user_id) DO UPDATE SET language = excluded.language
"""
UNSAVE = "DELETE FROM saved_posts WHERE user_id = ? AND post_id = ?"
SAVE = "INSERT INTO saved_posts (user_id, post_id, saved_at) VALUES (?, ?, ?)"
# A forgotten post may come back, and is saved then as before.
COUNT_SAVED = """
SELECT count(*) FROM saved_posts JOIN posts ON posts.id = post_id WHERE user_id = ?
"""
IS_SAVED = "SELECT 1 FROM saved_posts WHERE user_id = ? AND post_id = ?"
SAVED = """
SELECT post_id FROM saved_posts JOIN posts ON posts.id = post_id WHERE user_id = ?
ORDER BY saved_at DESC, post_id DESC LIMIT ? OFFSET ?
"""
FORGET_SAVED = "DELETE FROM saved_posts WHERE user_id = ?"


def search_id(search: Search) -> str:
    """Return the id of a search: a hash, so that asking again makes no new row.

    It also means that nobody can list what others asked by counting up.
    """
    fields = (search.kind, search.query, *search.tag_ids, search.days, search.until)
    content = "\0".join(str(field) for field in fields if field is not None).encode()
    return urlsafe_b64encode(hashlib.blake2b(content, digest_size=ID_BYTES).digest()).decode()


def _remember_search(connection: sqlite3.Connection, search: Search, now: int) -> str:
    id_ = search_id(search)
    until = search.until.isoformat() if search.until else None
    values = (search.kind, search.query, json_ids(search.tag_ids), search.days, until)
    connection.execute(REMEMBER, (id_, *values, now))
    return id_


def _recall_search(connection: sqlite3.Connection, id_: str) -> Search:
    row = connection.execute(RECALL, (id_,)).fetchone()
    if row is None:
        raise SearchNotFound(id_)
    kind, query, tag_ids, days, until = row
    return Search(
        kind=SearchKind(kind),
        query=query,
        tag_ids=tuple(json.loads(tag_ids)),
        days=days,
        until=date.fromisoformat(until) if until else None,
    )


def prune_searches(connection: sqlite3.Connection, most: int = MOST_SEARCHES) -> None:
    """Keep the `most` searches that were used last, and drop all others."""
    connection.execute(PRUNE, (most - 1,))


def _language_of(connection: sqlite3.Connection, user_id: int) -> str | None:
    row = connection.execute(LANGUAGE, (user_id,)).fetchone()
    return None if row is None else str(row[0])


def _set_language(connection: sqlite3.Connection, user_id: int, code: str) -> None:
    connection.execute(SET_LANGUAGE, (user_id, code))


def _toggle_saved(connection: sqlite3.Connection, user_id: int, post_id: int, now: int) -> bool:
    posts.get(connection, post_id)
    if connection.execute(UNSAVE, (user_id, post_id)).rowcount:
        return False
    if _count_saved(connection, user_id) >= MOST_SAVED:
        raise TooManySaved(MOST_SAVED)
    connection.execute(SAVE, (user_id, post_id, now))
    return True


def _is_saved(connection: sqlite3.Connection, user_id: int, post_id: int) -> bool:
    return connection.execute(IS_SAVED, (user_id, post_id)).fetchone() is not None


def _count_saved(connection: sqlite3.Connection, user_id: int) -> int:
    return int(connection.execute(COUNT_SAVED, (user_id,)).fetchone()[0])


def _saved_page(
    connection: sqlite3.Connection, user_id: int, limit: int, offset: int
) -> Page[Post]:
    ids = [post_id for (post_id,) in connection.execute(SAVED, (user_id, limit, offset))]
    items = posts.get_all(connection, ids)
    return Page(items=items, total=_count_saved(connection, user_id), offset=offset)


def _forget_saved(connection: sqlite3.Connection, user_id: int) -> None:
    connection.execute(FORGET_SAVED, (user_id,))


# What is kept of chats: watches, alerts, schedules of digests.

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


def _add_watch(
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


def _watches_of(connection: sqlite3.Connection, chat_id: int) -> tuple[Watch, ...]:
    rows = connection.execute(WATCHES, (chat_id,))
    return tuple(Watch(id=id_, query=query, language=spoken) for id_, query, spoken in rows)


def _remove_watch(connection: sqlite3.Connection, chat_id: int, watch_id: int) -> None:
    if not connection.execute(REMOVE_WATCH, (chat_id, watch_id)).rowcount:
        raise WatchNotFound(watch_id)


def _forget_watches(connection: sqlite3.Connection, chat_id: int) -> None:
    connection.execute(FORGET_WATCHES, (chat_id,))


def _move_watches(connection: sqlite3.Connection, chat_id: int, new_id: int) -> None:
    connection.execute(MOVE_WATCHES, (new_id, chat_id))
    _forget_watches(connection, chat_id)


def watches_answered(connection: sqlite3.Connection, post_id: int) -> frozenset[int]:
    """Return the ids of the watches whose query a post answers."""
    rows = connection.execute(ALL_WATCHES).fetchall()
    queries = answered_by(connection, post_id, {query for _, query in rows}) if rows else ()
    return frozenset(id_ for id_, query in rows if query in queries)


def note_alerts(connection: sqlite3.Connection, post_id: int, answered: frozenset[int]) -> None:
    """Store alerts for the watches that a post answers now, but for those `answered` before."""
    new = watches_answered(connection, post_id) - answered
    connection.executemany(NOTE_ALERT, ((post_id, id_) for id_ in sorted(new)))


def _untold_alerts(connection: sqlite3.Connection, limit: int) -> tuple[Alert, ...]:
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


def _drop_alert(connection: sqlite3.Connection, alert: Alert) -> None:
    connection.executemany(DROP_ALERT, ((alert.post_id, watch.id) for watch in alert.watches))


def _set_schedule(connection: sqlite3.Connection, schedule: Schedule) -> None:
    connection.execute(SET_SCHEDULE, astuple(schedule))


def _remove_schedule(connection: sqlite3.Connection, chat_id: int) -> bool:
    drop_note(connection, f"digest of {chat_id}")
    return connection.execute(REMOVE_SCHEDULE, (chat_id,)).rowcount > 0


def _move_schedule(connection: sqlite3.Connection, chat_id: int, new_id: int) -> None:
    drop_note(connection, f"digest of {chat_id}")
    connection.execute(MOVE_SCHEDULE, (new_id, chat_id))


def _claim_digest(connection: sqlite3.Connection, schedule: Schedule, day: date) -> bool:
    """Claim the digest of a day; returns False if another program has, or the schedule has changed.

    Only who gets True sends the digest: so it is sent once, whatever is restarted meanwhile.
    """
    values = (f"{day} {schedule.minute}", *astuple(schedule))
    return bool(connection.execute(CLAIM_DIGEST, values).fetchall())


def _all_schedules(connection: sqlite3.Connection) -> tuple[Schedule, ...]:
    return tuple(
        Schedule(chat_id=chat_id, minute=minute, zone=zone, language=language, weekday=weekday)
        for chat_id, minute, zone, language, weekday in connection.execute(ALL_SCHEDULES)
    )
