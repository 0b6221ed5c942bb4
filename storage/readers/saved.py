"""Posts that readers keep to read later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.errors import TooManySaved
from storage.models import Page
from storage.posts import read as posts

if TYPE_CHECKING:
    import sqlite3

    from storage.models import Post

MOST_PER_USER = 500

REMOVE = "DELETE FROM saved_posts WHERE user_id = ? AND post_id = ?"
ADD = "INSERT INTO saved_posts (user_id, post_id, saved_at) VALUES (?, ?, ?)"
COUNT = "SELECT count(*) FROM saved_posts WHERE user_id = ?"
LISTED = """
SELECT post_id FROM saved_posts WHERE user_id = ?
ORDER BY saved_at DESC, post_id DESC LIMIT ? OFFSET ?
"""
FORGET = "DELETE FROM saved_posts WHERE user_id = ?"


def turn(connection: sqlite3.Connection, user_id: int, post_id: int, now: int) -> bool:
    """Save a post for a user, or take it from the list if it is there; returns whether it is now.

    Raises PostNotFound or TooManySaved.
    """
    if connection.execute(REMOVE, (user_id, post_id)).rowcount:
        return False
    posts.get(connection, post_id)
    if count(connection, user_id) >= MOST_PER_USER:
        raise TooManySaved(MOST_PER_USER)
    connection.execute(ADD, (user_id, post_id, now))
    return True


def count(connection: sqlite3.Connection, user_id: int) -> int:
    """Return how many posts a user has saved."""
    return int(connection.execute(COUNT, (user_id,)).fetchone()[0])


def page(connection: sqlite3.Connection, user_id: int, limit: int, offset: int) -> Page[Post]:
    """Return some of a user's posts, those saved last first."""
    ids = [post_id for (post_id,) in connection.execute(LISTED, (user_id, limit, offset))]
    items = posts.get_all(connection, ids)
    return Page(items=items, total=count(connection, user_id), offset=offset)


def forget(connection: sqlite3.Connection, user_id: int) -> None:
    """Forget what a user has saved."""
    connection.execute(FORGET, (user_id,))
