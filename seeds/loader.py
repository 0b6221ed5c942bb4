"""What comes with the program: the seed documents, loaded where they are wanted, and the topics.

Topics are an editor's: tags.toml names those that posts are tagged with, and the words that mean
them.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from seeds.errors import DocumentError, Problem
from seeds.reading import read_document
from storage import Added, Topic, TopicWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage import Archive, NewPost

# The seed documents.

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told the name of a document, how many documents are done and how many there are."""

PARSER_VERSION: Final = 2
"""Raised whenever the same documents would become other posts, so that archives take them anew."""

NOTE: Final = "seeds"
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
    await archive.set_note(NOTE, LOADING)
    seeds = await asyncio.to_thread(_seeds)
    added = Added()
    for done, seed in enumerate(seeds):
        _tell(progress, seed.name, done, len(seeds))
        document = await asyncio.to_thread(read_document, _DUMPS / seed.name)
        posts = placed(document.posts, seed.start)
        added += await archive.add(document.source, posts, restore=restore)
        _tell(progress, seed.name, done + 1, len(seeds))
    await archive.set_note(NOTE, digest)
    await archive.write_back()
    return added


async def _wanted(archive: Archive, digest: str, *, always: bool) -> bool:
    note = await archive.note(NOTE)
    if note == digest or always:
        return note != digest
    if note is None:
        return (await archive.posts(limit=1)).total == 0
    return note != DECLINED


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


# The vocabulary of topics.

_TOPICS: Final = Path(__file__).with_name("tags.toml")
_LINE: Final = re.compile(r"at line (\d+)")  # how tomllib says where
_NAME, _ENGLISH = "name", "en"
_LANGUAGE: Final = re.compile("[a-z]{2}")
_LISTS: Final = ("aliases", "except")


def read_vocabulary(path: Path = _TOPICS) -> tuple[TopicWords, ...]:
    """Return the topics of an editor's file in its order. Raises DocumentError."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["tag"]
        return tuple(map(_entry, tables))
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else None
        raise DocumentError(path.name, line, Problem.BAD_VOCABULARY) from error
    except (KeyError, TypeError, ValueError) as error:
        raise DocumentError(path.name, None, Problem.BAD_VOCABULARY) from error


def _entry(table: dict[str, Any]) -> TopicWords:
    """Return one topic. Raises KeyError, TypeError or ValueError if the table is not one."""
    name = _checked(table[_NAME])
    names = {key: _checked(table[key]) for key in table if _LANGUAGE.fullmatch(key)}
    aliases, exceptions = (_checked_list(table.get(key, [])) for key in _LISTS)
    if table.keys() - {_NAME, *names, *_LISTS} or _ENGLISH not in names:
        raise ValueError(table)
    # `/tag A B` asks for two tags.
    if any(len(called.split()) > 1 for called in (name, *names.values())):
        raise ValueError(table)
    return TopicWords(topic=Topic(name=name, names=names), aliases=aliases, exceptions=exceptions)


def _checked_list(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(map(_checked, value))


def _checked(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(value)
    return value
