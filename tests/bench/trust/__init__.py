"""Whether readers can trust the search: they are answered, and no word of theirs is replaced.

The other benchmark of search draws its queries from posts, so that each has an answer. Here they
are written by hand, as readers who remember a post vaguely ask, or ask for what no post has.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from seeds.loader import load_seeds
from storage import Archive
from tests.bench.trust import hostile, inside, pairs, questions, words
from tests.bench.trust.asking import Reader, texts_of

if TYPE_CHECKING:
    from tests.bench.tables import Table

__all__ = ["measure"]


def measure(*, missed: bool = False) -> list[Table]:
    """Return the tables; with `missed`, print what went wrong and is not held back."""
    return asyncio.run(_measured(missed=missed))


async def _measured(*, missed: bool) -> list[Table]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "seeds.db"
        async with Archive.open(path) as archive:
            await load_seeds(archive)
        # Opened anew: what a bot that has just been started answers from.
        async with Archive.open(path) as archive:
            reader, texts = Reader(archive), await texts_of(archive)
            tables = [
                await questions.table(reader, missed=missed),
                await words.table(reader, missed=missed),
                await inside.table(reader, texts, missed=missed),
            ]
            tables.append(await hostile.table(reader, texts))
        tables.append(await pairs.table(Path(folder), missed=missed))
    return tables
