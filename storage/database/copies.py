"""Copies of an archive's file: backups, and how it was before a migration."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Final

from storage.errors import (
    ArchiveError,
    ArchiveMissing,
    ArchiveReadOnly,
    DiskFull,
    FileInTheWay,
)

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)

OWNER_ALONE: Final = 0o600
OWNER: Final = 0o700
EVERYBODY: Final = 0o007
COPY: Final = "VACUUM INTO CAST(? AS TEXT)"  # names of files may be no UTF-8

# What concerns the copy, not the archive, by SQLite's primary result code.
FAILURES: Final[dict[int, type[ArchiveError]]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_IOERR: DiskFull,
    sqlite3.SQLITE_CANTOPEN: ArchiveReadOnly,
}


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
        with suppress(OSError):  # it is not there, or somebody else's
            rights = file.stat().st_mode & 0o777
            if rights & EVERYBODY:
                file.chmod(rights & OWNER)
                logger.warning("%s could be read by everybody; now by its owner alone", file)


def write(connection: sqlite3.Connection, path: Path) -> None:
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
    write(connection, copy)
    logger.warning(
        "The archive is of an older version and is brought up to date; as it was, it is kept in %s",
        copy,
    )
