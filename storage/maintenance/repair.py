"""Mends an archive: all that follows from its posts is made anew, the posts themselves are rescued.

A file whose pages are whole is mended where it is, in one transaction, while other programs use it.
Of a damaged one, every row that can be read goes into a new file, which then takes the old one's
place, again in one transaction; for that, no other program may have it open.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import defaultdict
from contextlib import closing, contextmanager
from functools import partial
from mmap import ACCESS_READ, mmap
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from storage import links, maintenance, tags
from storage.database import columns
from storage.database.btrees import Pages
from storage.database.connection import connected, is_damaged, transaction, translated
from storage.database.migrate import APPLICATION_ID, make_private, migrate, migrations, prepare
from storage.errors import ArchiveCorrupt, NotAnArchive, SchemaTooNew
from storage.models import Repaired
from storage.posts import rows
from storage.posts.copies import fingerprint, opening_key
from storage.posts.rows import STORED, TEXT, details_of, post_of
from storage.search import index

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from storage.database.btrees import Record

SCHEMA: Final = 1  # the page that the list of tables begins with
BY_TIME: Final = "posts_by_time"
"""The index from which ids of posts are read where the pages of the posts are damaged."""

FEWEST_STORED: Final = 16
"""Columns of a post as the first program wrote it; migrations have appended others."""

COLUMN_TYPES = "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid"
PYTHON_TYPES: Final[dict[str, type]] = {"INTEGER": int, "TEXT": str, "BLOB": bytes}
CLEAR = (
    "DELETE FROM post_tags",
    "DELETE FROM post_topics",
    "DELETE FROM post_links",
    "UPDATE tags SET posts = 0",
    "UPDATE links SET shares = 0",
    "DELETE FROM link_hosts",
    "DELETE FROM link_kinds",
    "INSERT INTO link_words (link_words) VALUES ('rebuild')",
    "DELETE FROM meaning_vectors",
    "DELETE FROM meaning_parts",
    "INSERT OR IGNORE INTO meaning_pending SELECT id FROM posts",
)
IDS = "SELECT id FROM posts"
FORGOTTEN = "SELECT fingerprint FROM forgotten"
# What pointed to rows that are lost.
UNTIE = (
    """
    INSERT INTO sources (id, title, kind)
    SELECT DISTINCT source_id, 'Source ' || source_id, 'channel' FROM posts
    WHERE source_id NOT IN (SELECT id FROM sources)
    """,
    """
    UPDATE posts SET reply_post_id = NULL
    WHERE reply_post_id IS NOT NULL AND reply_post_id NOT IN (SELECT id FROM posts)
    """,
    "DELETE FROM album_messages WHERE source_id NOT IN (SELECT id FROM sources)",
    """
    DELETE FROM album_messages
    WHERE post_id IS NOT NULL AND post_id NOT IN (SELECT id FROM posts)
    """,
    "DELETE FROM removed_posts WHERE source_id NOT IN (SELECT id FROM sources)",
    """
    DELETE FROM saved_posts WHERE post_id NOT IN (
        SELECT id FROM posts UNION SELECT post_id FROM forgotten WHERE post_id IS NOT NULL)
    """,
    """
    DELETE FROM alerts
    WHERE post_id NOT IN (SELECT id FROM posts) OR watch_id NOT IN (SELECT id FROM watches)
    """,
)
RAISE_LAST_ID = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?"
SET_KEYS = "UPDATE posts SET fingerprint = ?, opening = ?, details = ? WHERE id = ?"
SET_PLAIN = """
UPDATE posts SET entities = NULL, hidden_urls = NULL, cards = NULL, media_kind = NULL,
    media_names = NULL, reacted = NULL, thumbnail = NULL
WHERE id = ?
"""


def repair(path: Path, tell: maintenance.Progress | None = None) -> Repaired:
    """Mend the archive at `path`; `tell` is called with how many posts, of how many, are reindexed.

    Raises what opening it would, but for ArchiveCorrupt; ArchiveBusy as well if it is damaged and
    another program has it open.
    """
    with translated(path):
        try:
            with closing(connected(path, "rw")) as connection:
                prepare(path, connection)
                if not maintenance.damaged(connection):
                    transaction("BEGIN IMMEDIATE", partial(_make_anew, tell=tell), connection)
                    maintenance.write_back(connection)
                    return Repaired()
        except sqlite3.DatabaseError as error:
            if not is_damaged(error):
                raise
        return _rescue(path, tell)


def _make_anew(connection: sqlite3.Connection, tell: maintenance.Progress | None) -> None:
    """Derive hashtags, topics, links and the search index from the posts again."""
    for statement in CLEAR:
        connection.execute(statement)
    tags.find_hashtags_anew(connection)
    tags.give_topics_anew(connection)
    links.rebuild(connection, rows.stored(connection))
    index.rebuild(connection, tell)


def _rescue(path: Path, tell: maintenance.Progress | None) -> Repaired:
    """Fill the archive again with what can be read of it; the damaged file is kept beside it."""
    with (
        _alone(path) as damaged,
        TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as folder,
        closing(connected(Path(folder) / path.name, "rwc")) as new,
    ):
        new.execute("PRAGMA journal_mode = OFF")  # if this is broken off, it is done again
        lost = _fill(new, path, tell)
        copy = _copy_of(path)
        new.backup(damaged)
    return Repaired(rescued=True, lost=lost, damaged=str(copy))


@contextmanager
def _alone(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file that no other program has open, nor can open in the block; its log is empty."""
    with closing(connected(path, "rw")) as connection:
        connection.execute("PRAGMA writable_schema = ON")  # the list of tables may be damaged
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        yield connection


def _copy_of(path: Path) -> Path:
    """Copy a file to a name beside it that is free."""
    names = (f"{path.name}.damaged{number or ''}" for number in range(path.stat().st_ino))
    copy = next(path.with_name(name) for name in names if not path.with_name(name).exists())
    make_private(copy)
    shutil.copyfile(path, copy)
    return copy


def _fill(new: sqlite3.Connection, path: Path, tell: maintenance.Progress | None) -> int:
    """Write what can be read of a file into a new one; returns how many posts cannot be."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        migrate(new, _version(content))
        transaction("BEGIN", lambda _: _copy_rows(new, Pages(content)), new)
        indexed = _posts_by_index(Pages(content))
    migrate(new)
    for statement in UNTIE:
        new.execute(statement)
    transaction("BEGIN", _set_keys, new)
    _check_vocabulary(new)
    lost = len(indexed - {id_ for (id_,) in new.execute(IDS)})
    transaction("BEGIN", partial(_make_anew, tell=tell), new)
    return lost


def _version(content: mmap) -> int:
    """Return how many migrations a file has seen, by its header."""
    if int.from_bytes(content[68:72], "big") != APPLICATION_ID:
        raise NotAnArchive
    version = int.from_bytes(content[60:64], "big")
    if version > len(migrations()):
        raise SchemaTooNew
    return version


def _copy_rows(new: sqlite3.Connection, pages: Pages) -> None:
    """Copy the tables that cannot be derived, and posts on pages that no tree leads to."""
    roots = _roots(pages)
    for table in maintenance.ORIGINAL_TABLES:
        _insert(new, table, pages.rows(roots[table]))
    forgotten = {key for (key,) in new.execute(FORGOTTEN)} if _columns(new, "forgotten") else set()
    _insert(new, "posts", (row for row in pages.lost() if _is_post(row, forgotten)))
    for row in pages.rows(roots["sqlite_sequence"]):
        name, last = row.values[:2]
        new.execute(RAISE_LAST_ID, (last, name))


def _roots(pages: Pages) -> defaultdict[str, int]:
    """Return the root page of each table and index; 0 where it cannot be read."""
    roots: defaultdict[str, int] = defaultdict(int)
    for row in pages.rows(SCHEMA):
        match row.values:
            case [str(), str(name), str(), int(root), *_]:
                roots[name] = root
    return roots


def _is_post(row: Record, forgotten: set[bytes]) -> bool:
    """Tell whether a row from a page outside all trees is a post that was not forgotten."""
    if len(row.values) < FEWEST_STORED:
        return False
    id_, source_id, _, key, _, text, _, _, ordinal = row.values[:9]
    kinds = tuple(map(type, (id_, source_id, key, text, ordinal)))
    return kinds == (type(None), int, bytes, str, int) and key not in forgotten


def _insert(new: sqlite3.Connection, table: str, rows: Iterable[Record]) -> None:
    """Write rows into a table, but for those that break its rules."""
    columns = _columns(new, table)
    for row in rows if columns else ():
        values = [
            _fitting(value, type_, row.rowid if is_key else None)
            for value, (_, type_, is_key) in zip(row.values, columns, strict=False)
        ]
        names = ", ".join(name for name, _, _ in columns[: len(values)])
        marks = ", ".join("?" * len(values))
        new.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608 - names of the schema


def _columns(new: sqlite3.Connection, table: str) -> list[tuple[str, str, int]]:
    """Return name and type of a table's columns, and the place of its key; empty for no table."""
    return new.execute(COLUMN_TYPES, (table,)).fetchall()


def _fitting(value: object, type_: str, rowid: int | None) -> object:
    """Return a value if it is of its column's type, else None; an integer key is the rowid."""
    if value is None and rowid:
        return rowid
    return value if isinstance(value, PYTHON_TYPES[type_]) else None


def _posts_by_index(pages: Pages) -> set[int]:
    """Return the ids of all posts by the index of their dates, as far as that can be read."""
    found = (row.values[1] for row in pages.rows(_roots(pages)[BY_TIME]))
    return {id_ for id_ in found if isinstance(id_, int)}


def _check_vocabulary(new: sqlite3.Connection) -> None:
    """Drop the note of the vocabulary if it makes no sense; the program notes it again."""
    try:
        tags.vocabulary_in_use(new)
    except (LookupError, TypeError, ValueError):
        columns.drop_note(new, tags.NOTE)


def _set_keys(new: sqlite3.Connection) -> None:
    """Derive the keys of posts again; drop entities and media that cannot be read."""
    for id_, *row in new.execute(STORED).fetchall():
        try:
            details = details_of(post_of(tuple(row), ()))
        except ArchiveCorrupt:
            new.execute(SET_PLAIN, (id_,))
            details = None
        text = str(row[TEXT])
        new.execute(SET_KEYS, (fingerprint(text), opening_key(text), details, id_))
