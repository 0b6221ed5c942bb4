"""Finds out how well and how fast the archive searches, beside what one would take without it."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from tests.bench.search.comparing import ALL_CLASSES, REPORT_SEED, Plan, compare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.search.corpus import Texts
    from tests.bench.tables import Table

__all__ = ["REPORT_SEED", "measure"]


def measure(texts: Texts, short: Sequence[int], long: int | None, queries: int) -> Iterator[Table]:
    """Yield the tables of each corpus: short posts in these numbers, and long ones."""
    sizes = [*((posts, False) for posts in short), *([(long, True)] if long else [])]
    for posts, is_long in sizes:
        print(f"{posts:,} {'long' if is_long else 'short'} posts …", file=sys.stderr)
        yield from asyncio.run(
            compare(
                Plan(
                    classes=ALL_CLASSES,
                    posts=posts,
                    long=is_long,
                    texts=texts,
                    queries=queries,
                    seed=REPORT_SEED,
                )
            )
        )
