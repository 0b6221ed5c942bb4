"""Brings documents into an archive: the seeds, and any others."""

from __future__ import annotations

import asyncio
import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from seeds.documents import read_document
from seeds.errors import DocumentError
from seeds.reading import document_name
from storage import Added

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seeds.formats import Document
    from storage import Archive, NewPost

__all__ = ["Imported", "Progress", "import_documents", "load_seeds", "read_document"]

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told the name of a document, how many documents are done and how many there are."""

PARSER_VERSION: Final = 1
"""Raised whenever the same documents would become other posts, so that archives take them anew."""

MARK: Final = "seeds"
"""The note in an archive: LOADING, DECLINED or the digest of the seeds it holds."""
LOADING: Final = "loading"
DECLINED: Final = "declined"
"""The archive is another channel's; the seeds come only when asked for."""

_MANIFEST: Final = Path(__file__).with_name("manifest.toml")
_DUMPS: Final = Path(__file__).with_name("dumps")


class _Seed(NamedTuple):
    """A document of the manifest and the ordinal before its first line, in Unix seconds."""

    name: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one document: how many posts it holds and what the archive made of them.

    A dry run knows only `posts`. A document that was refused has an `error` and no posts.
    """

    document: str
    posts: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    error: DocumentError | None = None


async def load_seeds(
    archive: Archive, progress: Progress | None = None, *, always: bool = False
) -> Added:
    """Load the seed documents where they are wanted, each whole or not at all.

    They are wanted in a new archive, in one whose loading was broken off, and in one that holds
    an older version of them; with `always`, asked for by name, in any other as well.
    Raises ArchiveError.
    """
    digest = await asyncio.to_thread(_digest)
    if not await _wanted(archive, digest, always=always):
        return Added()
    await archive.set_mark(MARK, LOADING)
    seeds = await asyncio.to_thread(_seeds)
    added = Added()
    for done, seed in enumerate(seeds):
        _tell(progress, seed.name, done, len(seeds))
        document = await asyncio.to_thread(read_document, _DUMPS / seed.name)
        added += await archive.add(document.source, _placed(document.posts, seed.start))
        _tell(progress, seed.name, done + 1, len(seeds))
    await archive.set_mark(MARK, digest)
    return added


async def _wanted(archive: Archive, digest: str, *, always: bool) -> bool:
    mark = await archive.mark(MARK)
    if mark == digest or always:
        return mark != digest
    if mark is None:
        return (await archive.posts(limit=1)).total == 0
    return mark != DECLINED


def _digest() -> str:
    """Return what changes whenever loading the seeds would bring other posts."""
    digest = hashlib.sha256(f"{PARSER_VERSION}\n".encode())
    for path in (_MANIFEST, *sorted(_DUMPS.iterdir())):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _seeds() -> tuple[_Seed, ...]:
    """Return the documents of the manifest in its order, each placed after those before it."""
    seeds = []
    lines = 0
    for entry in tomllib.loads(_MANIFEST.read_text(encoding="utf-8"))["document"]:
        period = datetime.strptime(entry["period"], "%Y-%m").replace(tzinfo=UTC)
        seeds.append(_Seed(entry["name"], int(period.timestamp()) + lines))
        lines += (_DUMPS / entry["name"]).read_bytes().count(b"\n") + 1
    return tuple(seeds)


def _placed(posts: Sequence[NewPost], start: int) -> tuple[NewPost, ...]:
    """Return the posts with their place in time: a second a line from the document's start."""
    return tuple(replace(post, ordinal=start + post.ordinal) for post in posts)


async def import_documents(
    archive: Archive,
    paths: Sequence[Path],
    *,
    source: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> tuple[Imported, ...]:
    """Add documents, each whole or not at all, and say what became of each.

    `source` replaces the title that the documents give; a dry run writes nothing. The posts
    sort by the time their document was last changed. Raises ArchiveError.
    """
    results = []
    for done, path in enumerate(paths):
        name = document_name(path)
        _tell(progress, name, done, len(paths))
        try:
            document = await asyncio.to_thread(_read_as, path, source)
        except DocumentError as error:
            results.append(Imported(document=name, error=error))
        else:
            added = Added() if dry_run else await _add(archive, document)
            results.append(_imported(name, document, added))
        _tell(progress, name, done + 1, len(paths))
    return tuple(results)


def _read_as(path: Path, title: str | None) -> Document:
    """Return a document placed in time, under another title if one is given."""
    document = read_document(path)
    return replace(
        document,
        source=document.source if title is None else replace(document.source, title=title),
        posts=_placed(document.posts, _start_of(path)),
    )


def _start_of(path: Path) -> int:
    """Return a document's place in time: a seed's its own, another's when it was last changed."""
    places = {seed.name: seed.start for seed in _seeds()}
    return places.get(path.name, int(path.stat().st_mtime))


async def _add(archive: Archive, document: Document) -> Added:
    """Add a document; an archive that begins with one of its own does without the seeds."""
    if await archive.mark(MARK) is None:
        await archive.set_mark(MARK, DECLINED)
    return await archive.add(document.source, document.posts)


def _imported(name: str, document: Document, added: Added) -> Imported:
    return Imported(
        document=name,
        posts=len(document.posts),
        new=added.new,
        updated=added.updated,
        unchanged=added.unchanged,
    )


def _tell(progress: Progress | None, name: str, done: int, total: int) -> None:
    if progress is not None:
        progress(name, done, total)
