"""A model of meaning for tests: it knows a few subjects, by words of both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.search.meaning.vectors import Vectors

SUBJECTS: Final = (
    ("medicine", r"doctor|medical|hospital|patient|의사|의료|병원|환자"),
    ("aviation", r"plane|flight|wings?|비행|날개|글라이더"),
    ("charity", r"donat\w*|charity|giving|기부|자선|나눔"),
    ("food", r"bread|soup|kitchen|빵|국물|부엌"),
)
DIMENSIONS: Final = 64


class Subjects:
    """Encodes texts by the subjects that their words belong to; all others are one more."""

    def __init__(self, model: str = "subjects 1") -> None:
        self.model = model
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a vector of length 1 for each text."""
        self.encoded += texts
        vectors = np.stack([self._vector(text.lower()) for text in texts])
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def _vector(self, text: str) -> Vectors:
        vector = np.full(DIMENSIONS, -0.01, dtype=np.float32)
        for place, (_, words) in enumerate(SUBJECTS):
            said = len(re.findall(words, text))
            vector[place * 8 : place * 8 + 8] += said
        if vector.max() < 0:
            vector[-8:] += 1
        return vector
