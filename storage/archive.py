"""The front door: everything else asks an `Archive`, and nothing behind it."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from storage import maintenance, posts, readers, search, tags
from storage.database import columns, migrate, open_database
from storage.links import lookup
from storage.maintenance.repair import repair
from storage.models import Order
from storage.posts import coverage, digest, ingest, live, sources
from storage.readers import ForReaders
from storage.search.meaning import MeaningIndex, making, storing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Sequence
    from datetime import date
    from pathlib import Path
    from random import Random

    from storage.database import Database
    from storage.models import (
        Added,
        Digest,
        Explanation,
        Hit,
        Hits,
        Host,
        KindCount,
        Links,
        MonthCount,
        NewPost,
        Page,
        Post,
        Reaction,
        Received,
        Repaired,
        Source,
        Stats,
        Tag,
        TopicWords,
    )
    from storage.posts.prepare import Ready
    from storage.search.meaning import Encoder


class Archive(ForReaders):
    """An open archive; made by `Archive.open`."""

    def __init__(
        self, database: Database, clock: Callable[[], float], meaning: MeaningIndex | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._meaning = meaning

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        path: Path,
        clock: Callable[[], float] = time.time,
        rebuilding: maintenance.Progress | None = None,
        encoder: Encoder | None = None,
    ) -> AsyncIterator[Archive]:
        """Open the archive at `path`, made new where there is none, until the block ends.

        If a program of other rules has written it, its search index is made anew; `rebuilding`
        is told, in another thread, how many posts of how many are done. With an encoder, posts are
        found by what they mean too, once their vectors are made (`make_meaning`).

        Raises NotAnArchive, SchemaTooNew, ArchiveMissing (no such folder), ArchiveReadOnly,
        ArchiveBusy, ArchiveCorrupt or DiskFull.
        """
        async with open_database(path) as database:
            await database.write(maintenance.prepare, rebuilding)
            meaning = None if encoder is None else MeaningIndex(encoder)
            if meaning is not None:
                await database.write(storing.prepare, meaning.model)
            archive = cls(database, clock, meaning)
            await archive.write_back()
            yield archive

    async def add(
        self, source: Source, new_posts: Iterable[NewPost], *, restore: bool = False
    ) -> Added:
        """Add the posts of one source: all of them, or on any error none.

        A post known already, by its message id or else by its text, is updated where it differs.
        One that was forgotten is left out, unless it is to be restored.
        """
        return await self._database.write(ingest.add, source, new_posts, restore=restore)

    async def add_ready(
        self, source: Source, parts: Iterable[Ready], *, restore: bool = False
    ) -> Added:
        """Add posts of one source that were made ready: all of them, or on any error none."""
        return await self._database.write(ingest.add_ready, source, parts, restore=restore)

    async def tidy(self) -> None:
        """Make searches faster after many posts were added, in steps that keep nobody waiting."""
        for table in maintenance.INDEXES:
            left = await self._database.write(maintenance.begin_merging, table)
            while left:
                left = await self._database.write(maintenance.go_on_merging, table)
        await self.write_back()

    async def write_back(self) -> None:
        """Write changes from the write-ahead log into the file, where reads are faster."""
        await self._database.maintain(maintenance.write_back)

    async def receive(self, source: Source, post: NewPost) -> Received:
        """Add a post that its channel has just sent or edited, or a message of an album.

        One that has no text any more is removed; a message without any is kept in mind until the
        rest of its album comes.
        """
        now = int(self._clock())
        return await self._database.write(live.receive, source, post, now, readers)

    async def count_reactions(
        self, source: Source, message_id: int, reactions: int, reacted: Sequence[Reaction] = ()
    ) -> None:
        """Store how many reactions a channel's post has got, if the archive holds it.

        `reacted` are those whose emoji is known.
        """
        await self._database.write(ingest.count_reactions, source, message_id, reactions, reacted)

    async def find_post(
        self, message_id: int, *, channel_id: int | None = None, username: str | None = None
    ) -> Post:
        """Return the post that a channel's message is, or is a part of. Raises PostNotFound.

        The channel is given by its bare id or its name.
        """
        return await self._database.read(posts.of_message, message_id, channel_id, username)

    async def channel_id(self, username: str) -> int | None:
        """Return the bare id of the channel of that name whose posts are here, if it is known."""
        return await self._database.read(sources.id_of_name, username)

    async def source_named(self, username: str) -> Source | None:
        """Return the source that has a @name, if one has."""
        return await self._database.read(sources.named, username)

    async def forget(self, post_id: int) -> None:
        """Remove a post: it does not come in again. Raises PostNotFound.

        For a day it is kept aside, so that it can be restored.
        """
        await self._database.write(live.remove, post_id, int(self._clock()))

    async def restore(self, post_id: int) -> int:
        """Bring a post back that was removed within a day; returns its id.

        Raises PostNotFound.
        """
        return await self._database.write(live.restore, post_id, int(self._clock()))

    async def drop_removed(self) -> None:
        """Drop for good what was removed more than a day ago."""
        await self._database.write(live.drop_long_removed, int(self._clock()))

    async def search(
        self, query: str, *, limit: int = 5, offset: int = 0, order: Order = Order.RELEVANCE
    ) -> Hits:
        """Return the hits of a query, best or newest first. Raises InvalidQuery if it is empty."""
        return await self._database.read(
            search.find,
            query,
            posts.get_all,
            limit=limit,
            offset=offset,
            order=order,
            meaning=self._meaning,
        )

    async def explain(self, query: str) -> Explanation:
        """Return how a search reads its query and what it looks up. Raises InvalidQuery."""
        return await self._database.read(search.explain, query, self._meaning)

    async def similar(self, post_id: int, *, limit: int = 5) -> tuple[Hit, ...]:
        """Return the posts that share most with this one. Raises PostNotFound."""
        return await self._database.read(
            search.similar, post_id, posts.get_all, limit=limit, meaning=self._meaning
        )

    @property
    def finds_by_meaning(self) -> bool:
        """Whether posts are found by their meaning too."""
        return self._meaning is not None

    async def load_meaning(self) -> None:
        """Load the model of meaning, if there is one, which the first question would wait for."""
        if self._meaning is not None:
            await making.load(self._database, self._meaning)

    async def make_meaning(self) -> int:
        """Make the vectors of some posts that have none; returns how many posts are left.

        0 at once where there is no encoder.
        """
        return 0 if self._meaning is None else await making.make_some(self._database, self._meaning)

    async def make_meaning_gently(self) -> bool:
        """Make the vectors of one post, in pauses, while searches go first.

        Returns whether there was a post to make them of.
        """
        return self._meaning is not None and await making.make_gently(self._database, self._meaning)

    async def post(self, post_id: int) -> Post:
        """Return one post. Raises PostNotFound."""
        return await self._database.read(posts.get, post_id)

    async def posts(self, *, limit: int = 5, offset: int = 0) -> Page[Post]:
        """Return all posts, newest first."""
        return await self._database.read(posts.newest, limit, offset)

    async def random(
        self, rng: Random, *, tag_ids: Sequence[int] = (), other_than: int | None = None
    ) -> Post | None:
        """Return a post drawn with `rng`, with all of the tags if given; None if there is none.

        It is `other_than` only where there is no other.
        """
        return await self._database.read(posts.random_post, rng, tag_ids, other_than)

    async def tags(self, *, limit: int = 20, offset: int = 0) -> Page[Tag]:
        """Return all tags, those with most posts first; hashtags used only once come last."""
        return await self._database.read(tags.page, limit, offset)

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
        return await self._database.read(posts.tagged, tag_ids, limit, offset)

    async def related_tags(self, tag_ids: Sequence[int], *, limit: int = 6) -> tuple[Tag, ...]:
        """Return the tags that posts with all of these carry besides; `posts` is how many do."""
        return await self._database.read(tags.related, tag_ids, limit)

    async def digest(
        self,
        days: int,
        *,
        until: date | None = None,
        tag_id: int | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Digest:
        """Return what was posted in the days up to `until`, today unless given, by tag.

        Of one tag if given; the headings are then its posts' other tags. If nothing was posted in
        these days, the days are counted back from the last post. Days begin and end in UTC.
        """
        until = until or datetime.fromtimestamp(self._clock(), UTC).date()
        return await self._database.read(digest.digest, days, until, tag_id, limit, offset)

    async def vocabulary(self) -> str:
        """Return the vocabulary that posts are made ready by (`prepare`)."""
        return await self._database.read(tags.vocabulary_note)

    async def use_vocabulary(self, entries: Sequence[TopicWords]) -> None:
        """Tag posts by this vocabulary from now on; if it is new, tag those here anew."""
        await self._database.write(tags.use_vocabulary, entries)

    async def link_kinds(self) -> tuple[KindCount, ...]:
        """Return the kinds that links are of, those with most links first."""
        return await self._database.read(lookup.kinds)

    async def hosts(self, *, limit: int = 20, offset: int = 0) -> Page[Host]:
        """Return the hosts that links lead to, those with most links first."""
        return await self._database.read(lookup.hosts, limit, offset)

    async def links(
        self, query: str = "", *, limit: int = 5, offset: int = 0, all_posts: bool = False
    ) -> Links:
        """Return the links that a query finds by kind, host, tags and words; all if it is empty.

        `kind:paper host:arxiv.org #AI diffusion sort:shared`: a word that names a kind or a host
        asks for that, unless it has no such link. With words, links that hold them come
        before those that only stand in a post that does; otherwise the newest come first, or,
        with `sort:shared`, those shared most. Of a link that very many posts share, the newest of
        these are told, unless `all_posts` are asked for.
        """
        return await self._database.read(lookup.find, query, limit, offset, all_posts=all_posts)

    async def count_sources(self) -> int:
        """Return how many sources the posts come from."""
        return await self._database.read(sources.count)

    async def months(self) -> tuple[MonthCount, ...]:
        """Return how many posts there are of each month, the oldest first."""
        return await self._database.read(coverage.months)

    async def stats(self) -> Stats:
        """Return sizes and coverage."""
        by_meaning = self._meaning is not None
        return await self._database.read(coverage.stats, by_meaning=by_meaning)

    async def note(self, name: str) -> str | None:
        """Return a note that the program left in the archive about itself."""
        return await self._database.read(columns.get_note, name)

    async def set_note(self, name: str, value: str) -> None:
        """Leave a note in the archive, such as which seeds it holds."""
        await self._database.write(columns.put_note, name, value)

    async def backup(self, path: Path) -> None:
        """Write a consistent copy of the archive to a new file, all of it or nothing."""
        await self._database.maintain(partial(migrate.write_copy, path=path))

    async def check(self) -> tuple[str, ...]:
        """Return what is wrong with the file and its index, one line each; empty if sound."""
        return await self._database.maintain(maintenance.check)

    @staticmethod
    def repair(path: Path, rebuilding: maintenance.Progress | None = None) -> Repaired:
        """Mend the archive at `path`, which need not open; `rebuilding` is told as in `open`.

        All that follows from the posts is made anew. If the file is damaged, what of it can be
        read takes its place, and a copy is kept; for that, nobody else may have it open.
        Raises NotAnArchive, SchemaTooNew, ArchiveReadOnly, ArchiveBusy or DiskFull.
        """
        return repair(path, rebuilding)
