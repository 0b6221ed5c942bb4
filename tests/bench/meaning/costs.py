"""What vectors cost: time, memory, bytes a post; what packing loses; how fast the nearest come."""

from __future__ import annotations

import sqlite3
import statistics
import subprocess
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import numpy as np

from storage import installed_encoder
from storage.database import READER_PRAGMAS
from storage.database.connection import execute_all
from storage.database.migrate import migrations
from storage.search.meaning.cutting import parts_of, said_in, without_links
from storage.search.meaning.index import CANDIDATES, MeaningIndex
from storage.search.meaning.vectors import Bits, as_bits, as_bytes, unpacked
from tests.bench.tables import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storage.search.meaning.vectors import Vectors

ROOT: Final = Path(__file__).parents[3]
TEXTS = "SELECT searched FROM posts"
SIZE = """
SELECT sum(length(bits) + length(vector)) FROM meaning_parts JOIN meaning_vectors ON part_id = id
"""
ADD_PART = """
INSERT INTO meaning_parts (id, post_id, first, last, korean, bits) VALUES (?, ?, 0, 0, 1, ?)
"""
ADD_VECTOR = "INSERT INTO meaning_vectors (part_id, vector) VALUES (?, ?)"
QUERY: Final = "의료용 대형 언어 모델"
TIMES: Final = 20
DIMENSIONS: Final = 512
FIRST: Final = 10
SEED: Final = 20_261_129
SIMULATED: Final = (200_000, 1_000_000)
"""Parts: two a post, as channels write them, and a million."""
SUBJECTS, SPREAD = 2_000, 1.2
"""Simulated vectors lie about the middle of some subjects, as those of texts do."""

MEMORY = """
import asyncio, sys
from pathlib import Path
from storage import Archive, installed_encoder
import bot.app
async def main():
    encoder = installed_encoder() if sys.argv[2] == "1" else None
    async with Archive.open(Path(sys.argv[1]), encoder=encoder) as archive:
        for query in ("의료용 대형 언어 모델", "how to serve models", "투자"):
            await archive.search(query)
        status = Path("/proc/self/status").read_text()
        print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))
asyncio.run(main())
"""


def of_posts(path: Path) -> Table:
    """Return what the vectors of the seed posts cost, and what packing them loses."""
    encoder = installed_encoder()
    if encoder is None:
        raise SystemExit("The extra galpi[meaning] is not installed")
    with closing(sqlite3.connect(path)) as connection:
        texts = [text for (text,) in connection.execute(TEXTS)]
        (stored,) = connection.execute(SIZE).fetchone()
    said = [
        said_in(plain, part)
        for text in texts
        for plain in [without_links(text)]
        for part in parts_of(text)
    ]
    vectors = encoder.encode(said)
    rows = [
        ("parts a post", f"{len(said) / len(texts):.1f}"),
        ("characters a part", f"{statistics.mean(map(len, said)):.0f}"),
        ("a part", _milliseconds(lambda: encoder.encode(said), len(said))),
        ("a post", _milliseconds(lambda: encoder.encode(said), len(texts))),
        ("a query", _milliseconds(lambda: encoder.encode([QUERY]))),
        ("vectors in the file", f"{stored / len(texts):.0f} bytes a post"),
        *((f"memory of the bot's process, {how}", _memory(path, how)) for how in ("off", "on")),
        ("cosine of a vector and its bytes, at least", f"{_fidelity(vectors):.5f}"),
    ]
    return Table("Meaning: costs, the seed posts", ("", ""), rows, "Milliseconds of one processor.")


def of_searching() -> Table:
    """Return how long the nearest of many simulated parts take, and how many are the true ones."""
    rows = []
    for count in SIMULATED:
        with TemporaryDirectory() as folder:
            rows.append(_searched(Path(folder) / "parts.db", count))
    columns = ("parts", "by bits", "in all", "in all, p95", f"of the true {FIRST}", "memory")
    note = (
        "Simulated vectors; milliseconds, at the median but for p95. The parts with the nearest "
        f"bits, {CANDIDATES} and more, are compared by their vectors."
    )
    return Table("Meaning: the nearest parts", columns, rows, note)


class Given:
    """A model that answers with the vector that it was given."""

    model = "given"

    def __init__(self, vector: Vectors) -> None:
        self.vector = vector

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.vector for _ in texts])


def _searched(path: Path, count: int) -> tuple[str, ...]:
    rng = np.random.default_rng(SEED)
    middles = _unit(rng.standard_normal(size=(SUBJECTS, DIMENSIONS), dtype=np.float32))
    vectors, queries = _drawn(rng, middles, count), _drawn(rng, middles, TIMES)
    true = [{*np.argpartition(-(vectors @ query), FIRST)[:FIRST].tolist()} for query in queries]
    bits, times, by_bits, kept = Bits(), [], [], []
    with closing(sqlite3.connect(path)) as connection:
        for script in migrations():
            connection.executescript(script)
        bits.add(_fill(connection, vectors))
        execute_all(READER_PRAGMAS, connection)
        encoder = Given(queries[0])
        index = MeaningIndex(encoder)
        index.close_to(connection, "")  # reads all bits
        for query, nearest in zip(queries, true, strict=True):
            encoder.vector = query
            by_bits.append(_taken(partial(bits.nearest, as_bits(query), CANDIDATES)))
            begun = time.perf_counter()
            found = index.close_to(connection, "")[:FIRST]
            times.append(1000 * (time.perf_counter() - begun))
            kept.append(len({close.post_id for close in found} & nearest))
    return (
        f"{count:,}",
        f"{statistics.median(by_bits):.1f}",
        f"{statistics.median(times):.1f}",
        f"{statistics.quantiles(times, n=20)[-1]:.1f}",
        f"{statistics.mean(kept):.1f}",
        f"{bits.nbytes / 1e6:.0f} MB",
    )


def _drawn(rng: np.random.Generator, middles: Vectors, count: int) -> Vectors:
    vectors = rng.standard_normal(size=(count, DIMENSIONS), dtype=np.float32)
    vectors *= SPREAD / DIMENSIONS**0.5
    vectors += middles[rng.integers(len(middles), size=count)]
    return _unit(vectors)


def _unit(vectors: Vectors) -> Vectors:
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _fill(connection: sqlite3.Connection, vectors: Vectors) -> list[tuple[int, bytes]]:
    """Store a post of one part for each vector, numbered from 0; returns ids and bits."""
    rows = [(number, as_bits(vector)) for number, vector in enumerate(vectors)]
    connection.executemany(ADD_PART, ((number + 1, number, bits) for number, bits in rows))
    packed = ((number + 1, as_bytes(vector)) for number, vector in enumerate(vectors))
    connection.executemany(ADD_VECTOR, packed)
    connection.commit()
    return [(number + 1, bits) for number, bits in rows]


def _milliseconds(work: Callable[[], object], count: int = 1) -> str:
    return f"{statistics.median(_taken(work) for _ in range(TIMES)) / count:.1f} ms"


def _taken(work: Callable[[], object]) -> float:
    begun = time.thread_time()
    work()
    return 1000 * (time.thread_time() - begun)


def _memory(path: Path, how: str) -> str:
    command = [sys.executable, "-c", MEMORY, str(path), str(int(how == "on"))]
    output = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    return f"{int(output) / 1000:.0f} MB"


def _fidelity(vectors: Vectors) -> float:
    packed = unpacked([as_bytes(vector) for vector in vectors])
    return float((vectors * packed).sum(axis=1).min())
