"""Whether readers can trust the search: they are answered, and no word of theirs is replaced.

The other benchmark of search draws its queries from posts, so that each has an answer. Here they
are written by hand, as readers who remember a post vaguely ask, or ask for what no post has.
"""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from seeds.loader import load_seeds
from storage import Archive
from tests.bench.search.corpus import Texts, sources
from tests.bench.search.engines import Galpi
from tests.bench.trust import glued, hostile, inside, pairs, questions, words
from tests.bench.trust.asking import Reader, texts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.tables import Table

__all__ = ["measure"]

NO_TEXTS = Texts()
POSTS, SEED = 10_000, 20_261_129


def measure(texts: Texts = NO_TEXTS, *, missed: bool = False) -> list[Table]:
    """Return the tables; with `missed`, print what went wrong and is not held back.

    Where Korean texts are given, a larger archive of them is asked as well.
    """
    return asyncio.run(_measured(texts, missed=missed))


async def _measured(texts: Texts, *, missed: bool) -> list[Table]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "seeds.db"
        async with Archive.open(path) as archive:
            await load_seeds(archive)
        # Opened anew: what a bot that has just been started answers from.
        async with Archive.open(path) as archive:
            reader = Reader(archive)
            tables = [
                await questions.table(reader, missed=missed),
                await words.table(reader, missed=missed),
                *await _of_any_posts(archive, await texts_of(archive), missed=missed),
            ]
        if texts.korean:
            # No English ones: system would be as good an answer to 시스템 as 운영시스템.
            korean, _ = sources(texts)
            posts = random.Random(SEED).sample(korean, min(POSTS, len(korean)))
            async with Galpi.open(Path(folder) / "posts.db") as galpi:
                await galpi.add(posts)
                tables += await _of_any_posts(galpi.archive, posts, missed=missed)
        tables.append(await pairs.table(Path(folder), missed=missed))
    return tables


async def _of_any_posts(archive: Archive, posts: Sequence[str], *, missed: bool) -> list[Table]:
    """Return the tables whose queries are made of the posts."""
    return [
        await inside.table(Reader(archive), posts, missed=missed),
        await glued.table(Reader(archive), posts, missed=missed),
        await hostile.table(Reader(archive), posts),
    ]
