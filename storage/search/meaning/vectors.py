"""Packs unit vectors: a signed byte for each dimension, and the signs alone, a bit for each."""

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
