"""Stored searches for the buttons below answers: sending an answer never waits for the disk.

A search gets its id at once and is stored behind it, as a rule before its answer is sent. While
the archive cannot be written, searches are kept in memory: their buttons work until a restart, and
all that is kept is stored as soon as that can be done.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from storage import UNWRITABLE, search_id

if TYPE_CHECKING:
    from storage import Archive, Search

logger = logging.getLogger(__name__)

MOST_KEPT: Final = 10_000  # searches in memory, the newest
PATIENCE: Final = 0.25  # seconds that an answer waits for its search to be stored
STORE_AGAIN: Final = 2.0  # seconds until storing is tried again
LAST_SECONDS: Final = 0.3  # for a last try when the program ends


class Searches:
    """The searches of an archive, and in memory those that are not stored, or not yet."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._kept: dict[str, Search] = {}
        self._to_store: dict[str, asyncio.Event] = {}
        self._storing: asyncio.Task[None] | None = None
        self._failing = False

    def note(self, search: Search) -> str:
        """Keep a search in memory alone, as one that is still being typed; returns its id."""
        id_ = search_id(search)
        self._kept.pop(id_, None)
        self._kept[id_] = search
        if len(self._kept) > MOST_KEPT:
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            self._to_store.pop(oldest, None)
        return id_

    async def remember(self, search: Search) -> str:
        """Store a search whose buttons are about to be sent; returns its id."""
        id_ = self.note(search)
        stored = self._to_store.setdefault(id_, asyncio.Event())
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store_all())
        if not self._failing:
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await stored.wait()
        return id_

    async def recall(self, id_: str) -> Search:
        """Return a search, for a page that has its buttons again. Raises SearchNotFound."""
        kept = self._kept.get(id_)
        if kept is None:
            return await self._archive.recall(id_)
        await self.remember(kept)
        return kept

    async def close(self) -> None:
        """Try a last time, if only briefly, to store what is kept for buttons."""
        if self._storing is not None and not self._storing.done():
            self._storing.cancel()
            await asyncio.wait([self._storing])
        with suppress(*UNWRITABLE, TimeoutError):
            async with asyncio.timeout(LAST_SECONDS):
                while self._to_store:
                    await self._store(next(iter(self._to_store)))

    async def _store_all(self) -> None:
        while self._to_store:
            try:
                await self._store(next(iter(self._to_store)))
            except UNWRITABLE as error:
                self._tell_failing(type(error).__name__)
                await asyncio.sleep(STORE_AGAIN)
            else:
                self._failing = False

    async def _store(self, id_: str) -> None:
        await self._archive.remember(self._kept[id_])
        stored = self._to_store.pop(id_, None)
        self._kept.pop(id_, None)
        if stored is not None:
            stored.set()

    def _tell_failing(self, reason: str) -> None:
        if not self._failing:
            logger.warning("Searches cannot be stored (%s); their buttons are kept in mind", reason)
        self._failing = True
