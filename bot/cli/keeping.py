"""The commands that look after the archive: backup, check."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from bot.console import one_line
from bot.opening import opened_as_is
from bot.settings import read_settings
from storage import ArchiveMissing

if TYPE_CHECKING:
    from pathlib import Path


def back_up(path: Path) -> None:
    """Copy the archive to a new file."""
    if not path.absolute().parent.is_dir():
        raise ArchiveMissing(path.parent)
    asyncio.run(_back_up(_existing(), path))
    click.echo(f"The archive is copied to {path}")


def check_archive(*, quick: bool) -> None:
    """Print what is wrong with the archive, and exit with 1 if anything is."""
    problems, posts = asyncio.run(_check(_existing(), quick=quick))
    for problem in problems:
        click.echo(one_line(problem))
    if problems:
        raise click.exceptions.Exit(1)
    click.echo(f"The archive is sound: {posts} posts")


def _existing() -> Path:
    """Return the archive's path; what does not exist can be neither copied nor checked."""
    database = read_settings().database
    if not database.exists():
        raise ArchiveMissing(database)
    return database


async def _back_up(database: Path, path: Path) -> None:
    async with opened_as_is(database) as archive:
        await archive.backup(path)


async def _check(database: Path, *, quick: bool) -> tuple[tuple[str, ...], int]:
    async with opened_as_is(database) as archive:
        problems = () if quick else await archive.check()
        return problems, (await archive.stats()).posts
