"""Asks all engines the same queries, one after another in one process, and keeps the score.

Times are those of the processor, which other work on the machine hardly changes.

Their order is drawn anew for each query: who comes after a slow engine finds the processor's caches
full of that one's data, which would else always be the same.
"""

from __future__ import annotations

import random
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from tests.bench.search.engines import Engine
    from tests.bench.search.queries import Query
    from tests.bench.search.singles import Single

LIMIT = 10
ORDER_SEED = 1


@dataclass(slots=True)
class Score:
    """How one engine did on queries of one class."""

    ranks: dict[str, int | None] = field(default_factory=dict)
    """By query, that of the first post wanted, from 1; None where it is not among the hits."""
    milliseconds: list[float] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    """Queries whose first hit is not the one wanted."""

    def recall(self, within: int) -> float:
        return statistics.mean(rank is not None and rank <= within for rank in self.ranks.values())


@dataclass(frozen=True, slots=True)
class Scores:
    """By class and engine."""

    by_kind: dict[str, dict[str, Score]]

    def recall(self, engine: str, within: int, kinds: Sequence[str]) -> float:
        """Return the average over classes, each counting alike."""
        return statistics.mean(self.by_kind[kind][engine].recall(within) for kind in kinds)

    def recall_of(self, engine: str, within: int, texts: Collection[str]) -> float:
        """Return the average over some queries."""
        ranks = [
            rank
            for by_engine in self.by_kind.values()
            for text, rank in by_engine[engine].ranks.items()
            if text in texts
        ]
        return statistics.mean(rank is not None and rank <= within for rank in ranks)

    def percentile(self, engine: str, percent: int, kinds: Sequence[str]) -> float:
        """Return the milliseconds of a query, over all queries of the classes."""
        return percentile(
            [taken for kind in kinds for taken in self.by_kind[kind][engine].milliseconds], percent
        )


def percentile(values: Sequence[float], percent: int) -> float:
    """Return a percentile of at least two values."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


async def ask(engines: Sequence[Engine], queries: Iterable[Query]) -> Scores:
    """Let every engine answer every query, in an order of its own."""
    scores: dict[str, dict[str, Score]] = {}
    order = random.Random(ORDER_SEED)
    for query in queries:
        for engine in order.sample(engines, len(engines)):
            started = time.process_time()
            found = await engine.search(query.text, LIMIT)
            taken = 1000 * (time.process_time() - started)
            score = scores.setdefault(query.kind, {}).setdefault(engine.name, Score())
            rank = next((r for r, number in enumerate(found, 1) if number in query.wanted), None)
            score.milliseconds.append(taken)
            score.ranks[query.text] = rank
            if rank != 1:
                score.missed.append(f"{query.text}  rank {rank}, wanted {sorted(query.wanted)}")
    return Scores(scores)


async def shares(
    engine: Engine, singles: Iterable[Single], posts: Sequence[str]
) -> dict[str, float]:
    """Return by query the share of the posts that ought to be found."""
    found = {single: await engine.search(single.text, single.limit) for single in singles}
    return {
        single.text: min(sum(single.holds(posts[n]) for n in numbers), single.of) / single.of
        for single, numbers in found.items()
    }
