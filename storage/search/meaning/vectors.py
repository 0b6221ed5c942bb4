"""Packs unit vectors: a signed byte for each dimension, and the signs alone, a bit for each.

The nearest vectors are found by their bits first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Vector: TypeAlias = NDArray[np.float32]
Vectors: TypeAlias = NDArray[np.float32]
Packed: TypeAlias = NDArray[np.uint64]

GREATEST: Final = 127  # of a signed byte
WORD: Final = 64  # bits
TINY: Final = float(np.finfo(np.float32).tiny)  # in place of 0, by which nothing can be divided


def as_bytes(vector: Vector) -> bytes:
    """Pack a vector: its direction is kept, to about a quarter of a degree, its length is not."""
    scale = GREATEST / (float(np.abs(vector).max()) or 1.0)
    packed: bytes = np.rint(vector * scale).astype(np.int8).tobytes()
    return packed


def as_bits(vector: Vector) -> bytes:
    """Pack the signs of a vector, in whole words of 64 bits."""
    signs = np.zeros(-(-len(vector) // WORD) * WORD, dtype=bool)
    signs[: len(vector)] = vector > 0
    return np.packbits(signs).tobytes()


def packed(bits: bytes) -> Packed:
    """Return packed signs as words, which are compared 64 signs at a time."""
    return np.frombuffer(bits, dtype=np.uint64)


def length_of(vector: Vector) -> float:
    """Return the Euclidean length of a vector; 1 if it is zero, so that one can divide by it."""
    return float(np.linalg.norm(vector)) or 1.0


def closeness(some: Vectors, others: Vectors) -> float:
    """Return how close two texts are by their parts: each beside the closest of the other text.

    The mean is taken in both directions, so that no text is close to all because it is long.
    """
    cosines = some @ others.T
    return float(cosines.max(axis=1).mean() + cosines.max(axis=0).mean()) / 2


def unpacked(packed: Sequence[bytes]) -> Vectors:
    """Return vectors packed as bytes, each of length 1 again."""
    rows = np.frombuffer(b"".join(packed), dtype=np.int8).reshape(len(packed), -1)
    vectors: Vectors = rows.astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), TINY)
    return vectors


# The first, rough step of finding the nearest vectors: the bits of all parts, in memory.

BLOCK: Final = 16_384
"""Parts compared at once: what is in between stays in the processor's cache."""

FIRST_ROOM: Final = 1_024  # parts; doubled whenever they are full


class Bits:
    """The ids of parts and their bits, in the order in which they were added.

    A scan may run in one thread while another adds: what was there when it began does not move.
    """

    def __init__(self) -> None:
        self._count = 0
        self._ids = np.empty(0, dtype=np.int64)
        self._words = np.empty((0, 0), dtype=np.uint64)  # a row for each word, a column for a part

    def __len__(self) -> int:
        return self._count

    @property
    def last_id(self) -> int:
        """The id of the part that was added last; 0 if there is none."""
        return int(self._ids[self._count - 1]) if self._count else 0

    @property
    def nbytes(self) -> int:
        """How many bytes of memory they take."""
        return self._ids.nbytes + self._words.nbytes

    def add(self, rows: Sequence[tuple[int, bytes]]) -> None:
        """Add parts by their ids and bits."""
        if not rows:
            return
        end = self._count + len(rows)
        words = packed(b"".join(bits for _, bits in rows)).reshape(len(rows), -1)
        self._make_room(end, words.shape[1])
        self._ids[self._count : end] = [id_ for id_, _ in rows]
        self._words[:, self._count : end] = words.T
        self._count = end

    def nearest(self, bits: bytes, count: int) -> list[int]:
        """Return the ids of some `count` parts that share most signs with these bits."""
        ids, words, total = self._ids, self._words, self._count
        if not total:
            return []
        distances = _distances(words[:, :total], packed(bits))
        reached = np.cumsum(np.bincount(distances))
        farthest = int(np.searchsorted(reached, min(count, total)))
        found: list[int] = ids[:total][distances <= farthest].tolist()
        return found

    def _make_room(self, count: int, words: int) -> None:
        if count <= len(self._ids):
            return
        room = max(count, 2 * len(self._ids), FIRST_ROOM)
        ids = np.empty(room, dtype=np.int64)
        table = np.empty((words, room), dtype=np.uint64)
        ids[: self._count] = self._ids[: self._count]
        if self._count:
            table[:, : self._count] = self._words[:, : self._count]
        self._ids, self._words = ids, table


def _distances(table: Packed, query: Packed) -> NDArray[np.uint16]:
    """Return in how many signs each column of a table differs from a query."""
    distances = np.zeros(table.shape[1], dtype=np.uint16)
    for start in range(0, table.shape[1], BLOCK):
        block = distances[start : start + BLOCK]
        for row, word in zip(table, query, strict=True):
            block += np.bitwise_count(row[start : start + BLOCK] ^ word)
    return distances
