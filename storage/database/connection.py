"""One connection to an archive's file: how it is opened, its transactions, what can go wrong."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from storage.errors import (
    ArchiveBusy,
    ArchiveCorrupt,
    ArchiveError,
    ArchiveMissing,
    ArchiveReadOnly,
    DiskFull,
    NotAnArchive,
    SchemaTooNew,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

T = TypeVar("T")

WRITE = "BEGIN IMMEDIATE"
BUSY_SECONDS = 5.0
ASKED_AGAIN = 0.002  # seconds until a write that has to wait is tried again

# By SQLite's primary result code: https://www.sqlite.org/rescode.html
ERRORS: dict[int, type[ArchiveError]] = {
    sqlite3.SQLITE_PERM: ArchiveReadOnly,
    sqlite3.SQLITE_BUSY: ArchiveBusy,
    sqlite3.SQLITE_LOCKED: ArchiveBusy,
    sqlite3.SQLITE_READONLY: ArchiveReadOnly,
    sqlite3.SQLITE_IOERR: DiskFull,
    sqlite3.SQLITE_CORRUPT: ArchiveCorrupt,
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_CANTOPEN: ArchiveReadOnly,
    sqlite3.SQLITE_NOTADB: NotAnArchive,
}


def connected(path: Path, mode: str) -> sqlite3.Connection:
    """Return a connection to a file; bytes of texts that are not UTF-8 read as U+FFFD."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    connection.text_factory = partial(bytes.decode, encoding="utf-8", errors="replace")
    return connection


def transaction(
    begin: str,
    work: Callable[[sqlite3.Connection], T],
    connection: sqlite3.Connection,
    closing: Event | None = None,
) -> T:
    """Run `work` in a transaction begun by `begin`; waits for no lock once `closing` is set."""
    if begin == WRITE:
        _take_turn(connection, closing or Event())
    else:
        connection.execute(begin)
    try:
        result = work(connection)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    return result


def _take_turn(connection: sqlite3.Connection, closing: Event) -> None:
    """Begin a write transaction, trying every 2 ms while another program is in one.

    SQLite asks ever more seldom, at last ten times a second, and so misses the short moments that
    an import leaves between its batches, until it gives up.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute(WRITE)
            except sqlite3.OperationalError as error:
                is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not is_busy or time.monotonic() > deadline or closing.wait(ASKED_AGAIN):
                    raise
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout = {1000 * BUSY_SECONDS:.0f}")


def execute_all(statements: tuple[str, ...], connection: sqlite3.Connection) -> None:
    """Run statements that return nothing, one after the other."""
    for statement in statements:
        connection.execute(statement)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn errors of SQLite in the block into ArchiveErrors about `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise _archive_error(error, path) from error
    except (NotAnArchive, SchemaTooNew, ArchiveCorrupt) as error:
        raise type(error)(path) from error


def is_damaged(error: sqlite3.Error) -> bool:
    """Whether an error tells of a damaged file: not that it is locked, or the disk full."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code == sqlite3.SQLITE_CORRUPT or code not in ERRORS


def _archive_error(error: sqlite3.Error, path: Path) -> Exception:
    """Return the ArchiveError for what is wrong with the file; any other error as it is."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code not in ERRORS:
        return error
    if code == sqlite3.SQLITE_CANTOPEN and not path.parent.is_dir():
        return ArchiveMissing(path.parent)
    if code == sqlite3.SQLITE_CANTOPEN and path.is_dir():
        return NotAnArchive(path)
    return ERRORS[code](path)
