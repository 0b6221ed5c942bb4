"""A document from its file to its posts, and the seed documents into an archive that wants them."""

from __future__ import annotations

import asyncio
import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from seeds.errors import DocumentError, Problem
from seeds.formats import recognise
from seeds.mojibake import repair
from seeds.reading import document_name, read_text
from storage import Added

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seeds.formats.batches import Batch
    from storage import Archive, NewPost


def read_document(path: Path) -> Batch:
    """Return the posts of a document, repaired where it was wrongly decoded.

    Raises DocumentError.
    """
    return document_of(read_text(path), document_name(path))


def document_of(raw: str, name: str) -> Batch:
    """Return the posts of a document's text, as read_document does. Raises DocumentError."""
    repaired = repair(raw)
    if repaired is None:
        return _parse(raw, name)
    return _with_originals(_parse(repaired, name), raw.split("\n"), repaired.split("\n"))


def _parse(text: str, name: str) -> Batch:
    parse = recognise(text)
    if parse is None:
        raise DocumentError(name, None, Problem.UNKNOWN_FORMAT)
    return parse(text, name)


def _with_originals(document: Batch, raw: Sequence[str], repaired: Sequence[str]) -> Batch:
    posts = (_with_original(post, raw, repaired) for post in document.posts)
    return replace(document, posts=tuple(posts))


def _with_original(post: NewPost, raw: Sequence[str], repaired: Sequence[str]) -> NewPost:
    """Return the post with the text its document had, if that or its snippet was repaired.

    Both have the same lines, and the snippet stands right above the text.
    """
    if post.origin is None:
        return post
    first, last = post.origin.first_line - 1, post.origin.last_line
    top = first if post.reply_snippet is None else first - 1
    if raw[top:last] == repaired[top:last]:
        return post
    return replace(post, original_text="\n".join(line.rstrip("\r") for line in raw[first:last]))


__all__ = ["Progress", "load_seeds", "read_document"]

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told the name of a document, how many documents are done and how many there are."""

PARSER_VERSION: Final = 2
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


async def load_seeds(
    archive: Archive,
    progress: Progress | None = None,
    *,
    always: bool = False,
    restore: bool = False,
) -> Added:
    """Load the seed documents where they are wanted, each whole or not at all.

    They are wanted in a new archive, in one whose loading was broken off, and in one that holds
    an older version of them; with `always`, asked for by name, in any other as well; with
    `restore`, everywhere, and those that were forgotten come in again.
    Raises ArchiveError.
    """
    digest = await asyncio.to_thread(_digest)
    if not (restore or await _wanted(archive, digest, always=always)):
        return Added()
    await archive.set_mark(MARK, LOADING)
    seeds = await asyncio.to_thread(_seeds)
    added = Added()
    for done, seed in enumerate(seeds):
        _tell(progress, seed.name, done, len(seeds))
        document = await asyncio.to_thread(read_document, _DUMPS / seed.name)
        posts = placed(document.posts, seed.start)
        added += await archive.add(document.source, posts, restore=restore)
        _tell(progress, seed.name, done + 1, len(seeds))
    await archive.set_mark(MARK, digest)
    await archive.write_back()
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


def placed(posts: Sequence[NewPost], start: int) -> tuple[NewPost, ...]:
    """Return a document's posts with their place in time: a second a line from its start."""
    return tuple(replace(post, ordinal=start + post.ordinal) for post in posts)


def start_of(path: Path) -> int:
    """Return a document's place in time: a seed's its own, another's when it was last changed."""
    places = {seed.name: seed.start for seed in _seeds()}
    return places.get(path.name, int(path.stat().st_mtime))


def _tell(progress: Progress | None, name: str, done: int, total: int) -> None:
    if progress is not None:
        progress(name, done, total)
