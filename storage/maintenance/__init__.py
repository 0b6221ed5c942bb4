"""What keeps an archive sound: it is brought up to date, kept fast, checked; repair.py mends it."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from storage import links
from storage.database.connection import is_damaged
from storage.errors import ArchiveCorrupt
from storage.posts import rows
from storage.posts.rows import STORED, post_of
from storage.readers import prune_searches
from storage.search import index
from storage.search.index import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Progress: TypeAlias = "Callable[[int, int], None]"
"""Called with how many posts of how many a rebuild of the search index has done."""

INDEXES: Final = ("post_terms", "term_pieces", "link_words")
PAGES: Final = 500
"""Pages of an index that one step writes, which takes some 50 ms."""
NOTHING: Final = 2  # changes that a step makes where there is nothing left to do: its own row

# https://www.sqlite.org/fts5.html#the_merge_command
MERGE: Final = "INSERT INTO {0} ({0}, rank) VALUES ('merge', ?)"
WRITE_BACK = "PRAGMA wal_checkpoint(PASSIVE)"
ORIGINAL_TABLES: Final = (
    "meta",
    "sources",
    "tags",
    "links",
    "posts",
    "album_messages",
    "forgotten",
    "searches",
    "languages",
    "watches",
    "saved_posts",
    "schedules",
    "removed_posts",
    "alerts",
)
"""The tables that follow from nothing else, or whose ids buttons hold; all others can be made."""

INTEGRITY = "PRAGMA integrity_check"
FOREIGN_KEYS = "PRAGMA foreign_key_check"
TEXTS = "SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT'"
KEY = "SELECT name FROM pragma_table_info(?) ORDER BY pk DESC LIMIT 1"
COUNTS = {
    "tags": """
        SELECT count(*) FROM tags
        WHERE posts <> (SELECT count(*) FROM tagged_posts WHERE tag_id = tags.id)
        """,
    "links": """
        SELECT count(*) FROM links
        WHERE shares <> (SELECT count(*) FROM post_links WHERE link_id = links.id)
            OR (shares > 0 AND (newest_ordinal, newest_post_id, newest_position) IS NOT (
                SELECT ordinal, post_id, position FROM post_links WHERE link_id = links.id
                ORDER BY ordinal DESC, post_id DESC, position LIMIT 1))
        """,
    "hosts": """
        SELECT count(*) FROM (
            SELECT 1 FROM (
                SELECT host, count(*) AS links FROM links WHERE shares > 0 GROUP BY host
                UNION ALL SELECT host, links FROM link_hosts)
            GROUP BY host, links HAVING count(*) <> 2)
        """,
    "kinds": """
        SELECT count(*) FROM (
            SELECT 1 FROM (
                SELECT kind, count(*) AS links FROM links WHERE shares > 0 GROUP BY kind
                UNION ALL SELECT kind, links FROM link_kinds)
            GROUP BY kind, links HAVING count(*) <> 2)
        """,
}


def prepare(connection: sqlite3.Connection, tell: Progress | None = None) -> None:
    """Bring a just opened archive up to date with this program."""
    prune_searches(connection)
    if not index.is_current(connection):
        index.rebuild(connection, tell)
    if not links.is_current(connection):
        links.rebuild(connection, rows.stored(connection))


def write_back(connection: sqlite3.Connection) -> None:
    """Write what waits in the log into the file, out of which it is read faster.

    SQLite does so by itself after so many pages that imports seldom wait for it. On a full disk all
    stays in the log, where it is safe and can be searched.
    """
    with suppress(sqlite3.OperationalError):
        connection.execute(WRITE_BACK)


def begin_merging(connection: sqlite3.Connection, table: str) -> bool:
    """Begin to merge all segments of a full-text index; tells whether more is left to do."""
    return _merge(connection, table, -PAGES)


def go_on_merging(connection: sqlite3.Connection, table: str) -> bool:
    """Take the next step; tells whether more is left."""
    return _merge(connection, table, PAGES)


def _merge(connection: sqlite3.Connection, table: str, pages: int) -> bool:
    before = connection.total_changes
    connection.execute(MERGE.format(table), (pages,))
    return connection.total_changes - before >= NOTHING


def check(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return what is wrong with the file, its references and its index, one line each."""
    return damaged(connection) or (*_miscounted(connection), *verify.problems(connection))


def _miscounted(connection: sqlite3.Connection) -> Iterator[str]:
    for what, statement in COUNTS.items():
        (wrong,) = connection.execute(statement).fetchone()
        if wrong:
            yield f"{what}: {wrong} are counted wrongly"


def damaged(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return what is wrong with pages, else with references and values, one line each."""
    try:
        pages = tuple(line for (line,) in connection.execute(INTEGRITY) if line != "ok")
        return pages or (*_references(connection), *_values(connection))
    except sqlite3.DatabaseError as error:
        if not is_damaged(error):
            raise
        return (str(error),)


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for table, rowid, parent, _ in connection.execute(FOREIGN_KEYS):
        yield f"{table} {rowid}: no such {parent}"


def _values(connection: sqlite3.Connection) -> Iterator[str]:
    for table in ORIGINAL_TABLES:
        yield from _not_utf_8(connection, table)
    for id_, *row in connection.execute(STORED):
        try:
            post_of(tuple(row), ())
        except ArchiveCorrupt as error:
            yield f"posts {id_}: {error.__cause__}"


def _not_utf_8(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    """Yield the rows of a table that hold bytes which are no UTF-8."""
    (key,) = connection.execute(KEY, (table,)).fetchone()
    texts = [f"CAST({name} AS BLOB)" for (name,) in connection.execute(TEXTS, (table,))]
    statement = f"SELECT CAST({key} AS TEXT), {', '.join(texts)} FROM {table}"  # noqa: S608 - names
    for id_, *values in connection.execute(statement) if texts else ():
        if not all(map(_is_utf_8, values)):
            yield f"{table} {id_}: not UTF-8"


def _is_utf_8(value: Any) -> bool:  # noqa: ANN401 - a column
    try:
        return value is None or bool(bytes(value).decode() or True)
    except UnicodeDecodeError:
        return False
