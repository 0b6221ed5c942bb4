"""Makes the vectors that an archive lacks: in the background, or all at once.

Every post is stored whole when its vectors are there; whoever goes on, after a stop or in another
program, finds what is left in the archive.
"""

from __future__ import annotations

import asyncio
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, Final

from storage.search.meaning import storing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.database import Database
    from storage.search.meaning.index import MeaningIndex

TOGETHER: Final = 64
"""Posts that are encoded and stored at once where nobody waits."""

REST: Final = 2.0
"""How many times as long as encoding a part took the processor is everybody else's."""

LONGEST_WAIT: Final = 1.0
"""Seconds after which a part is encoded although searches go on, lest it never be."""


async def load(database: Database, index: MeaningIndex) -> None:
    """Load the model and the bits of all parts, so that the first question does not wait."""
    await asyncio.to_thread(index.load)
    await database.read(index.read_bits)


async def make_some(database: Database, index: MeaningIndex) -> int:
    """Make the vectors of some posts as fast as they come; returns how many posts are left."""
    posts = await database.read(storing.pending, TOGETHER)
    made = await asyncio.to_thread(_made, index, posts)
    await database.write(storing.store, made)
    return await database.read(storing.left)


def _made(index: MeaningIndex, posts: Sequence[tuple[int, str]]) -> list[storing.NewParts]:
    cut = [index.cut(text) for _, text in posts]
    encoded = iter(index.encoded([part for parts in cut for part in parts]))
    return [
        (post_id, text, [*islice(encoded, len(parts))])
        for (post_id, text), parts in zip(posts, cut, strict=True)
    ]


async def make_gently(database: Database, index: MeaningIndex) -> bool:
    """Make the vectors of one post, in pauses; returns whether there was one to be made."""
    posts = await database.read(storing.pending, 1)
    for post_id, text in posts:
        parts: list[storing.NewPart] = []
        for part in index.cut(text):
            await database.quiet(LONGEST_WAIT)
            begun = monotonic()
            parts += await asyncio.to_thread(index.encoded, [part])
            await asyncio.sleep(REST * (monotonic() - begun))
        await database.write(storing.store, [(post_id, text, parts)])
    return bool(posts)
