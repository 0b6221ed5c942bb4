"""Words that are written in two ways: one stands in a post, and the other is asked for."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.search.engines import Galpi
from tests.bench.search.pairs import FIRST, pairs, plant, shown
from tests.bench.search.words import is_korean
from tests.bench.tables import Table
from tests.bench.trust.asking import HALVES, share
from tests.bench.trust.words import absent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.search.pairs import Pair

PAIRS = Path(__file__).with_name("pairs.toml")
POSTS = 600
SEED = 20_261_129
WORDS = 8  # a post
ALIKE = {True: 2, False: 4}  # first characters that the other words lack, in Korean or not


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
    posts = _posts(planted)
    plant(planted, posts, SEED)
    async with Galpi.open(path) as galpi:
        await galpi.add(posts)
        return {pair: await shown(galpi, pair, posts) for pair in planted}


def _posts(planted: Sequence[Pair]) -> list[str]:
    """Return posts of ordinary words, none of which is like one of the pairs'.

    They are those that no seed post holds: most are nouns, so that no post has another form of a
    pair's verb, which would be as good an answer.
    """
    rng = random.Random(SEED)
    taken = {_beginning(text) for pair in planted for text in (pair.asked, pair.written)}
    groups = absent().values()
    words = [word for group in groups for word in group if _beginning(word) not in taken]
    return [" ".join(rng.sample(words, WORDS)) for _ in range(POSTS)]


def _beginning(word: str) -> str:
    return word.casefold()[: ALIKE[is_korean(word)]]


def _missed(found: dict[Pair, bool]) -> list[str]:
    return [
        f"{pair.asked} does not find {pair.written}"
        for pair, is_shown in found.items()
        if not (is_shown or pair.held_back)
    ]
