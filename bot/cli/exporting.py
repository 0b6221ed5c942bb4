"""Links as files for other programs: bookmarks, a table, JSON Lines."""

from __future__ import annotations

import asyncio
import csv
import json
from contextlib import suppress
from functools import partial
from html import escape
from io import StringIO
from itertools import groupby
from typing import TYPE_CHECKING, Final

import click

from bot.cli.archives import filled_archive
from bot.cli.jsonl import exported_link_json
from bot.cli.reading import every
from bot.cli.terminal import one_line
from storage import ArchiveMissing, LinkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from storage import SharedLink

# What Netscape wrote in 1996 and every browser, linkding and Karakeep read: tags are not closed,
# <p> is no paragraph, and the comment belongs there.
HEAD: Final = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file.
     It will be read and overwritten.
     DO NOT EDIT! -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
"""
FOOT: Final = "</DL><p>\n"
FOLDERS: Final = {
    LinkKind.ARTICLE: "Articles",
    LinkKind.PAPER: "Papers",
    LinkKind.VIDEO: "Videos",
    LinkKind.CODE: "Code",
    LinkKind.BOOK: "Books",
    LinkKind.SOCIAL: "Social",
    LinkKind.EVENT: "Events",
    LinkKind.JOB: "Jobs",
    LinkKind.OTHER: "Other",
}
COLUMNS: Final = (
    "url",
    "title",
    "host",
    "kind",
    "tags",
    "date",
    "posts",
    "times_shared",
    "truncated",
    "raw",
)
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
BETWEEN: Final = ", "


def bookmarks(links: Sequence[SharedLink]) -> Iterator[str]:
    """Yield a bookmark file with a folder for each kind; links that were cut off are left out."""
    order = list(FOLDERS)
    whole = (link for link in links if not link.truncated)
    yield HEAD
    for kind, group in groupby(
        sorted(whole, key=lambda link: order.index(link.kind)), key=lambda link: link.kind
    ):
        yield f"    <DT><H3>{FOLDERS[kind]}</H3>\n    <DL><p>\n"
        yield from map(_bookmark, group)
        yield "    </DL><p>\n"
    yield FOOT


def table(links: Iterable[SharedLink]) -> Iterator[str]:
    """Yield a table of comma-separated values (RFC 4180), its columns named in the first row."""
    yield _row(COLUMNS)
    for link in links:
        yield _row(
            (
                link.url,
                _harmless(link.context),
                link.host,
                link.kind.value,
                _harmless(BETWEEN.join(link.tags)),
                link.date.date().isoformat() if link.date else "",
                " ".join(map(str, link.posts)),
                len(link.posts),
                int(link.truncated),
                _harmless(link.raw),
            )
        )


def lines(links: Iterable[SharedLink]) -> Iterator[str]:
    """Yield JSON Lines: what `galpi links --json` prints of each link, and more."""
    for link in links:
        yield json.dumps(exported_link_json(link), ensure_ascii=False) + "\n"


def _bookmark(link: SharedLink) -> str:
    date = f' ADD_DATE="{int(link.date.timestamp())}"' if link.date else ""
    tags = f' TAGS="{escape(",".join(link.tags))}"' if link.tags else ""
    title = escape(" ".join(link.context.split()), quote=False)
    return f'        <DT><A HREF="{escape(link.url)}"{date}{tags}>{title}</A>\n'


def _row(values: Iterable[object]) -> str:
    row = StringIO()
    csv.writer(row).writerow(values)
    return row.getvalue()


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking somebody's words for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


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
        return [link async for link in every(partial(archive.links, query, all_posts=True))]


def _replace(path: Path, text: str) -> None:
    """Replace a file only once the new one is complete, so that a full disk leaves the old one."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
