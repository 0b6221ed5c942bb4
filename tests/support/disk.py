"""A full disk, as a running bot meets it; and another program that locks its archive."""

from __future__ import annotations

import resource
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.stage import Stage

NO_ROOM = 4096  # bytes of a file that may be written


@contextmanager
def full(stage: Stage) -> Iterator[None]:
    """Let the bot write next to nothing to any file in the block."""
    soft, hard = resource.prlimit(stage.bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(stage.bot.pid, resource.RLIMIT_FSIZE, (NO_ROOM, hard))
    try:
        yield
    finally:
        if stage.bot.is_running:
            resource.prlimit(stage.bot.pid, resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def locked(stage: Stage) -> Iterator[None]:
    """Hold the lock for writing in the block."""
    with closing(sqlite3.connect(stage.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
