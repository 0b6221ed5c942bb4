"""The schema: a file is told to be an archive, and brought to this program's version of it."""

from __future__ import annotations

import sqlite3
from functools import cache, partial
from importlib import resources
from typing import TYPE_CHECKING

from storage.database import copies
from storage.database.connection import WRITE, execute_all, transaction
from storage.errors import NotAnArchive, SchemaTooNew

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPLICATION_ID = 0x67616C70  # "galp", in the file's header: this file is an archive

WRITER_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    # The log beside the file stays below 16 MB, but for an import, whose transactions are larger;
    # after that it is cut back.
    "PRAGMA wal_autocheckpoint = 2000",
    "PRAGMA journal_size_limit = 16000000",
    # An import adds to every part of the index at once.
    "PRAGMA cache_size = -32000",
)


def prepare(path: Path, connection: sqlite3.Connection) -> None:
    """Make the writer ready: refuse what is not ours before anything is written to it."""
    identify(connection)
    copies.keep_private(path)
    execute_all(WRITER_PRAGMAS, connection)
    version = schema_version(connection)
    if 0 < version < len(migrations()):
        copies.keep_before_migration(connection, path, version)
    migrate(connection)


def identify(connection: sqlite3.Connection) -> None:
    """Raise NotAnArchive, or SchemaTooNew, unless the file is empty or an archive we know."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and (application or tables):
        raise NotAnArchive
    if application == APPLICATION_ID and schema_version(connection) > len(migrations()):
        raise SchemaTooNew


def schema_version(connection: sqlite3.Connection) -> int:
    """Return how many migrations the file has seen."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


@cache
def migrations() -> tuple[str, ...]:
    """Return the migrations' SQL; the first brings a file to version 1, and so on."""
    folder = resources.files("storage") / "migrations"
    files = sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql"))
    return tuple((folder / name).read_text(encoding="utf-8") for name in files)


def migrate(connection: sqlite3.Connection, until: int | None = None) -> None:
    """Bring the file to this program's schema, or an older one, one transaction a migration."""
    for version in range(schema_version(connection), until or len(migrations())):
        transaction(WRITE, partial(_migrate_one, version), connection)


def _migrate_one(version: int, connection: sqlite3.Connection) -> None:
    if schema_version(connection) != version:
        return  # another process was first, while this one waited for the lock
    for statement in _statements(migrations()[version]):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version + 1}")


def _statements(script: str) -> Iterator[str]:
    """Split a script: executescript() would end the transaction it is meant to run in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
