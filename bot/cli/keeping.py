"""The commands that look after the archive: backup, check."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import click

from bot.cli.archives import archive_as_is
from bot.cli.progress import rebuilding
from bot.console import one_line
from bot.settings import read_settings
from storage import Archive, ArchiveBusy, ArchiveMissing

if TYPE_CHECKING:
    from pathlib import Path

REPAIRABLE: Final = "Run galpi check --repair to fix this; stop the bot first if it runs"
LEFT: Final = "The rest can only be restored from a backup"
RESCUED: Final = "The file was damaged; what could be read of it is in a new one"
IN_USE: Final = "{} is damaged; to repair it, stop the bot and whatever else uses it"


def back_up(path: Path) -> None:
    """Copy the archive to a new file."""
    if not path.absolute().parent.is_dir():
        raise ArchiveMissing(path.parent)
    asyncio.run(_back_up(_existing(), path))
    click.echo(one_line(f"Copied the archive to {path}"))


def check_archive(*, repair: bool) -> None:
    """Print what is wrong with the archive, and exit with 1 if anything is.

    With `repair`, it is mended before.
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
