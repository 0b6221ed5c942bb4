"""The front door: everything else asks an `Archive`, and nothing behind it."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from storage import links, posts, searches, tags, upkeep
from storage import search as engine
from storage.database import open_database
from storage.errors import InvalidQuery
from storage.models import Hit, Order, Page, Stats

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import AsyncIterator, Callable, Iterable, Sequence
    from pathlib import Path
    from random import Random

    from storage.database import Database
    from storage.models import Added, Host, NewPost, Post, Search, SharedLink, Source, Tag

MOST_POSTS_FOR_LINKS = 250  # of the posts that words find, those whose links are listed


class Archive:
    """An open archive; made by `Archive.open`."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    @classmethod
    @asynccontextmanager
    async def open(
        cls, path: Path, clock: Callable[[], float] = time.time
    ) -> AsyncIterator[Archive]:
        """Open the archive at `path`, made new where there is none, until the block ends.

        Raises NotAnArchive, SchemaTooNew, ArchiveMissing (no such folder), ArchiveReadOnly,
        ArchiveBusy, ArchiveCorrupt or DiskFull.
        """
        async with open_database(path) as database:
            await database.write(upkeep.prepare)
            yield cls(database, clock)

    async def add(self, source: Source, new_posts: Iterable[NewPost]) -> Added:
        """Add the posts of one source: all of them, or on any error none.

        A post known already, by its message id or else by its text, is updated where it differs.
        """
        return await self._database.write(posts.add, source, new_posts)

    async def search(
        self, query: str, *, limit: int = 5, offset: int = 0, order: Order = Order.RELEVANCE
    ) -> Page[Hit]:
        """Return the hits of a query, best or newest first. Raises InvalidQuery if it is empty."""
        return await self._database.read(_search, query, limit, offset, order)

    async def similar(self, post_id: int, *, limit: int = 5) -> tuple[Hit, ...]:
        """Return the posts that share most with this one. Raises PostNotFound."""
        return await self._database.read(_similar, post_id, limit)

    async def post(self, post_id: int) -> Post:
        """Return one post. Raises PostNotFound."""
        return await self._database.read(posts.get, post_id)

    async def posts(self, *, limit: int = 5, offset: int = 0) -> Page[Post]:
        """Return all posts, newest first."""
        return await self._database.read(_posts, limit, offset)

    async def random(self, rng: Random, *, tag_id: int | None = None) -> Post | None:
        """Return a post drawn with `rng`, of one tag if given; None if there is none."""
        return await self._database.read(_random, rng, tag_id)

    async def tags(self, *, limit: int = 20, offset: int = 0) -> Page[Tag]:
        """Return all tags, those with most posts first."""
        return await self._database.read(_tags, limit, offset)

    async def tag(self, tag_id: int) -> Tag:
        """Return one tag. Raises TagNotFound."""
        return await self._database.read(tags.get, tag_id)

    async def find_tags(self, name: str, *, limit: int = 8) -> tuple[Tag, ...]:
        """Return the tags that a name, perhaps partial or misspelt, can mean, best first.

        If a tag has exactly this name (whatever case or Unicode form, with or without `#`), it is
        the only one.
        """
        return await self._database.read(tags.find, name, limit)

    async def tagged(
        self, tag_ids: Sequence[int], *, limit: int = 5, offset: int = 0
    ) -> Page[Post]:
        """Return the posts that carry every one of the tags, newest first."""
        return await self._database.read(_tagged, tag_ids, limit, offset)

    async def hosts(self, *, limit: int = 20, offset: int = 0) -> Page[Host]:
        """Return the hosts that links lead to, those with most links first."""
        return await self._database.read(links.hosts, limit, offset)

    async def links(self, query: str = "", *, limit: int = 5, offset: int = 0) -> Page[SharedLink]:
        """Return the links of a host, or those that words find, newest first; all if empty."""
        return await self._database.read(_links, query, limit, offset)

    async def stats(self) -> Stats:
        """Return sizes and coverage."""
        return await self._database.read(_stats)

    async def remember(self, search: Search) -> str:
        """Store a search for its buttons; returns its id, 8 characters of A-Z a-z 0-9 _ -."""
        return await self._database.write(searches.remember, search, int(self._clock()))

    async def recall(self, search_id: str) -> Search:
        """Return a stored search. Raises SearchNotFound."""
        return await self._database.read(searches.recall, search_id)

    async def language(self, user_id: int) -> str | None:
        """Return the language code that a user chose, if any."""
        return await self._database.read(searches.language, user_id)

    async def set_language(self, user_id: int, language: str) -> None:
        """Remember the language code that a user chose."""
        await self._database.write(searches.set_language, user_id, language)

    async def mark(self, name: str) -> str | None:
        """Return a note that the program left in the archive about itself."""
        return await self._database.read(upkeep.mark, name)

    async def set_mark(self, name: str, value: str) -> None:
        """Leave a note in the archive, such as which seeds it holds."""
        await self._database.write(upkeep.set_mark, name, value)

    async def backup(self, path: Path) -> None:
        """Write a consistent copy of the archive to a new file, all of it or nothing."""
        await self._database.maintain(partial(upkeep.backup, path=path))

    async def check(self) -> tuple[str, ...]:
        """Return what is wrong with the file and its index, one line each; empty if sound."""
        return await self._database.read(upkeep.check)


def _search(
    connection: sqlite3.Connection, query: str, limit: int, offset: int, order: Order
) -> Page[Hit]:
    found = engine.find(connection, query, limit=limit, offset=offset, order=order)
    return Page(items=_hits(connection, found.matches, offset), total=found.total, offset=offset)


def _similar(connection: sqlite3.Connection, post_id: int, limit: int) -> tuple[Hit, ...]:
    posts.get(connection, post_id)
    return _hits(connection, engine.similar(connection, post_id, limit=limit), 0)


def _hits(
    connection: sqlite3.Connection, matches: Sequence[engine.Match], offset: int
) -> tuple[Hit, ...]:
    return tuple(
        Hit(
            post=posts.get(connection, match.post_id),
            rank=rank,
            score=match.score,
            why=match.why,
            snippet=match.snippet,
        )
        for rank, match in enumerate(matches, start=offset + 1)
    )


def _posts(connection: sqlite3.Connection, limit: int, offset: int) -> Page[Post]:
    items = posts.newest(connection, limit, offset)
    return Page(items=items, total=posts.count(connection), offset=offset)


def _random(connection: sqlite3.Connection, rng: Random, tag_id: int | None) -> Post | None:
    if tag_id is not None:
        ids = tags.tagged(connection, [tag_id])
        return posts.get(connection, rng.choice(ids)) if ids else None
    total = posts.count(connection)
    return posts.nth(connection, rng.randrange(total)) if total else None


def _tags(connection: sqlite3.Connection, limit: int, offset: int) -> Page[Tag]:
    items = tags.listed(connection, limit, offset)
    return Page(items=items, total=tags.count(connection), offset=offset)


def _tagged(
    connection: sqlite3.Connection, tag_ids: Sequence[int], limit: int, offset: int
) -> Page[Post]:
    ids = tags.tagged(connection, tag_ids)
    items = tuple(posts.get(connection, post_id) for post_id in ids[offset : offset + limit])
    return Page(items=items, total=len(ids), offset=offset)


def _links(connection: sqlite3.Connection, query: str, limit: int, offset: int) -> Page[SharedLink]:
    words = query.split()
    if not words:
        return links.page(connection, None, limit, offset)
    wanted = links.of_host(connection, words[0]) if len(words) == 1 else frozenset()
    return links.page(connection, wanted or _links_of_words(connection, query), limit, offset)


def _links_of_words(connection: sqlite3.Connection, query: str) -> frozenset[int]:
    try:
        found = engine.find(
            connection, query, limit=MOST_POSTS_FOR_LINKS, offset=0, order=Order.RELEVANCE
        )
    except InvalidQuery:
        return frozenset()
    post_ids = [match.post_id for match in found.matches]
    return links.of_words(connection, query.split(), post_ids)


def _stats(connection: sqlite3.Connection) -> Stats:
    return Stats(
        posts=posts.count(connection),
        links=links.count(connection),
        tags=tags.count(connection),
        bytes=upkeep.size(connection),
        sources=posts.stats(connection),
    )
