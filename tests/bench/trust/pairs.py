"""Words that are written in two ways: one stands in a post, and the other is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.search import corpus
from tests.bench.search.engines import Galpi
from tests.bench.search.pairs import FIRST, pairs, plant, shown
from tests.bench.tables import Table
from tests.bench.trust.asking import HALVES, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.search.pairs import Pair

PAIRS = Path(__file__).with_name("pairs.toml")
POSTS = 600
SEED = 20_261_129
SHORTEST_SHARED = 2  # characters


async def table(folder: Path, *, missed: bool) -> Table:
    """Ask for each writing where posts have only the other; returns how often it is shown."""
    ways = {
        "as listed": pairs(PAIRS),
        "the other way": [
            replace(pair, asked=pair.written, written=pair.asked) for pair in pairs(PAIRS)
        ],
    }
    rows = []
    for way, planted in ways.items():
        found = await _shown(folder / f"{way}.db", planted)
        for kind, half in dict.fromkeys((pair.kind, pair.held_back) for pair in planted):
            answers = [
                found[pair] for pair in planted if (pair.kind, pair.held_back) == (kind, half)
            ]
            rows.append((f"{kind}, {way}, {HALVES[half]}", share(answers)))
        if missed:
            print(way, *_missed(found), sep="\n  ")
    note = f"Whether a post with the other writing is among the first {FIRST} of {POSTS} posts."
    return Table("Trust: the same word written differently", ("Asked for", "share"), rows, note)


async def _shown(path: Path, planted: Sequence[Pair]) -> dict[Pair, bool]:
    """Write each pair's word into a post, and tell which of them the other writing finds."""
    posts = corpus.short(POSTS, SEED, corpus.Texts(), list(_forms(planted))).posts
    plant(planted, posts, SEED)
    async with Galpi.open(path) as galpi:
        await galpi.add(posts)
        return {pair: await shown(galpi, pair, posts) for pair in planted}


def _forms(planted: Sequence[Pair]) -> Iterator[str]:
    """Yield what the other posts must not hold: both writings, and what they begin with alike."""
    for pair in planted:
        writings = [pair.asked.casefold(), pair.written.casefold()]
        alike = [a == b for a, b in zip(*writings, strict=False)]
        shared = [*alike, False].index(False)
        yield from [writings[0][:shared]] if shared >= SHORTEST_SHARED else writings


def _missed(found: dict[Pair, bool]) -> list[str]:
    return [
        f"{pair.asked} does not find {pair.written}"
        for pair, is_shown in found.items()
        if not (is_shown or pair.held_back)
    ]
