"""What was measured, as tables."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from tests.bench.search import load
from tests.bench.search.measuring import LIMIT
from tests.bench.search.queries import ALL_KINDS, KINDS
from tests.bench.tables import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tests.bench.search.corpus import Corpus
    from tests.bench.search.costs import Memory
    from tests.bench.search.measuring import Scores

REFERENCE = "tantivy keys"
UNKNOWN = "unknown"
NOTE = "Recall@1 / recall@10, milliseconds of processor time p50 / p95."


ByEngine: TypeAlias = dict[str, dict[str, float]]
"""What share each engine finds, by query."""


@dataclass(frozen=True, slots=True)
class Shares:
    """What share of the posts that it ought to find each engine finds, by query."""

    label: str
    by_engine: ByEngine


@dataclass(frozen=True, slots=True)
class Costs:
    """What the archive took: seconds of import, bytes of index and MB of memory where known."""

    seconds: float
    index_bytes: int | None
    memory: Memory | None
    load: load.Load


def two_words(
    corpus: str, engines: Sequence[str], scores: Scores, no_word: Collection[str]
) -> Iterator[Table]:
    """Yield a table of the classes and their averages, with a column for each engine.

    The queries in `no_word` are those with slips of which none makes another word.
    """
    rows = [
        [label, *(_cell(scores, engine, kinds) for engine in engines)]
        for label, kinds in _groups(scores)
    ]
    if rows:
        rows += _slips(scores, engines, no_word)
        rows += _ratios(scores, engines)
        yield Table(f"Two words, {corpus}", ["class", *engines], rows, NOTE)


def one_word(corpus: str, engines: Sequence[str], shares: Sequence[Shares]) -> Iterator[Table]:
    """Yield a table of averages, with a column for each engine."""
    rows = [
        [f"{row.label} ({len(row.by_engine[engines[0]])})"]
        + [f"{statistics.mean(row.by_engine[engine].values()):.3f}" for engine in engines]
        for row in shares
    ]
    if rows:
        yield Table(f"One word, {corpus}", ["", *engines], rows)


def costs(corpus: Corpus, spent: Costs, words: int) -> Table:
    """Return a table of what the archive takes for posts with so many different words."""
    count = len(corpus.posts)
    own, mapped = (f"{megabytes:.1f} MB" for megabytes in spent.memory or (0, 0))
    index = (
        UNKNOWN if spent.index_bytes is None else f"{spent.index_bytes / count:.0f} bytes a post"
    )
    rows = [
        ("text", f"{corpus.bytes_a_post:.0f} bytes a post"),
        ("different words", f"{words:,}"),
        ("import with index", f"{count / spent.seconds:,.0f} posts/s"),
        ("index", index),
        ("memory of its own, opened and searched", own if spent.memory else UNKNOWN),
        ("pages of the file mapped by then", mapped if spent.memory else UNKNOWN),
        (f"{load.CHATS} chats search at once, all answered in", f"{spent.load.seconds:.2f} s"),
        ("longest wait on the event loop meanwhile", f"{spent.load.longest_wait:.1f} ms"),
        ("longest delay of polling meanwhile", f"{spent.load.longest_poll:.1f} ms"),
    ]
    return Table(f"The archive's costs, {corpus.name}", ("", ""), rows)


def missed(scores: Scores, shares: Sequence[Shares], engine: str) -> str:
    """Return the queries that an engine does not answer as well as it might, one a line."""
    lines = [
        f"{kind}: {text}"
        for kind, by_engine in scores.by_kind.items()
        for text in by_engine[engine].missed
    ]
    for row in shares:
        found = row.by_engine[engine]
        lines += [f"{row.label}: {text}  {share:.2f}" for text, share in found.items() if share < 1]
    return "\n".join(lines)


def _groups(scores: Scores) -> Iterator[tuple[str, list[str]]]:
    """Yield the classes by themselves, and then the groups of them that are averaged."""
    yield from ((kind.name, [kind.name]) for kind in ALL_KINDS if kind.name in scores.by_kind)
    kinds = [kind for kind in KINDS if kind.name in scores.by_kind]
    if kinds:
        yield f"**all {len(kinds)} classes**", [kind.name for kind in kinds]
    if fair := [kind.name for kind in kinds if kind.fair]:
        yield "exact, prefix, slips only", fair


def _cell(scores: Scores, engine: str, kinds: Sequence[str]) -> str:
    first, page = (scores.recall(engine, within, kinds) for within in (1, LIMIT))
    p50, p95 = (scores.percentile(engine, percent, kinds) for percent in (50, 95))
    return f"{first:.3f} / {page:.3f}, {p50:.1f} / {p95:.1f}"


def _slips(scores: Scores, engines: Sequence[str], no_word: Collection[str]) -> Iterator[list[str]]:
    """Yield the recall of slips that make no other word: what does may as well be meant."""
    if no_word:
        yield [
            f"slips that make no other word ({len(no_word)})",
            *(
                " / ".join(
                    f"{scores.recall_of(engine, within, no_word):.3f}" for within in (1, LIMIT)
                )
                for engine in engines
            ),
        ]


def _ratios(scores: Scores, engines: Sequence[str]) -> Iterator[list[str]]:
    """Yield how long each engine takes beside the one that is the measure."""
    kinds = [kind.name for kind in KINDS if kind.name in scores.by_kind]
    if REFERENCE in engines and kinds:
        p50, p95 = (scores.percentile(REFERENCE, percent, kinds) for percent in (50, 95))
        yield [
            f"time beside {REFERENCE}",
            *(
                f"{scores.percentile(engine, 50, kinds) / p50:.2f}× / "
                f"{scores.percentile(engine, 95, kinds) / p95:.2f}×"
                for engine in engines
            ),
        ]
