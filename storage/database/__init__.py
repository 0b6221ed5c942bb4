"""The archive's one SQLite file, opened: one connection that writes, and several that read.

Each aiosqlite connection is a thread of its own. An operation, however many statements it has,
is one function that runs there as a whole: a hop between threads costs more than most statements,
and a function that runs to its end cannot be cancelled half-way through a transaction.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import aiosqlite

from storage.database.connection import WRITE, connected, execute_all, transaction, translated
from storage.database.migrate import make_private, prepare

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

P = ParamSpec("P")
T = TypeVar("T")

READERS = 2
ROWS_AT_ONCE = 64  # aiosqlite's own default

TURN_SECONDS = 0.001
"""For how long one of these threads may compute before another gets its turn: with Python's 5 ms
the event loop, which needs several turns to answer, has to wait for up to 20."""

READER_PRAGMAS = (
    "PRAGMA query_only = ON",
    # A search touches many pages once: mapped, they are read without being copied.
    "PRAGMA mmap_size = 1073741824",
    "PRAGMA cache_size = -16000",
)


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
        self._quiet = asyncio.Event()
        self._quiet.set()

    async def quiet(self, seconds: float) -> None:
        """Wait until no search is under way, nor anything else that reads, but not for longer."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._quiet.wait()

    async def read(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `work` on a read-only connection, within one snapshot of the archive."""
        reader = await self._idle.get()
        self._quiet.clear()
        try:
            return await self._run(
                reader, "BEGIN", lambda connection: work(connection, *args, **kwargs)
            )
        finally:
            self._idle.put_nowait(reader)
            if self._idle.qsize() == READERS:
                self._quiet.set()

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
            await asyncio.to_thread(make_private, path)
            writer = await _connect(stack, path, "rwc")
            await _in_thread(writer, partial(prepare, path))
            readers = [await _connect(stack, path, "ro") for _ in range(READERS)]
            for reader in readers:
                await _in_thread(reader, partial(execute_all, READER_PRAGMAS))
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
