"""What a handler is given besides the update: the archive, settings, stored searches, language."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from telegram.ext import Application, CallbackContext, ExtBot

from bot.texts import texts_for
from bot.views.results import Around
from storage import UNWRITABLE, search_id

if TYPE_CHECKING:
    from collections.abc import Collection
    from random import Random

    from bot.settings import Settings
    from bot.texts import Texts
    from storage import Archive, Search

logger = logging.getLogger(__name__)

NOTE: Final = "channel"
"""The first word in the names of those notes of the archive that keep the id of a @name."""
MOST_KEPT: Final = 10_000  # searches in memory, the newest
PATIENCE: Final = 0.25  # seconds that an answer waits for its search to be stored
STORE_AGAIN: Final = 2.0  # seconds until storing is tried again
LAST_SECONDS: Final = 0.3  # for a last try when the program ends


class Channels:
    """The channels of the settings, with the ids that their names stand for."""

    def __init__(self, archive: Archive, listed: Collection[str]) -> None:
        self._archive = archive
        self._listed = frozenset(listed)
        self._ids: dict[str, int | None] = {}
        self._told: set[int] = set()

    async def are_ours(self, chat_id: int, bare_id: int, username: str | None) -> bool:
        """Tell whether a channel is one of ours; it is given by both forms of its id, and its name.

        Raises what storing does: a name that is met first is stored with its id.
        """
        if not self._listed.isdisjoint({str(chat_id), str(bare_id)}):
            return True
        if await self._is_known(bare_id):
            return True
        name = f"@{(username or '').lower()}"
        if name not in self._listed:
            return False
        known = await self._id_of(name)
        if known is not None:
            self._tell_taken(name, known, bare_id)
            return False
        await self._keep(name, bare_id)
        return True

    async def _is_known(self, bare_id: int) -> bool:
        names = [name for name in self._listed if name.startswith("@")]
        return bare_id in [await self._id_of(name) for name in names]

    async def _id_of(self, name: str) -> int | None:
        """Return the id that a name stands for, if that is known."""
        if self._ids.get(name) is None:
            note = await self._archive.note(f"{NOTE} {name}")
            known = (
                int(note) if note and note.isdecimal() else await self._archive.channel_id(name[1:])
            )
            if known is not None and note != str(known):
                await self._keep(name, known)
            self._ids[name] = known
        return self._ids[name]

    async def _keep(self, name: str, bare_id: int) -> None:
        await self._archive.set_note(f"{NOTE} {name}", str(bare_id))
        self._ids[name] = bare_id
        logger.info("%s in GALPI_CHANNELS is the channel %d from now on", name, bare_id)

    def _tell_taken(self, name: str, known: int, bare_id: int) -> None:
        if bare_id not in self._told:
            self._told.add(bare_id)
            logger.warning(
                "%s was the name of channel %d and is that of channel %d now, whose posts are left"
                " out; if they are wanted, put %d into GALPI_CHANNELS",
                name,
                known,
                bare_id,
                bare_id,
            )


class Searches:
    """The stored searches of an archive, and in memory those that are not, or not yet, stored."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._kept: dict[str, Search] = {}
        self._to_store: dict[str, asyncio.Event] = {}
        self._storing: asyncio.Task[None] | None = None
        self._failing = False

    def note(self, search: Search) -> str:
        """Keep a search in memory only, such as one that is still being typed; returns its id."""
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
        """Return a search by its id; one kept in memory is stored now. Raises SearchNotFound."""
        kept = self._kept.get(id_)
        if kept is None:
            return await self._archive.recall(id_)
        await self.remember(kept)
        return kept

    async def close(self) -> None:
        """Try a last time, for a moment, to store the searches that buttons need."""
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


class Services:
    """What the handlers work with; reading it before `fill` is an AttributeError."""

    __slots__ = ("alerting", "archive", "channels", "rng", "searches", "settings", "told")

    archive: Archive
    settings: Settings
    rng: Random
    searches: Searches
    channels: Channels
    alerting: asyncio.Lock
    told: set[tuple[int, int]]

    def fill(self, archive: Archive, settings: Settings, rng: Random) -> None:
        """Hand over what the handlers work with; `rng` draws the random posts."""
        self.archive = archive
        self.searches = Searches(archive)
        self.channels = Channels(archive, settings.channels)
        self.alerting = asyncio.Lock()
        self.told = set()
        self.settings = settings
        self.rng = rng


class Context(CallbackContext[ExtBot[int], dict[Any, Any], dict[Any, Any], Services]):
    """The context of one update; all handlers of the update share it."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        chat_id: int | None = None,
        user_id: int | None = None,
    ) -> None:
        super().__init__(application, chat_id, user_id)
        #: The user's language; set by the first handler of the table, English until then.
        self.texts: Texts = texts_for(None)
        #: Who has sent the update, known from the first handler on; 0 if it was nobody.
        self.reader = 0
        #: Whether only the reader sees the chat.
        self.is_private = False

    @property
    def archive(self) -> Archive:
        """The open archive."""
        return self.bot_data.archive

    @property
    def searches(self) -> Searches:
        """The searches that buttons lead back to."""
        return self.bot_data.searches

    @property
    def channels(self) -> Channels:
        """The channels whose posts come in."""
        return self.bot_data.channels

    @property
    def settings(self) -> Settings:
        """The settings the program was started with."""
        return self.bot_data.settings

    @property
    def rng(self) -> Random:
        """The random number generator."""
        return self.bot_data.rng

    async def around(self) -> Around:
        """Return what the entries of lists depend on besides their posts."""
        several = await self.archive.count_sources() > 1
        return Around(self.bot.username, several_sources=several)

    @property
    def can_share(self) -> bool:
        """Whether @BotFather was told /setinline; Telegram refuses buttons for it otherwise."""
        return self.bot.supports_inline_queries
