"""Makes the vectors by which posts are found by meaning, in the background, while the bot runs."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from storage import ArchiveError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from storage import Archive

logger = logging.getLogger(__name__)

SECONDS_BETWEEN: Final = 5.0
"""Until it is looked again for new posts, which may come in through other programs too."""

SECONDS_AFTER_FAILURE: Final = 60.0


@asynccontextmanager
async def making_meaning(archive: Archive) -> AsyncIterator[None]:
    """Make vectors for the block; what is not made by its end is made the next time."""
    making = asyncio.create_task(_make(archive))
    try:
        yield
    finally:
        making.cancel()
        await asyncio.wait([making])


async def _make(archive: Archive) -> None:
    await archive.load_meaning()
    while archive.finds_by_meaning:
        try:
            if not await archive.make_meaning_gently():
                await asyncio.sleep(SECONDS_BETWEEN)
        except ArchiveError as error:
            logger.warning("Posts are not made findable by meaning: %s", type(error).__name__)
            await asyncio.sleep(SECONDS_AFTER_FAILURE)
