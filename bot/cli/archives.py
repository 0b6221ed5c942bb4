"""The archive of the settings, opened for a command, and the commands that look after it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import click

from bot.cli.terminal import one_line, preparing, rebuilding, tell_loading
from bot.opening import encoder_of, opened, opened_as_is
from bot.settings import read_settings
from storage import Archive, ArchiveBusy, ArchiveMissing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

REPAIRABLE: Final = "Run galpi check --repair to fix this; stop the bot first if it runs"
LEFT: Final = "The rest can only be restored from a backup"
RESCUED: Final = "The file was damaged; what could be read of it is in a new one"
IN_USE: Final = "{} is damaged; to repair it, stop the bot and whatever else uses it"
NOT_INSTALLED: Final = "Search by meaning is not installed: pip install 'galpi[meaning]'."
OFF: Final = "Search by meaning is off: GALPI_MEANING is 0."


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


def back_up(path: Path) -> None:
    """Copy the archive to a new file."""
    if not path.absolute().parent.is_dir():
        raise ArchiveMissing(path.parent)
    asyncio.run(_back_up(_existing(), path))
    click.echo(one_line(f"Copied the archive to {path}"))


def check_archive(*, repair: bool) -> None:
    """Print what is wrong with the archive, and exit with 1 if anything is.

    With `repair`, the archive is repaired first.
    """
    database = _existing()
    if repair:
        _repair(database)
    problems, posts = asyncio.run(_check(database))
    for problem in problems:
        click.echo(one_line(problem))
    if problems:
        click.echo(LEFT if repair else REPAIRABLE, err=True)
        raise click.exceptions.Exit(1)
    click.echo(f"The archive is sound: {posts} posts")


def _existing() -> Path:
    """Return the archive's path; what does not exist can be neither copied nor checked."""
    database = read_settings().database
    if not database.exists():
        raise ArchiveMissing(database)
    return database


async def _back_up(database: Path, path: Path) -> None:
    async with archive_as_is(database) as archive:
        await archive.backup(path)


def _repair(database: Path) -> None:
    """Mend the archive, and say what could not be saved."""
    try:
        with rebuilding() as tell:
            repaired = Archive.repair(database, tell)
    except ArchiveBusy as error:
        raise click.ClickException(one_line(IN_USE.format(database))) from error
    if repaired.rescued:
        lost = f"; {repaired.lost} posts are lost" if repaired.lost else ""
        click.echo(f"{RESCUED}{lost}; the damaged one is kept as {repaired.damaged}", err=True)


async def _check(database: Path) -> tuple[tuple[str, ...], int]:
    async with archive_as_is(database) as archive:
        return await archive.check(), (await archive.stats()).posts


def make_vectors() -> None:
    """Make the vectors that are missing and tell how many posts have theirs."""
    with preparing() as tell:
        posts = asyncio.run(_make(tell))
    click.echo(f"{posts} posts can be found by meaning")


async def _make(tell: Callable[[int, int], None]) -> int:
    async with filled_archive() as archive:
        if not archive.finds_by_meaning:
            raise click.ClickException(NOT_INSTALLED if read_settings().meaning else OFF)
        posts = (await archive.stats()).posts
        left = posts
        while left:
            left = await archive.make_meaning()
            tell(posts - left, posts)
        return posts
