"""Asks an archive as a reader does, and keeps the processor time that each answer took."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storage import Hits, InvalidQuery

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage import Archive, Hit

PAGE, MOST_POSTS = 10, 1_000
HALVES = {False: "seen while tuning", True: "held back"}


@dataclass(slots=True)
class Reader:
    """Who asks, and the milliseconds of processor time of each answer, all threads together."""

    archive: Archive
    milliseconds: list[float] = field(default_factory=list)

    async def ask(self, query: str) -> Hits:
        """Return the first page; a query with nothing to search for has no hits."""
        started = time.process_time()
        try:
            return await self.archive.search(query, limit=PAGE)
        except InvalidQuery:
            return Hits(items=(), total=0)
        finally:
            self.milliseconds.append((time.process_time() - started) * 1000)


async def texts_of(archive: Archive) -> list[str]:
    """Return the texts of all posts."""
    return [post.text for post in (await archive.posts(limit=MOST_POSTS)).items]


def plain(text: str) -> str:
    """Return a text as texts are compared here: composed, without case."""
    return unicodedata.normalize("NFC", text).casefold()


def holds(hit: Hit, word: str) -> bool:
    """Whether the text of a post has a word, even inside another or with spaces in it."""
    text = plain(hit.post.text)
    return plain(word) in text or plain(word).replace(" ", "") in text.replace(" ", "")


def share(answers: Iterable[bool]) -> str:
    """Return how many of some are true: .67 (2 of 3)."""
    counted = list(answers)
    return f"{sum(counted) / len(counted):.3f} ({sum(counted)} of {len(counted)})"
