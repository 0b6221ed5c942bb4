"""The commands that look after the archive: backup, check."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import click

from bot.cli.archives import archive_as_is
from bot.cli.progress import rebuilding
from bot.console import one_line
from bot.settings import read_settings
from storage import ArchiveMissing

if TYPE_CHECKING:
    from pathlib import Path

REPAIRABLE: Final = "What is wrong with the search index, galpi check --repair mends"
LEFT: Final = "What is left can only be restored from a backup"


def back_up(path: Path) -> None:
    """Copy the archive to a new file."""
    if not path.absolute().parent.is_dir():
        raise ArchiveMissing(path.parent)
    asyncio.run(_back_up(_existing(), path))
    click.echo(f"The archive is copied to {path}")


def check_archive(*, repair: bool) -> None:
    """Print what is wrong with the archive, and exit with 1 if anything is.

    With `repair`, its search index is made anew before.
    """
    problems, posts = asyncio.run(_check(_existing(), repair=repair))
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


async def _check(database: Path, *, repair: bool) -> tuple[tuple[str, ...], int]:
    async with archive_as_is(database) as archive:
        if repair:
            with rebuilding() as tell:
                await archive.repair(tell)
        return await archive.check(), (await archive.stats()).posts
