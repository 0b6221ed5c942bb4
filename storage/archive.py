"""The front door: everything else asks an `Archive`, and nothing behind it."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from storage import (
    adding,
    coverage,
    links,
    posts,
    searches,
    sources,
    tags,
    topics,
    upkeep,
    watches,
)
from storage import search as engine
from storage.database import open_database
from storage.errors import InvalidQuery, PostNotFound
from storage.models import Hit, Hits, Links, Order, Page, Received, Stats
from storage.search.plans import Rule
from storage.text import link_queries

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import AsyncIterator, Callable, Iterable, Sequence
    from pathlib import Path
    from random import Random

    from storage.database import Database
    from storage.models import (
        Added,
        Alert,
        Host,
        KindCount,
        LinkFilter,
        NewPost,
        Post,
        Search,
        Source,
        Tag,
        TopicWords,
        Watch,
        Way,
    )

MOST_WORDS_FOR_HOSTS = 4  # of a longer query only the first can name a host
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
        return await self._database.write(adding.add, source, new_posts)

    async def receive(self, source: Source, post: NewPost) -> Received:
        """Add a post that its channel has just sent or edited, or a message of an album.

        One that has no text any more is removed; a message without any is kept in mind until the
        rest of its album comes.
        """
        now = int(self._clock())
        return await self._database.write(adding.receive, source, post, now)

    async def count_reactions(self, source: Source, message_id: int, reactions: int) -> None:
        """Store how many reactions a channel's post has got, if the archive holds it."""
        await self._database.write(_count_reactions, source, message_id, reactions)

    async def find_post(
        self, message_id: int, *, channel_id: int | None = None, username: str | None = None
    ) -> Post:
        """Return the post that a channel's message is, or is a part of. Raises PostNotFound.

        The channel is given by its bare id or its name.
        """
        return await self._database.read(_find_post, message_id, channel_id, username)

    async def forget(self, post_id: int) -> None:
        """Remove a post for good. Raises PostNotFound."""
        await self._database.write(_forget, post_id)

    async def search(
        self, query: str, *, limit: int = 5, offset: int = 0, order: Order = Order.RELEVANCE
    ) -> Hits:
        """Return the hits of a query, best or newest first. Raises InvalidQuery if it is empty."""
        return await self._database.read(_search, query, limit, offset, order)

    async def explain(self, query: str) -> tuple[Way, ...]:
        """Return the ways in which a search finds its hits. Raises InvalidQuery."""
        return await self._database.read(engine.explain, query)

    async def similar(self, post_id: int, *, limit: int = 5) -> tuple[Hit, ...]:
        """Return the posts that share most with this one. Raises PostNotFound."""
        return await self._database.read(_similar, post_id, limit)

    async def post(self, post_id: int) -> Post:
        """Return one post. Raises PostNotFound."""
        return await self._database.read(posts.get, post_id)

    async def posts(self, *, limit: int = 5, offset: int = 0) -> Page[Post]:
        """Return all posts, newest first."""
        return await self._database.read(_posts, limit, offset)

    async def random(
        self, rng: Random, *, tag_id: int | None = None, other_than: int | None = None
    ) -> Post | None:
        """Return a post drawn with `rng`, of one tag if given; None if there is none.

        It is `other_than` only where there is no other.
        """
        return await self._database.read(_random, rng, tag_id, other_than)

    async def tags(self, *, limit: int = 20, offset: int = 0) -> Page[Tag]:
        """Return all tags: the authors' first, then topics, of each those with most posts first."""
        return await self._database.read(_tags, limit, offset)

    async def tag(self, tag_id: int) -> Tag:
        """Return one tag. Raises TagNotFound."""
        return await self._database.read(tags.get, tag_id)

    async def find_tags(
        self, name: str, *, limit: int = 8, exactly: bool = False
    ) -> tuple[Tag, ...]:
        """Return the tags that a name, perhaps partial or misspelt, can mean, best first.

        If a tag has exactly this name (whatever case or Unicode form, with or without `#`), or is
        a topic that the name means (startup for 스타트업), it is the only one; with `exactly`,
        there is no other.
        """
        return await self._database.read(tags.find, name, 0 if exactly else limit)

    async def tagged(
        self, tag_ids: Sequence[int], *, limit: int = 5, offset: int = 0
    ) -> Page[Post]:
        """Return the posts that carry every one of the tags, newest first."""
        return await self._database.read(_tagged, tag_ids, limit, offset)

    async def related_tags(self, tag_ids: Sequence[int], *, limit: int = 6) -> tuple[Tag, ...]:
        """Return the tags that posts with all of these carry besides; `posts` is how many do."""
        return await self._database.read(tags.related, tag_ids, limit)

    async def use_vocabulary(self, entries: Sequence[TopicWords]) -> None:
        """Tag posts by this vocabulary from now on; if it is new, tag those here anew."""
        await self._database.write(topics.use, entries)

    async def link_kinds(self) -> tuple[KindCount, ...]:
        """Return the kinds that links are of, those with most links first."""
        return await self._database.read(links.kinds)

    async def hosts(self, *, limit: int = 20, offset: int = 0) -> Page[Host]:
        """Return the hosts that links lead to, those with most links first."""
        return await self._database.read(links.hosts, limit, offset)

    async def links(self, query: str = "", *, limit: int = 5, offset: int = 0) -> Links:
        """Return the links that a query finds by kind, host, tags and words; all if it is empty.

        `kind:paper host:arxiv.org #AI diffusion sort:shared`: of a word that names a kind or a
        host, that is meant, unless there is no such link. With words, links that hold them come
        before those that only stand in a post that does; otherwise the newest come first, or,
        with `sort:shared`, those shared most.
        """
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

    async def watch(self, chat_id: int, query: str) -> Watch:
        """Let a chat be told of new posts that answer a query.

        Raises InvalidQuery, or TooManyWatches.
        """
        return await self._database.write(watches.add, chat_id, query)

    async def watches(self, chat_id: int) -> tuple[Watch, ...]:
        """Return what a chat watches for, oldest first."""
        return await self._database.read(watches.listed, chat_id)

    async def unwatch(self, chat_id: int, watch_id: int) -> None:
        """Stop a watch of a chat. Raises WatchNotFound."""
        await self._database.write(watches.remove, chat_id, watch_id)

    async def forget_chat(self, chat_id: int) -> None:
        """Stop all watches of a chat."""
        await self._database.write(watches.forget, chat_id)

    async def move_chat(self, chat_id: int, new_id: int) -> None:
        """Keep the watches of a group whose id has changed."""
        await self._database.write(watches.move, chat_id, new_id)

    async def alerts(self, text: str) -> tuple[Alert, ...]:
        """Return one alert for each chat that watches for something a text answers."""
        return await self._database.read(watches.alerts, text)

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
) -> Hits:
    found = engine.find(connection, query, limit=limit, offset=offset, order=order)
    return Hits(
        items=_hits(connection, found.matches, offset),
        total=found.total,
        offset=offset,
        complete=found.complete,
        in_time=found.in_time,
        read_as=found.read_as,
        mistakes=found.mistakes,
        suggestions=found.suggestions,
    )


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


def _random(
    connection: sqlite3.Connection, rng: Random, tag_id: int | None, other_than: int | None
) -> Post | None:
    if tag_id is not None:
        ids = tags.tagged(connection, [tag_id])
        others = [post_id for post_id in ids if post_id != other_than] or ids
        return posts.get(connection, rng.choice(others)) if others else None
    total = posts.count(connection)
    drawn = posts.nth(connection, rng.randrange(total)) if total else None
    while drawn is not None and drawn.id == other_than and total > 1:
        drawn = posts.nth(connection, rng.randrange(total))
    return drawn


def _tags(connection: sqlite3.Connection, limit: int, offset: int) -> Page[Tag]:
    items = tags.listed(connection, limit, offset)
    return Page(items=items, total=tags.count_all(connection), offset=offset)


def _tagged(
    connection: sqlite3.Connection, tag_ids: Sequence[int], limit: int, offset: int
) -> Page[Post]:
    ids = tags.tagged(connection, tag_ids)
    items = tuple(posts.get(connection, post_id) for post_id in ids[offset : offset + limit])
    return Page(items=items, total=len(ids), offset=offset)


def _links(connection: sqlite3.Connection, query: str, limit: int, offset: int) -> Links:
    asked = link_queries.parse(query)
    readings = (_with_host(connection, link_queries.with_kind(asked)), asked)
    found = [(reading, *_matching(connection, reading)) for reading in dict.fromkeys(readings)]
    reading, wanted, first = next((one for one in found if one[1] != frozenset()), found[-1])
    page = links.page(
        connection, wanted, limit, offset, first=first, most_shared=reading.most_shared
    )
    return Links(items=page.items, total=page.total, offset=page.offset, asked=reading)


def _with_host(connection: sqlite3.Connection, asked: LinkFilter) -> LinkFilter:
    """Take the first word that names a host for one, if no host is asked for yet."""
    words = asked.words.split()
    near = words[:MOST_WORDS_FOR_HOSTS]
    named = next((word for word in near if links.of_host(connection, word)), None)
    if asked.host or named is None:
        return asked
    words.remove(named)
    return replace(asked, host=named, words=" ".join(words))


def _matching(
    connection: sqlite3.Connection, asked: LinkFilter
) -> tuple[frozenset[int] | None, frozenset[int]]:
    """Return the ids of the links asked for (None: all), and which of them hold the words."""
    found: list[frozenset[int]] = []
    if asked.kind:
        found.append(links.of_kind(connection, asked.kind))
    if asked.host:
        found.append(links.of_host(connection, asked.host))
    found += (links.of_posts(connection, _tagged_by(connection, name)) for name in asked.tags)
    holding: frozenset[int] = frozenset()
    if asked.words:
        post_ids = _found_by(connection, asked.words)
        holding = links.of_words(connection, asked.words.split(), post_ids)
        found.append(holding | links.of_posts(connection, post_ids))
    return (frozenset.intersection(*found) if found else None), holding


def _tagged_by(connection: sqlite3.Connection, name: str) -> tuple[int, ...]:
    # Without its sign: of a hashtag and a topic of one name, the topic has more posts.
    found = tags.find(connection, name.lstrip("#＃"), 1)
    return tags.tagged(connection, [found[0].id]) if found else ()


def _found_by(connection: sqlite3.Connection, words: str) -> list[int]:
    """Return the posts that words find, as a search does; it takes all of the words."""
    try:
        found = engine.find(
            connection, words, limit=MOST_POSTS_FOR_LINKS, offset=0, order=Order.RELEVANCE
        )
    except InvalidQuery:
        return []
    return [match.post_id for match in found.matches if Rule.FEWER not in match.why]


def _stats(connection: sqlite3.Connection) -> Stats:
    return Stats(
        posts=posts.count(connection),
        links=links.count(connection),
        tags=tags.count(connection),
        bytes=upkeep.size(connection),
        sources=coverage.of_sources(connection),
    )


def _count_reactions(
    connection: sqlite3.Connection, source: Source, message_id: int, reactions: int
) -> None:
    source_id = sources.of_channel(connection, source.channel_id, source.username)
    if source_id is not None:
        adding.count_reactions(connection, source_id, message_id, reactions)


def _find_post(
    connection: sqlite3.Connection, message_id: int, channel_id: int | None, username: str | None
) -> Post:
    source_id = sources.of_channel(connection, channel_id, username)
    post_id = (
        None if source_id is None else adding.post_of_message(connection, source_id, message_id)
    )
    if post_id is None:
        raise PostNotFound(message_id)
    return posts.get(connection, post_id)


def _forget(connection: sqlite3.Connection, post_id: int) -> None:
    posts.get(connection, post_id)
    adding.forget(connection, post_id)
