"""The archive of the settings, opened for a command that tells how long that takes."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.cli.progress import rebuilding, tell_loading
from bot.opening import encoder_of, opened, opened_as_is
from bot.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from storage import Archive


@asynccontextmanager
async def filled_archive() -> AsyncIterator[Archive]:
    """Open the archive, made and filled first where there is none."""
    settings = read_settings()
    with rebuilding() as tell:
        async with opened(settings.database, tell_loading, tell, encoder_of(settings)) as archive:
            yield archive


@asynccontextmanager
async def archive_as_is(database: Path) -> AsyncIterator[Archive]:
    """Open the archive, made new and empty where there is none."""
    with rebuilding() as tell:
        async with opened_as_is(database, tell) as archive:
            yield archive
