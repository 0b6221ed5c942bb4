"""What is compared: the archive, and its peers, all asked alike."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol

from storage import Archive, InvalidQuery, NewPost, Source

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

BATCH = 10_000  # posts in one transaction


class Engine(Protocol):
    """Something that searches posts."""

    name: str

    async def search(self, query: str, limit: int) -> list[int]:
        """Return the numbers of posts, best first."""


class Galpi:
    """The archive, asked through its front door: hits come with texts, links and snippets."""

    name = "galpi"

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path) -> AsyncIterator[Galpi]:
        async with Archive.open(path) as archive:
            yield cls(archive)

    async def add(self, posts: Sequence[str]) -> None:
        """Import the posts; a post's message id is its number, counted from one."""
        source = Source(title="Bench")
        for start in range(0, len(posts), BATCH):
            numbered = enumerate(posts[start : start + BATCH], start + 1)
            await self.archive.add(
                source, [NewPost(text=post, message_id=n, ordinal=n) for n, post in numbered]
            )
        await self.archive.tidy()

    async def search(self, query: str, limit: int) -> list[int]:
        try:
            page = await self.archive.search(query, limit=limit)
        except InvalidQuery:
            return []
        return [hit.post.message_id - 1 for hit in page.items if hit.post.message_id]
