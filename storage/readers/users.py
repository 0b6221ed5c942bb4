"""What is kept for the people who ask: stored searches, their language, the posts they saved."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from datetime import date
from typing import TYPE_CHECKING

from storage.database.columns import json_ids
from storage.errors import SearchNotFound, TooManySaved
from storage.models import Page, Search, SearchKind
from storage.posts import read as posts

if TYPE_CHECKING:
    import sqlite3

    from storage.models import Post

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


def remember_search(connection: sqlite3.Connection, search: Search, now: int) -> str:
    """Store a search as used at `now` (Unix seconds); returns its id."""
    id_ = search_id(search)
    until = search.until.isoformat() if search.until else None
    values = (search.kind, search.query, json_ids(search.tag_ids), search.days, until)
    connection.execute(REMEMBER, (id_, *values, now))
    return id_


def recall_search(connection: sqlite3.Connection, id_: str) -> Search:
    """Return a stored search. Raises SearchNotFound."""
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
    """Drop the searches longest unused beyond the most to keep."""
    connection.execute(PRUNE, (most - 1,))


def language_of(connection: sqlite3.Connection, user_id: int) -> str | None:
    """Return the language code that a user chose, if any."""
    row = connection.execute(LANGUAGE, (user_id,)).fetchone()
    return None if row is None else str(row[0])


def set_language(connection: sqlite3.Connection, user_id: int, code: str) -> None:
    """Remember the language code that a user chose."""
    connection.execute(SET_LANGUAGE, (user_id, code))


def turn_saved(connection: sqlite3.Connection, user_id: int, post_id: int, now: int) -> bool:
    """Save a post for a user, or take it from the list if it is there; returns whether it is now.

    Raises PostNotFound or TooManySaved.
    """
    posts.get(connection, post_id)
    if connection.execute(UNSAVE, (user_id, post_id)).rowcount:
        return False
    if count_saved(connection, user_id) >= MOST_SAVED:
        raise TooManySaved(MOST_SAVED)
    connection.execute(SAVE, (user_id, post_id, now))
    return True


def is_saved(connection: sqlite3.Connection, user_id: int, post_id: int) -> bool:
    """Return whether a user has saved a post."""
    return connection.execute(IS_SAVED, (user_id, post_id)).fetchone() is not None


def count_saved(connection: sqlite3.Connection, user_id: int) -> int:
    """Return how many posts a user has saved."""
    return int(connection.execute(COUNT_SAVED, (user_id,)).fetchone()[0])


def saved_page(connection: sqlite3.Connection, user_id: int, limit: int, offset: int) -> Page[Post]:
    """Return some of a user's posts, those saved last first."""
    ids = [post_id for (post_id,) in connection.execute(SAVED, (user_id, limit, offset))]
    items = posts.get_all(connection, ids)
    return Page(items=items, total=count_saved(connection, user_id), offset=offset)


def forget_saved(connection: sqlite3.Connection, user_id: int) -> None:
    """Forget what a user has saved."""
    connection.execute(FORGET_SAVED, (user_id,))
