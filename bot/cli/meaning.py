"""The command that makes the vectors of all posts, by which they are found by meaning."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import click

from bot.cli.archives import filled_archive
from bot.cli.progress import preparing
from bot.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_INSTALLED: Final = "Search by meaning is not installed: pip install 'galpi[meaning]'."
OFF: Final = "Search by meaning is off: GALPI_MEANING is 0."


def make_all() -> None:
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
