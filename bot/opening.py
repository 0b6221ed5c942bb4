"""Opening the archive that the settings name, filled with the seeds where they are wanted.

While the bot runs, the vectors by which posts are found by meaning are made in the background.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from bot.settings import default_database
from seeds.loader import load_seeds, read_vocabulary
from storage import Archive, ArchiveError, ArchiveReadOnly, installed_encoder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from bot.settings import Settings
    from storage import Encoder

logger = logging.getLogger(__name__)

SECONDS_BETWEEN: Final = 5.0
"""Between two looks for posts without vectors: other programs, too, may bring new posts in."""

SECONDS_AFTER_FAILURE: Final = 60.0


def encoder_of(settings: Settings) -> Encoder | None:
    """Return the model of meaning, if the settings want one and it is installed."""
    return installed_encoder() if settings.meaning else None


@asynccontextmanager
async def opened(
    database: Path,
    loading: Callable[[str, int, int], None] | None = None,
    rebuilding: Callable[[int, int], None] | None = None,
    encoder: Encoder | None = None,
) -> AsyncIterator[Archive]:
    """Open the archive, made new and loaded with the seeds where there is none, for the block.

    A load that was interrupted is completed; `loading` is told how far it is. With an encoder,
    posts are found by meaning too. Raises what `opened_as_is` does.
    """
    vocabulary = await asyncio.to_thread(read_vocabulary)
    async with _untagged(database, rebuilding, encoder) as archive:
        await load_seeds(archive, loading)
        await archive.use_vocabulary(vocabulary)
        yield archive


@asynccontextmanager
async def opened_as_is(
    database: Path, rebuilding: Callable[[int, int], None] | None = None
) -> AsyncIterator[Archive]:
    """Open the archive, made new and empty where there is none, for the block.

    If its search index has to be made anew, `rebuilding` is told, in another thread, how far it is.
    Its posts are tagged anew if the vocabulary was changed. Raises DocumentError if that cannot
    be read, and what Archive.open does.
    """
    vocabulary = await asyncio.to_thread(read_vocabulary)
    async with _untagged(database, rebuilding) as archive:
        await archive.use_vocabulary(vocabulary)
        yield archive


@asynccontextmanager
async def _untagged(
    database: Path,
    rebuilding: Callable[[int, int], None] | None,
    encoder: Encoder | None = None,
) -> AsyncIterator[Archive]:
    if database == default_database():
        _make_folder(database.parent)
    async with Archive.open(database, rebuilding=rebuilding, encoder=encoder) as archive:
        yield archive


def _make_folder(folder: Path) -> None:
    """Make the default folder of archives.

    A folder that the settings name must exist: made for a misspelt path, it would hide the mistake.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveReadOnly(folder) from error


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
