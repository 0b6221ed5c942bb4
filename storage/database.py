"""One SQLite file: opened, migrated, read by several connections and written by one.

Each aiosqlite connection is a thread of its own. An operation, however many statements it has,
is one function that runs there as a whole: a hop between threads costs more than most statements,
and a function that runs to its end cannot be cancelled half-way through a transaction.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from functools import cache, partial
from importlib import resources
from threading import Event
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import aiosqlite

from storage import copies
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
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator
    from pathlib import Path

P = ParamSpec("P")
T = TypeVar("T")

APPLICATION_ID = 0x67616C70  # "galp", in the file's header: this file is an archive
READERS = 2
ROWS_AT_ONCE = 64  # aiosqlite's own default
WRITE = "BEGIN IMMEDIATE"
BUSY_SECONDS = 5.0
ASKED_AGAIN = 0.002  # seconds until a write that has to wait is tried again

TURN_SECONDS = 0.001
"""For how long one of these threads may compute before another gets its turn: with Python's 5 ms
the event loop, which needs several turns to answer, has to wait for up to 20."""

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
READER_PRAGMAS = (
    "PRAGMA query_only = ON",
    # A search touches many pages once: mapped, they are read without being copied.
    "PRAGMA mmap_size = 1073741824",
    "PRAGMA cache_size = -16000",
)

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


class Database:
    """The connections to one open file; made by `open_database`."""

    def __init__(
        self, path: Path, writer: aiosqlite.Connection, readers: list[aiosqlite.Connection]
    ) -> None:
        self.path = path
        self.closing = Event()
        self._writer = writer
        self._idle: asyncio.LifoQueue[aiosqlite.Connection] = asyncio.LifoQueue()
        for reader in readers:
            self._idle.put_nowait(reader)

    async def read(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `work` on a read-only connection, within one snapshot of the archive."""
        reader = await self._idle.get()
        try:
            return await self._run(
                reader, "BEGIN", lambda connection: work(connection, *args, **kwargs)
            )
        finally:
            self._idle.put_nowait(reader)

    async def write(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `work` as one transaction: all of it is kept, or on any error nothing."""
        return await self._run(
            self._writer, WRITE, lambda connection: work(connection, *args, **kwargs)
        )

    async def maintain(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` on the writer outside any transaction, as VACUUM needs it."""
        with translated(self.path):
            return await _in_thread(self._writer, work)

    async def _run(
        self, connection: aiosqlite.Connection, begin: str, work: Callable[[sqlite3.Connection], T]
    ) -> T:
        with translated(self.path):
            done = partial(transaction, begin, work, closing=self.closing)
            return await _in_thread(connection, done)


@asynccontextmanager
async def open_database(path: Path) -> AsyncIterator[Database]:
    """Open (or make) the archive file at `path`, migrated to this program's schema."""
    async with AsyncExitStack() as stack:
        stack.callback(sys.setswitchinterval, sys.getswitchinterval())
        sys.setswitchinterval(TURN_SECONDS)
        with translated(path):
            await asyncio.to_thread(copies.make_private, path)
            writer = await _connect(stack, path, "rwc")
            await _in_thread(writer, partial(prepare, path))
            readers = [await _connect(stack, path, "ro") for _ in range(READERS)]
            for reader in readers:
                await _in_thread(reader, partial(_execute_all, READER_PRAGMAS))
        database = Database(path, writer, readers)
        try:
            yield database
        finally:
            database.closing.set()


async def _connect(stack: AsyncExitStack, path: Path, mode: str) -> aiosqlite.Connection:
    connection = aiosqlite.Connection(partial(connected, path, mode), ROWS_AT_ONCE)
    try:
        return await stack.enter_async_context(connection)
    except BaseException:
        # aiosqlite ends the thread of a failed connection but does not wait for it; once the
        # event loop is closed, that thread would have nobody to tell of its end.
        await asyncio.to_thread(connection._thread.join)  # noqa: SLF001
        raise


def connected(path: Path, mode: str) -> sqlite3.Connection:
    """Return a connection to a file; what of its texts is not UTF-8 reads as U+FFFD."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    connection.text_factory = partial(bytes.decode, encoding="utf-8", errors="replace")
    return connection


async def _in_thread(
    connection: aiosqlite.Connection, work: Callable[[sqlite3.Connection], T]
) -> T:
    """Run `work` in the connection's own thread.

    aiosqlite offers this per statement only; `_execute` is how its own methods do it.
    """
    result: T = await connection._execute(  # type: ignore[no-untyped-call] # noqa: SLF001
        work,
        connection._conn,  # noqa: SLF001
    )
    return result


def transaction(
    begin: str,
    work: Callable[[sqlite3.Connection], T],
    connection: sqlite3.Connection,
    closing: Event | None = None,
) -> T:
    """Run `work` as one transaction, which begins so; waits for no lock once it is `closing`."""
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
    """Begin a transaction that writes, asking often until nobody else is in one.

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


def _execute_all(statements: tuple[str, ...], connection: sqlite3.Connection) -> None:
    for statement in statements:
        connection.execute(statement)


def json_ids(ids: Iterable[int]) -> str:
    """Write ids as JSON, for `json_each`: the same as json.dumps, several times faster."""
    return str([*ids])


def prepare(path: Path, connection: sqlite3.Connection) -> None:
    """Make the writer ready: refuse what is not ours before anything is written to it."""
    identify(connection)
    copies.keep_private(path)
    _execute_all(WRITER_PRAGMAS, connection)
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


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise what SQLite says as an ArchiveError about `path`."""
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
    """Return the ArchiveError for a condition of the file; a mistake of ours stays what it is."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code not in ERRORS:
        return error
    if code == sqlite3.SQLITE_CANTOPEN and not path.parent.is_dir():
        return ArchiveMissing(path.parent)
    if code == sqlite3.SQLITE_CANTOPEN and path.is_dir():
        return NotAnArchive(path)
    return ERRORS[code](path)
