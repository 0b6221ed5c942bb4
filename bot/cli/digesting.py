"""The command that lists the last days by tag."""

from __future__ import annotations

import asyncio
from itertools import groupby
from typing import TYPE_CHECKING

import click
from rich.text import Text

from bot.cli import jsonl
from bot.cli.archives import filled_archive
from bot.console import make_console, printable
from bot.texts import texts_for
from bot.views.digest import heading, titled
from bot.views.markup import plain
from bot.views.post import response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.texts import Texts
    from storage import Digest, Post, Tag


def print_digest(days: int, name: str | None, *, as_json: bool) -> None:
    """Print what was posted in the last days under the headings of its tags."""
    tag, digest = asyncio.run(_digest(days, name))
    if as_json:
        for one, posts in _sections(digest):
            jsonl.print_line(jsonl.digest_json(digest, one, posts))
        return
    console, texts = make_console(), texts_for(None)
    console.print(Text(printable(plain(heading(texts, digest, tag)))), end="\n\n")
    for title, items in titled(texts, digest):
        if title:
            console.print(Text(printable(title), "bold"))
        for item in items:
            console.print(_line(texts, item.post))
        console.print()


async def _digest(days: int, name: str | None) -> tuple[Tag | None, Digest]:
    async with filled_archive() as archive:
        tags = await archive.find_tags(name.lstrip("#＃"), limit=1) if name else ()
        if name and not tags:
            raise click.UsageError(f"There is no tag like “{name}”; galpi tags lists them.")
        tag = tags[0] if tags else None
        return tag, await archive.digest(days, tag_id=tag.id if tag else None)


def _sections(digest: Digest) -> Iterator[tuple[Tag | None, list[Post]]]:
    for tag, items in groupby(digest.items, key=lambda item: item.tag):
        yield tag, [item.post for item in items]


def _line(texts: Texts, post: Post) -> Text:
    day = str(post.date.date()) if post.date else ""
    about = " · ".join(filter(None, (day, f"post {post.id}", response(texts, post))))
    return Text.assemble(f"  {printable(post.title)}  ", (about, "dim"))
