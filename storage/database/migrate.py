"""The schema: whether a file is an archive, how it gets this version; copies of the file."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import suppress
from functools import cache, partial
from importlib import resources
from itertools import count
from typing import TYPE_CHECKING, Final

from storage.database.connection import WRITE, execute_all, transaction
from storage.errors import (
    ArchiveError,
    ArchiveMissing,
    ArchiveReadOnly,
    DiskFull,
    FileInTheWay,
    NotAnArchive,
    SchemaTooNew,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

logger = logging.getLogger(__name__)

OWNER_ALONE: Final = 0o600
OWNER: Final = 0o700
EVERYBODY: Final = 0o007
COPY: Final = "VACUUM INTO CAST(? AS TEXT)"  # bytes: the name of a file may not be UTF-8

# What concerns the copy, not the archive, by SQLite's primary result code.
FAILURES: Final[dict[int, type[ArchiveError]]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_IOERR: DiskFull,
    sqlite3.SQLITE_CANTOPEN: ArchiveReadOnly,
}
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


def make_private(path: Path) -> None:
    """Make a file that nobody but its owner may read, for SQLite to fill, if there is none.

    SQLite gives the log and the index of the log beside it the same rights. What cannot be made
    here is left for SQLite to complain of.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, OWNER_ALONE))


def keep_private(path: Path) -> None:
    """Take from everybody else the right to read an archive, and what SQLite has beside it.

    Files that all may read are how programs make them by default. Where only the group may,
    somebody has meant that, and it stays so.
    """
    for file in (path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm"))):
        with suppress(OSError):  # it does not exist, or belongs to somebody else
            rights = file.stat().st_mode & 0o777
            if rights & EVERYBODY:
                file.chmod(rights & OWNER)
                logger.warning("%s could be read by everybody; now by its owner alone", file)


def write_copy(connection: sqlite3.Connection, path: Path) -> None:
    """Write a compact copy to a new file; the file appears only when it is complete.

    Raises FileInTheWay, ArchiveMissing for the folder, or DiskFull or ArchiveReadOnly for the copy.
    """
    if path.exists():
        raise FileInTheWay(path)
    if not path.parent.is_dir():
        raise ArchiveMissing(path.parent)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        make_private(part)
        connection.execute(COPY, (os.fsencode(part),))
        part.rename(path)
    except sqlite3.OperationalError as error:
        kind = FAILURES.get(error.sqlite_errorcode & 0xFF)
        if kind is None:
            raise
        raise kind(path) from error
    finally:
        part.unlink(missing_ok=True)


def keep_before_migration(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Copy the archive at `path`, of this version of the schema, to a file beside it."""
    names = (f"{path.name}-v{version}{f'.{number}' if number else ''}" for number in count())
    copy = next(file for file in map(path.with_name, names) if not file.exists())
    write_copy(connection, copy)
    logger.warning(
        "The archive is of an older version and is brought up to date; as it was, it is kept in %s",
        copy,
    )


def prepare(path: Path, connection: sqlite3.Connection) -> None:
    """Make the writer ready: refuse what is not ours before anything is written to it."""
    identify(connection)
    keep_private(path)
    execute_all(WRITER_PRAGMAS, connection)
    version = schema_version(connection)
    if 0 < version < len(migrations()):
        keep_before_migration(connection, path, version)
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
    folder = resources.files("storage.database") / "migrations"
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
