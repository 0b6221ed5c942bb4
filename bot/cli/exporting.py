"""The command that writes the archive's links to a file."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

import click

from bot.cli.archives import filled_archive
from bot.cli.bookmarks import bookmarks, lines, table
from bot.cli.reading import every
from bot.console import one_line
from storage import ArchiveMissing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from storage import SharedLink

FORMATS: Final[dict[str, Callable[[Sequence[SharedLink]], Iterable[str]]]] = {
    ".html": bookmarks,
    ".htm": bookmarks,
    ".csv": table,
    ".jsonl": lines,
}


def export_links(path: Path, query: str) -> None:
    """Write the links that a query finds, in the format that the file's ending names."""
    if not path.absolute().parent.is_dir():
        raise ArchiveMissing(path.parent)
    links = asyncio.run(_links(query))
    written = FORMATS[path.suffix.lower()](links)
    _replace(path, "".join(written))
    noun = "link" if len(links) == 1 else "links"
    click.echo(one_line(f"Wrote {len(links)} {noun} to {path}"))


async def _links(query: str) -> list[SharedLink]:
    async with filled_archive() as archive:
        return [link async for link in every(partial(archive.links, query))]


def _replace(path: Path, text: str) -> None:
    """Put a file in its place when it is complete, so that a full disk leaves the old one."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
