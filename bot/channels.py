"""Which channels are ours: those that the settings name, by id or by @name.

A name can be given up, and another channel can take it. So the first channel that posts under a
name in the settings, or the one whose posts were imported under it, is kept in mind by its id: from
then on that channel is meant, however it calls itself, and no other.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from storage import Archive

logger = logging.getLogger(__name__)

MARK: Final = "channel"
"""What the notes in the archive begin with that say which id a name stands for."""


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
            mark = await self._archive.mark(f"{MARK} {name}")
            known = (
                int(mark) if mark and mark.isdecimal() else await self._archive.channel_id(name[1:])
            )
            if known is not None and mark != str(known):
                await self._keep(name, known)
            self._ids[name] = known
        return self._ids[name]

    async def _keep(self, name: str, bare_id: int) -> None:
        await self._archive.set_mark(f"{MARK} {name}", str(bare_id))
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
