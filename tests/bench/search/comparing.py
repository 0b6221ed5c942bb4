"""One run: a corpus, the archive and its peers filled with it, everything asked."""

from __future__ import annotations

import gc
import random
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from storage.language.lexicon import known as is_ordinary
from tests.bench.search import corpus, costs, load, queries, report, singles
from tests.bench.search.engines import Galpi
from tests.bench.search.measuring import ask, shares
from tests.bench.search.pairs import FIRST, asked_forms, pairs, plant, shown
from tests.bench.search.peers import peers
from tests.bench.search.words import Words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from tests.bench.search.engines import Engine
    from tests.bench.tables import Table

TUNE_SEED = 7
REPORT_SEED = 20_261_121
"""Its queries, and the pairs of words held back, are not looked at while the archive is tuned."""

ALL_CLASSES = (
    *(kind.name for kind in queries.ALL_KINDS),
    *singles.KINDS,
    *dict.fromkeys(pair.kind for pair in pairs()),
)
MEMORY_QUERIES = 100
NO_TEXTS = corpus.Texts()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure: posts, classes by name, queries of each; peers None for all there are."""

    classes: tuple[str, ...]
    posts: int
    texts: corpus.Texts = NO_TEXTS
    long: bool = False
    queries: int = 40
    peers: tuple[str, ...] | None = None
    seed: int = TUNE_SEED
    missed: bool = False


async def compare(plan: Plan) -> list[Table]:
    """Carry out a plan; returns its tables."""
    all_pairs = pairs()
    make = corpus.long if plan.long else corpus.short
    filled = make(plan.posts, plan.seed, plan.texts, asked_forms(all_pairs))
    plant(all_pairs, filled.posts, plan.seed)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "galpi.db"
        async with Galpi.open(path) as galpi:
            seconds = await _filled(galpi, filled.posts)
            engines = [galpi, *peers(Path(folder), filled.posts, plan.peers)]
            words = Words(filled.posts)
            asked = _drawn(words, plan)
            gc.freeze()  # the posts held here would be looked through for garbage at times
            scores = await ask(engines, asked)
            single = [
                *[row async for row in _singles(words, plan, engines)],
                *[row async for row in _pairs(filled.posts, plan, engines)],
            ]
            texts = [query.text for query in asked] or [pair.asked for pair in all_pairs]
            loaded = await load.search_at_once(galpi.archive, texts)
        size, used = costs.index_bytes(path), costs.memory(path, texts[:MEMORY_QUERIES])
    names = [engine.name for engine in engines]
    if plan.missed:
        print(report.missed(scores, single, galpi.name))
    return [
        *report.two_words(filled.name, names, scores, _no_words(words, asked)),
        *report.one_word(filled.name, names, single),
        report.costs(filled, report.Costs(seconds, size, used, loaded), len(words.postings)),
    ]


async def _filled(galpi: Galpi, posts: Sequence[str]) -> float:
    """Import the posts; returns the seconds that it took."""
    started = time.perf_counter()
    await galpi.add(posts)
    return time.perf_counter() - started


def _drawn(words: Words, plan: Plan) -> list[queries.Query]:
    """Return the queries of two words, of all classes mixed."""
    kinds = [kind for kind in queries.ALL_KINDS if kind.name in plan.classes]
    found = [q for kind in kinds for q in queries.draw(words, kind, plan.queries, plan.seed)]
    random.Random(plan.seed).shuffle(found)
    return found


def _no_words(words: Words, asked: Sequence[queries.Query]) -> frozenset[str]:
    """Return the queries with slips of which none is in a post or in a dictionary, as typed."""
    kinds = {kind.name for kind in queries.KINDS if kind.slips}
    slipped = {query.text: _slipped(words, query) for query in asked if query.kind in kinds}
    unseen = words.unseen({word for some in slipped.values() for word in some})
    return frozenset(
        text
        for text, some in slipped.items()
        if unseen.issuperset(some) and not any(map(is_ordinary, some))
    )


def _slipped(words: Words, query: queries.Query) -> list[str]:
    """Return the words of a query, in lower case, that no post which answers it holds."""
    answers = [words.posts[number].casefold() for number in query.wanted]
    typed = query.text.casefold().split()
    return [word for word in typed if not any(word in answer for answer in answers)]


async def _singles(
    words: Words, plan: Plan, engines: Sequence[Engine]
) -> AsyncIterator[report.Shares]:
    """Yield for each kind of single words what share each engine finds, by query."""
    for kind in (kind for kind in singles.KINDS if kind in plan.classes):
        if asked := singles.draw(words, kind, plan.queries, plan.seed):
            found = {engine.name: await shares(engine, asked, words.posts) for engine in engines}
            yield report.Shares(kind, found)
            texts = (single.text for single in asked)
            if kind in singles.SLIPPED and (unseen := words.unseen(texts)):
                yield report.Shares(f"{kind}, in no post as typed", _only(found, unseen))


def _only(found: report.ByEngine, texts: frozenset[str]) -> report.ByEngine:
    """Return the shares of these queries alone."""
    return {
        engine: {text: share for text, share in by_text.items() if text in texts}
        for engine, by_text in found.items()
    }


async def _pairs(
    posts: Sequence[str], plan: Plan, engines: Sequence[Engine]
) -> AsyncIterator[report.Shares]:
    """Yield which pairs each engine finds; those held back only when it is reported."""
    halves = {False: "seen while tuning", True: "held back"}
    for kind, held_back in dict.fromkeys((pair.kind, pair.held_back) for pair in pairs()):
        if kind not in plan.classes or (held_back and plan.seed != REPORT_SEED):
            continue
        asked = [pair for pair in pairs() if (pair.kind, pair.held_back) == (kind, held_back)]
        found = {
            engine.name: {pair.asked: float(await shown(engine, pair, posts)) for pair in asked}
            for engine in engines
        }
        yield report.Shares(f"{kind}, first {FIRST}, {halves[held_back]}", found)
