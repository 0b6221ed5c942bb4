"""What search by meaning adds to search by words, what it must not do, and what it costs."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from seeds.loader import load_seeds, read_vocabulary
from storage import Archive, installed_encoder
from tests.bench.meaning import alike, asked, costs, known, refused
from tests.bench.search.corpus import Texts
from tests.bench.trust.asking import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.tables import Table

__all__ = ["measure"]

NO_TEXTS = Texts()
POSTS = 10_000
FEW_POSTS = 2_000
"""Posts made of the seed documents' sentences, which are few, where no texts are given."""


def measure(
    texts: Texts = NO_TEXTS, posts: int | None = None, *, missed: bool = False
) -> Iterator[Table]:
    """Yield the tables; with `missed`, print what went wrong and is not held back.

    Known items are drawn from that many posts.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "seeds.db"
        yield from asyncio.run(_over_the_seeds(path, missed=missed))
        yield costs.of_posts(path)
        yield costs.of_searching()
        count = posts or (POSTS if texts.korean else FEW_POSTS)
        yield from asyncio.run(known.measure(Path(folder) / "known.db", texts, count))


async def _over_the_seeds(path: Path, *, missed: bool) -> list[Table]:
    async with Archive.open(path, encoder=installed_encoder()) as archive:
        await load_seeds(archive)
        await archive.use_vocabulary(read_vocabulary())
        while await archive.make_meaning():
            pass
        async with Archive.open(path) as by_words:
            readers = (Reader(by_words), Reader(archive))
            return [
                await asked.table(readers, missed=missed),
                await refused.table(readers, missed=missed),
                await alike.table((by_words, archive)),
            ]
