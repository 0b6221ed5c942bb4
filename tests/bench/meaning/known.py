"""Known items: two words of one post, spoilt as people do, with and without meaning."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from storage import Archive, installed_encoder
from tests.bench.search.comparing import REPORT_SEED
from tests.bench.search.corpus import short
from tests.bench.search.engines import Galpi
from tests.bench.search.measuring import ask
from tests.bench.search.queries import ALL_KINDS, Query, draw
from tests.bench.search.words import Words
from tests.bench.tables import Table
from tests.bench.trust.questions import questions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bench.search.corpus import Texts
    from tests.bench.search.measuring import Scores

QUERIES: Final = 60  # of each class
WITHOUT, WITH = "by words", "with meaning"
IN_VAIN: Final = "questions"
NOBODY: Final[frozenset[int]] = frozenset()


class Named(Galpi):
    """The archive under another name."""

    def __init__(self, archive: Archive, name: str) -> None:
        super().__init__(archive)
        self.name = name


async def measure(path: Path, texts: Texts, posts: int) -> list[Table]:
    """Return recall by class, and the time of a search."""
    corpus = short(posts, REPORT_SEED, texts, ())
    async with Archive.open(path, encoder=installed_encoder()) as archive:
        await Galpi(archive).add(corpus.posts)
        while left := await archive.make_meaning():
            print(f"{left:,} posts to encode …", end="\r", file=sys.stderr)
        words = Words(corpus.posts)
        async with Archive.open(path) as by_words:
            engines = [Named(by_words, WITHOUT), Named(archive, WITH)]
            queries = [
                query for kind in ALL_KINDS for query in draw(words, kind, QUERIES, REPORT_SEED)
            ]
            scores = await ask(engines, queries)
            # No post here answers them: words find little, so that meaning is nearly always asked.
            asked = [Query(IN_VAIN, one.text, NOBODY) for one in questions()]
            in_vain = await ask(engines, asked)
    return [*_tables(scores, in_vain, f"{posts:,} short posts")]


def _tables(scores: Scores, in_vain: Scores, corpus: str) -> Iterator[Table]:
    rows = [
        (kind, *(f"{of[name].recall(n):.3f}" for n in (1, 10) for name in (WITHOUT, WITH)))
        for kind, of in scores.by_kind.items()
    ]
    columns = ("class", "R@1", "R@1, with", "R@10", "R@10, with")
    yield Table(f"Meaning: known items, {corpus}", columns, rows)
    times = [
        (f"{what}, {name}", *(f"{of.percentile(name, n, [*of.by_kind]):.1f}" for n in (50, 95)))
        for what, of in (("known items", scores), ("questions that nothing answers", in_vain))
        for name in (WITHOUT, WITH)
    ]
    title = f"Meaning: milliseconds of a search, {corpus}"
    yield Table(title, ("", "p50", "p95"), times)
