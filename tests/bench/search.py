"""How fast search answers, beside the ways one would take without it.

Run alone: `python -m tests.bench.search [POSTS]`. Posts are made of the seed documents' sentences,
drawn with a fixed seed, so their words are real and their number is not.
"""

from __future__ import annotations

import random
import re
import sqlite3
import statistics
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from storage.search import find
from storage.text.hangul import FIRST_SYLLABLE
from tests.support.archives_search import searchable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

TITLE = "Search: milliseconds a query"
POSTS = 10_000
SEED = 20
SENTENCES = (2, 6)  # a post
QUERIES = 40  # of each kind
SLOW_QUERIES = 4  # of each kind, for the peer that reads everything
PAGE = 5

DUMPS = Path(__file__).parents[2] / "seeds" / "dumps"
DAMAGED = "002_"  # its text is mojibake
FINALS = 28  # syllables that differ by their final alone stand side by side
LATIN = "abcdefghijklmnopqrstuvwxyz"

TRIGRAM = "CREATE VIRTUAL TABLE trigram USING fts5 (text, tokenize = 'trigram')"
ADD_TRIGRAM = "INSERT INTO trigram (text) VALUES (?)"
FIND_TRIGRAM = "SELECT rowid FROM trigram WHERE trigram MATCH ? ORDER BY rank LIMIT ?"

Row = tuple[str, float, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of query: its name and the queries."""

    name: str
    queries: tuple[str, ...]


def measure(posts: int = POSTS) -> tuple[str, list[Row]]:
    """Return the table's title and its rows: label, value, unit."""
    rng = random.Random(SEED)
    sentences = list(_sentences())
    texts = [_post(rng, sentences) for _ in range(posts)]
    with TemporaryDirectory() as folder, closing(sqlite3.connect(":memory:")) as peer:
        started = time.perf_counter()
        with searchable(Path(folder) / "archive.db", texts) as archive:
            seconds = time.perf_counter() - started
            size = (Path(folder) / "archive.db").stat().st_size
            peer.execute(TRIGRAM)
            peer.executemany(ADD_TRIGRAM, ((text,) for text in texts))
            rows = [
                ("posts", float(posts), ""),
                ("indexing", posts / seconds, "posts/s"),
                ("file", size / posts, "bytes/post"),
            ]
            for kind in _kinds(rng, sentences):
                rows += _rows(kind, archive, peer, texts)
    return f"{TITLE}, {posts:,} posts", rows


def _rows(
    kind: Kind, archive: sqlite3.Connection, peer: sqlite3.Connection, texts: Sequence[str]
) -> Iterator[Row]:
    """Time one kind of query on ours and on the peers, in turn, in this process."""
    hits: list[bool] = []

    def ours(query: str) -> None:
        hits.append(bool(find(archive, query, limit=PAGE, offset=0).total))

    def trigram(query: str) -> None:
        peer.execute(FIND_TRIGRAM, (f'"{query}"', PAGE)).fetchall()

    def scan(query: str) -> None:
        process.extract(query, texts, scorer=fuzz.WRatio, limit=PAGE)

    own = _times(ours, kind.queries)
    p50, p95 = statistics.median(own), statistics.quantiles(own, n=20)[-1]
    yield f"{kind.name} p50", p50, "ms"
    yield f"{kind.name} p95", p95, "ms"
    yield f"{kind.name} answered", 100 * sum(hits) / len(hits), "%"
    yield f"{kind.name}: FTS5 trigram", statistics.median(_times(trigram, kind.queries)) / p50, "×"
    slow = _times(scan, kind.queries[:SLOW_QUERIES])
    yield f"{kind.name}: rapidfuzz WRatio scan", statistics.median(slow) / p50, "×"


def _times(search: Callable[[str], None], queries: Iterable[str]) -> list[float]:
    """Return the milliseconds of each query."""
    times = []
    for query in queries:
        started = time.perf_counter()
        search(query)
        times.append(1000 * (time.perf_counter() - started))
    return times


def _kinds(rng: random.Random, sentences: Sequence[str]) -> Iterator[Kind]:
    words = sorted({word for text in sentences for word in re.findall(r"[가-힣]+|[A-Za-z]+", text)})
    long = [word for word in words if len(word) >= (3 if word[0] >= "가" else 6)]
    drawn = rng.sample(long, QUERIES)
    yield Kind("exact", tuple(drawn))
    yield Kind("two words", tuple(" ".join(rng.sample(long, 2)) for _ in range(QUERIES)))
    yield Kind("typo", tuple(_slip(rng, word) for word in drawn))
    yield Kind("inside", tuple(word[1:] for word in rng.sample(long, QUERIES)))


def _slip(rng: random.Random, word: str) -> str:
    """Change one key: a syllable's final, or a letter."""
    at = rng.randrange(len(word))
    syllable = ord(word[at]) - FIRST_SYLLABLE
    if syllable < 0:
        return word[:at] + rng.choice(LATIN) + word[at + 1 :]
    changed = syllable - syllable % FINALS + rng.choice([0, 1, 4, 8, 16, 21])
    return word[:at] + chr(FIRST_SYLLABLE + changed) + word[at + 1 :]


def _sentences() -> Iterator[str]:
    for path in sorted(DUMPS.glob("*.txt")):
        if not path.name.startswith(DAMAGED):
            text = path.read_text(encoding="utf-8")
            yield from (part for part in re.split(r"(?<=[.!?])\s+|\n+", text) if len(part) > 1)


def _post(rng: random.Random, sentences: Sequence[str]) -> str:
    return " ".join(rng.choices(sentences, k=rng.randint(*SENTENCES)))


if __name__ == "__main__":
    title, rows = measure(int(sys.argv[1]) if len(sys.argv) > 1 else POSTS)
    print(title)
    for label, value, unit in rows:
        print(f"{label:32} {value:12,.2f} {unit}")
